import numpy as np
import pytest

from nntui.engine.adam import Adam, AdamW
from nntui.engine.schedules import CosineDecay, WarmUp


@pytest.mark.parametrize("gradient", [1e-3, -0.5, 300.0])
def test_the_first_step_has_the_length_of_the_learning_rate_whatever_the_gradient(follow, gradient):
    path = follow(Adam(0.9, 0.999, 0.0), [2.0], [[gradient]], 0.01)
    assert path[0, 0] == pytest.approx(2.0 - 0.01 * np.sign(gradient), rel=1e-13)


@pytest.mark.parametrize("epsilon", [1e-8, 0.1])
def test_many_steps_by_the_paper_s_formulas(follow, epsilon):
    generator = np.random.default_rng(0)
    gradients, start = generator.normal(size=(50, 3)), generator.normal(size=3)
    w, m, v = start.copy(), np.zeros(3), np.zeros(3)
    for t, g in enumerate(gradients, 1):
        m = 0.7 * m + (1 - 0.7) * g
        v = 0.95 * v + (1 - 0.95) * g**2
        w = w - 0.02 * (m / (1 - 0.7**t)) / (np.sqrt(v / (1 - 0.95**t)) + epsilon)
    path = follow(Adam(0.7, 0.95, epsilon), start, gradients, 0.02)
    np.testing.assert_allclose(path[-1], w, rtol=1e-12)


def test_a_gradient_of_0_moves_nothing_at_first(follow):
    path = follow(Adam(0.9, 0.999, 1e-8), [2.0], [[0.0]] * 3, 0.1)
    assert path.tolist() == [[2.0]] * 3


def test_the_decay_of_adamw_depends_on_the_learning_rate_and_not_on_the_gradient(follow):
    path = follow(AdamW(0.9, 0.999, 1e-8, 0.5), [2.0, 2.0], [[0.0, 0.0]] * 2, 0.1)
    np.testing.assert_allclose(path, [[1.9, 1.9], [1.805, 1.805]], rtol=1e-14)


def test_adamw_without_decay_is_adam(follow):
    generator = np.random.default_rng(1)
    gradients, start = generator.normal(size=(10, 3)), generator.normal(size=3)
    np.testing.assert_array_equal(
        follow(AdamW(0.9, 0.999, 1e-8, 0.0), start, gradients, 0.1),
        follow(Adam(0.9, 0.999, 1e-8), start, gradients, 0.1),
    )


def test_adam_under_a_schedule_agrees_with_pytorch(reference, follow):
    numbers = reference("schedules")
    run = numbers["adam_under_cosine_with_warmup"]
    settings = run["schedule"]
    schedule = WarmUp(settings["warmup_steps"], CosineDecay(settings["steps"], 0.0))
    path = follow(
        Adam(0.9, 0.999, 1e-8),
        run["initial_parameters"],
        run["gradients"],
        lambda step: numbers["learning_rate"] * schedule.factor(step),
    )
    np.testing.assert_allclose(path, run["parameters_after_each_step"], 1e-12, 1e-14)

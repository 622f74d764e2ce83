import numpy as np
import pytest

from nntui.explain.page import Cursor, WalkRequest
from nntui.training import rehearsal
from nntui.training.plane import plane_map
from nntui.training.rehearsal import Rehearsal, nearest_point
from nntui.training.snapshot import Plane
from nntui.training.trainer import Trainer

BATCH = WalkRequest(Cursor("update"))


def new_parameters(rehearsing, trainer, request=BATCH):
    """Read every parameter after the update from the walk's pages, layer by layer."""
    plane = plane_map(trainer.prepared, Plane())
    found = []
    for layer, dense in enumerate(trainer.network.dense_layers):
        block = np.zeros(dense.parameters.shape)
        for unit in range(dense.units):
            at = Cursor("update", layer, unit)
            one = WalkRequest(at, point=request.point, place=request.place)
            page, refused = rehearsing.page(trainer, one, plane)
            assert refused == ""
            block[:, unit] = page.terms.numbers[:, page.terms.headings.index("new w")]
        found.append(block.ravel())
    return np.concatenate(found).astype(trainer.network.dtype)


def page_of(rehearsing, trainer, request=BATCH):
    page, refused = rehearsing.page(trainer, request, plane_map(trainer.prepared, Plane()))
    assert refused == ""
    return page


OPTIMIZERS = (
    {"name": "sgd", "momentum": 0.9, "nesterov": True},
    {"name": "adagrad"},
    {"name": "rmsprop", "momentum": 0.5},
    {"name": "adam"},
    {"name": "adamw"},
)


@pytest.mark.parametrize("optimizer", OPTIMIZERS, ids=lambda o: o["name"])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_the_walk_ends_where_the_next_step_really_goes(
    small, random_keys, fingerprint, optimizer, dtype
):
    changes = {f"optimizer.{key}": value for key, value in optimizer.items()}
    trainer = Trainer(
        small({
            **changes,
            "dtype": dtype,
            **random_keys,
            "optimizer.clip_norm": 0.05,
            "optimizer.schedule.name": "cosine",
            "optimizer.schedule.warmup_steps": 3,
            "regularization.l2": 0.01,
        })
    )  # fmt: skip
    rehearsing = Rehearsal()
    for steps in (0, 1, 2, 1, 3):  # from the beginning, in the middle and at the end of an epoch
        trainer.train(steps)
        before = fingerprint(trainer)
        expected = new_parameters(rehearsing, trainer)
        assert fingerprint(trainer) == before
        trainer.step()
        assert trainer.network.parameters.tobytes() == expected.tobytes()


def test_a_watched_run_is_the_same_as_one_that_is_not(small, random_keys, fingerprint):
    watched, alone = Trainer(small(random_keys)), Trainer(small(random_keys))
    rehearsing = Rehearsal()
    for number in range(9):
        for request in (BATCH, WalkRequest(Cursor("backward"), point=3, checks=9)):
            page_of(rehearsing, watched, request)
        watched.step()
        alone.step()
        assert fingerprint(watched) == fingerprint(alone), number


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_a_walk_from_one_point_ends_where_a_step_on_it_goes(small, random_keys, dtype):
    trainer = Trainer(small({**random_keys, "dtype": dtype}))
    rehearsing = Rehearsal()
    for point in (0, 17, 29):
        trainer.train(3)
        expected = new_parameters(rehearsing, trainer, WalkRequest(point=point))
        trainer.step_on(point)
        assert trainer.network.parameters.tobytes() == expected.tobytes()


def test_a_point_is_learnt_from_as_it_is_without_augmentation(small):
    trainer = Trainer(small({"augmentation.jitter": 5.0}))
    page = page_of(Rehearsal(), trainer, WalkRequest(Cursor("inputs"), point=4))
    prepared = trainer.prepared
    expected = prepared.preparation.inputs(prepared.train.inputs[4:5])[0]
    np.testing.assert_allclose(page.rows.numbers[:, 0], expected, rtol=1e-6)
    assert page.point == 4
    assert page.batch == "training point 5 of 30"
    assert page.points == 1


def test_a_batch_has_the_points_of_the_next_step(small, batches_seen):
    trainer = Trainer(small())
    trainer.train(2)
    page = page_of(Rehearsal(), trainer, WalkRequest(Cursor("inputs")))
    assert page.batch == "a batch of 8 points"
    assert page.point is None
    batches_seen.clear()
    trainer.step()
    np.testing.assert_array_equal(page.terms.numbers[:, :2].T, batches_seen[0][:2])


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"training.batch_size": 1}, "a batch of 1 point"),
        ({"training.batch_size": 100}, "a batch of all 30 points"),
        ({"augmentation.jitter": 0.1}, "a batch of 8 points, augmented"),
    ],
)
def test_the_batch_is_told_in_words(small, changes, words):
    assert page_of(Rehearsal(), Trainer(small(changes))).batch == words


def test_a_point_that_does_not_exist_is_replaced_by_the_nearest(small):
    trainer = Trainer(small())
    assert page_of(Rehearsal(), trainer, WalkRequest(point=999)).point == 29
    assert page_of(Rehearsal(), trainer, WalkRequest(point=-1)).point == 0


def test_a_place_stands_for_the_nearest_training_point(small):
    trainer = Trainer(small())
    inputs = trainer.prepared.train.inputs
    for point in (0, 13, 29):
        x, y = inputs[point]
        request = WalkRequest(place=(x + 1e-6, y - 1e-6), point=5)
        assert page_of(Rehearsal(), trainer, request).point == point


def test_with_one_input_the_place_along_it_counts(small):
    trainer = Trainer(small({"data.source": "sine", "data.noise": 0.0}))
    plane, train = plane_map(trainer.prepared, Plane()), trainer.prepared.train
    assert train.inputs.shape[1] == 1
    for point in (0, 7, 20):
        assert nearest_point(train, plane, (train.inputs[point, 0], 123.0)) == point


@pytest.fixture
def recorded(monkeypatch):
    """Return a list that gets an entry for every update that is recorded."""
    made = []
    really = rehearsal.record

    def record(*arguments):
        made.append(arguments)
        return really(*arguments)

    monkeypatch.setattr(rehearsal, "record", record)
    return made


def test_paging_through_a_paused_walk_makes_the_update_once(small, random_keys, recorded):
    trainer, rehearsing = Trainer(small(random_keys)), Rehearsal()
    trainer.train(5)
    first = page_of(rehearsing, trainer)
    for page in first.pages:
        page_of(rehearsing, trainer, WalkRequest(Cursor(page.stage, page.layer), checks=2))
    assert len(recorded) == 1


def test_another_choice_of_points_is_another_update(small, recorded):
    trainer, rehearsing = Trainer(small()), Rehearsal()
    requests = (BATCH, WalkRequest(point=1), WalkRequest(point=2), BATCH)
    for request in requests:
        page_of(rehearsing, trainer, request)
    assert len(recorded) == 4


def test_whatever_moves_the_trainer_is_another_update(small, recorded):
    trainer, rehearsing = Trainer(small()), Rehearsal()

    def weight():
        trainer.network.parameters[3] += 0.5

    def memory():
        trainer.optimizer.state[0, 3] += 0.5

    def experiment():
        trainer.apply(small({"optimizer.learning_rate": 0.5}))

    def other_run():
        trainer.apply(small({"seed": 8}))

    page_of(rehearsing, trainer)
    for number, change in enumerate((trainer.step, weight, memory, experiment, other_run)):
        change()
        page_of(rehearsing, trainer)
        page_of(rehearsing, trainer)
        assert len(recorded) == number + 2, change


def test_it_follows_a_trainer_that_is_edited(small):
    trainer, rehearsing = Trainer(small()), Rehearsal()
    trainer.train(6)
    for changes in (
        {"optimizer.learning_rate": 0.5},
        {"optimizer.name": "sgd"},
        {"layers.0.trainable": False},
        {"layers.0.units": 9},
        {"data.source": "spiral"},
        {"training.batch_size": 3},
    ):
        trainer.apply(small(changes))
        trainer.train(2)
        expected = new_parameters(rehearsing, trainer)
        trainer.step()
        assert trainer.network.parameters.tobytes() == expected.tobytes()


def test_the_same_experiment_with_other_data_is_another_update(small):
    first, other = Trainer(small()), Trainer(small({"data.seed": 3}))
    second = Trainer(small(), other.prepared)
    rehearsing = Rehearsal()
    for trainer in (first, second):
        page = page_of(rehearsing, trainer, WalkRequest(Cursor("inputs"), point=0))
        expected = trainer.prepared.preparation.inputs(trainer.prepared.train.inputs[:1])[0]
        np.testing.assert_allclose(page.rows.numbers[:, 0], expected, rtol=1e-6)


def test_updates_are_counted_from_when_the_optimizer_began(small):
    trainer, rehearsing = Trainer(small({"optimizer.name": "sgd"})), Rehearsal()
    trainer.train(5)
    trainer.apply(small({"optimizer.name": "adam"}))
    trainer.train(2)
    formulas = page_of(rehearsing, trainer).formulas
    assert any("(1 − 0.9^3)" in formula.numbers for formula in formulas)


def test_a_very_large_network_is_refused_in_words(small, monkeypatch):
    monkeypatch.setattr(rehearsal, "MOST_PARAMETERS", 40)
    trainer = Trainer(small())
    page, refused = Rehearsal().page(trainer, BATCH, plane_map(trainer.prepared, Plane()))
    assert page is None
    size = len(trainer.network.parameters)
    assert refused == (
        f"This network has {size} weights and biases; up to 40 can be explained one by one."
    )


def test_a_very_large_batch_is_refused_in_words_and_a_point_of_it_is_not(small, monkeypatch):
    monkeypatch.setattr(rehearsal, "MOST_BYTES", 15_000)
    trainer = Trainer(small({"training.batch_size": 30}))
    rehearsing, plane = Rehearsal(), plane_map(trainer.prepared, Plane())
    page, refused = rehearsing.page(trainer, BATCH, plane)
    assert page is None
    assert "smaller batch" in refused
    page, refused = rehearsing.page(trainer, WalkRequest(point=0), plane)
    assert page is not None
    assert refused == ""


def test_a_diverged_trainer_has_pages_but_its_update_cannot_be_taken(small):
    trainer = Trainer(small())
    assert page_of(Rehearsal(), trainer).can_be_taken
    trainer.network.parameters[:] = np.nan
    page = page_of(Rehearsal(), trainer, WalkRequest(Cursor("again")))
    assert not page.can_be_taken
    assert np.isnan(page.rows.numbers[:, 0]).all()


def test_inputs_and_outputs_have_the_names_of_the_data(small):
    trainer = Trainer(small({"data.source": "iris"}))
    page = page_of(Rehearsal(), trainer, WalkRequest(Cursor("forward", 2)))
    assert page.rows.labels == trainer.prepared.dataset.class_names
    page = page_of(Rehearsal(), trainer, WalkRequest(Cursor("inputs")))
    assert page.rows.labels == trainer.prepared.dataset.input_names
    features = Trainer(small({"data.features": ["x1", "x1*x2"]}))
    page = page_of(Rehearsal(), features, WalkRequest(Cursor("inputs")))
    assert page.rows.labels == ("x1", "x1*x2")


def test_classes_that_are_bare_numbers_are_called_classes(small):
    page = page_of(Rehearsal(), Trainer(small()), WalkRequest(Cursor("loss")))
    assert page.rows.labels == ("class 0", "class 1")


def test_the_page_tells_the_step_that_it_comes_after(small):
    trainer = Trainer(small())
    trainer.train(7)
    assert page_of(Rehearsal(), trainer).steps == 7


def test_the_lines_that_made_the_inputs_are_shown(small):
    trainer = Trainer(small())
    for request, function in (
        (WalkRequest(), "TrainingPoints.table"),
        (WalkRequest(point=0), "TrainingPoints.alone"),
    ):
        line = page_of(Rehearsal(), trainer, request).calls[0]
        assert (line.source.file, line.source.function) == ("training/batches.py", function)

"""Learning rates of every schedule, step by step, by PyTorch's schedulers."""

import warnings
from collections.abc import Callable

import torch
from torch.optim.lr_scheduler import (
    CosineAnnealingLR,
    ExponentialLR,
    LambdaLR,
    LinearLR,
    LRScheduler,
    SequentialLR,
    StepLR,
)
from trajectories import gradients_and_start

MakeScheduler = Callable[[torch.optim.Optimizer], LRScheduler]

LEARNING_RATE = 0.05
WARMUP_STEPS = 5
STEPS = 60
COSINE_STEPS = 40

# Configurations in nntui's and Keras's words, each with the scheduler that computes it.
SCHEDULES: dict[str, tuple[dict, MakeScheduler]] = {
    "constant": ({}, lambda o: LambdaLR(o, lambda step: 1.0)),
    "inverse_time": (
        {"decay_rate": 0.1},
        lambda o: LambdaLR(o, lambda step: 1.0 / (1.0 + 0.1 * step)),
    ),
    "step": (
        {"step_size": 10, "decay_rate": 0.5},
        lambda o: StepLR(o, step_size=10, gamma=0.5),
    ),
    "exponential": ({"decay_rate": 0.97}, lambda o: ExponentialLR(o, gamma=0.97)),
    "cosine": (
        {"steps": COSINE_STEPS, "minimum": 0.0},
        lambda o: CosineAnnealingLR(o, T_max=COSINE_STEPS, eta_min=0.0),
    ),
    "cosine_minimum": (
        {"steps": COSINE_STEPS, "minimum": 0.001},
        lambda o: CosineAnnealingLR(o, T_max=COSINE_STEPS, eta_min=0.001),
    ),
}


def with_warmup(make: MakeScheduler, warmup_steps: int) -> MakeScheduler:
    """Step t < w uses rate(0) * (t + 1) / w; then the schedule counts from 0."""

    def made(optimizer: torch.optim.Optimizer) -> LRScheduler:
        warmup = LinearLR(optimizer, start_factor=1 / warmup_steps, total_iters=warmup_steps - 1)
        return SequentialLR(optimizer, [warmup, make(optimizer)], milestones=[warmup_steps])

    return made


def rates(make: MakeScheduler, steps: int) -> list[float]:
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=LEARNING_RATE)
    scheduler = make(optimizer)
    found = []
    for _ in range(steps):
        found.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()
    return found


def schedule_entries() -> dict:
    entries = {}
    for name, (settings, make) in SCHEDULES.items():
        # PyTorch's cosine climbs again after its minimum, nntui's stays there.
        steps = COSINE_STEPS + 1 if name.startswith("cosine") else STEPS
        for warmup_steps in (0, WARMUP_STEPS):
            maker = with_warmup(make, warmup_steps) if warmup_steps else make
            entries[f"{name}_warmup" if warmup_steps else name] = {
                "schedule": name.removesuffix("_minimum"),
                **settings,
                "warmup_steps": warmup_steps,
                "learning_rates": rates(maker, steps + warmup_steps),
            }
    return entries


def adam_under_cosine() -> dict:
    """Adam's parameters while a cosine schedule with warm-up sets its learning rate."""
    gradients, start = gradients_and_start()
    parameters = start.clone().requires_grad_()
    optimizer = torch.optim.Adam([parameters], lr=LEARNING_RATE, eps=1e-8)
    scheduler = with_warmup(lambda o: CosineAnnealingLR(o, T_max=20), WARMUP_STEPS)(optimizer)
    after_each_step = []
    for gradient in gradients:
        parameters.grad = gradient.clone()
        optimizer.step()
        scheduler.step()
        after_each_step.append(parameters.tolist())
    return {
        "optimizer": {"name": "adam", "beta_1": 0.9, "beta_2": 0.999, "epsilon": 1e-8},
        "schedule": {"name": "cosine", "steps": 20, "minimum": 0.0, "warmup_steps": WARMUP_STEPS},
        "initial_parameters": start.tolist(),
        "gradients": gradients.tolist(),
        "parameters_after_each_step": after_each_step,
    }


def schedules() -> dict:
    """The learning rate that each step uses (step 0 first), and one optimizer under a schedule."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*epoch parameter.*")
        return {
            "about": "`learning_rates[t]` is what step t uses (0 is the first) for an initial rate "
            "of `learning_rate`; inverse_time is rate/(1 + decay_rate t), step multiplies by "
            "decay_rate every step_size steps, exponential by decay_rate every step, cosine is "
            "minimum + (rate - minimum)(1 + cos(pi t/steps))/2; with warm-up over w steps, step "
            "t < w uses rate(0)(t + 1)/w, and the schedule counts from 0 after it",
            "learning_rate": LEARNING_RATE,
            "schedules": schedule_entries(),
            "adam_under_cosine_with_warmup": adam_under_cosine(),
        }

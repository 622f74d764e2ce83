"""What each action must do, seen from outside: a check for each row of the table of actions.

A check is given the open app and the key, presses it, and looks at what has changed.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from driven_app import DrivenApp, experiment_of

from nntui.experiment.experiment import Experiment

Check = Callable[[DrivenApp, str], Awaitable[None]]


@dataclass(frozen=True)
class ActionCheck:
    """A check, and what the app is opened with."""

    check: Check
    experiment: Experiment


CHECKS: dict[tuple[str, str], ActionCheck] = {}
"""By the scope and the name of the action."""


def checks(scope: str, name: str, *settings: str) -> Callable[[Check], Check]:
    """Enter a check into the table."""

    def enter(check: Check) -> Check:
        assert (scope, name) not in CHECKS
        CHECKS[scope, name] = ActionCheck(check, experiment_of(*settings))
        return check

    return enter

"""``nntui check``: is every gradient of the engine right?"""

from typing import Annotated

from cyclopts import Parameter

from nntui.cli.messages import EXIT_CHECK_FAILED, EXIT_OK
from nntui.cli.numbers import whole_number


def check(
    *,
    seed: Annotated[
        str, Parameter(metavar="N", help="chooses the weights and points of the check [0]")
    ] = "0",
) -> int:
    """Compare every gradient of the engine with central differences, in float64."""
    number = whole_number("--seed", seed, at_least=0)
    from nntui.engine.gradient_check import TOLERANCE  # noqa: PLC0415 - imports numpy
    from nntui.engine.self_check import checks  # noqa: PLC0415

    print("Gradients by backpropagation against central differences, in float64.\n")
    print(f"{'kind':<12}{'part':<44}{'relative error':>14}")
    done = wrong = 0
    for part in checks(number):
        verdict = "ok" if part.passed else "WRONG"
        print(f"{part.kind:<12}{part.name:<44}{part.error:>14.1e}  {verdict}", flush=True)
        done += 1
        wrong += not part.passed
    if wrong:
        print(f"\n{wrong} of {done} parts are WRONG (an error above {TOLERANCE:.0e}).")
        return EXIT_CHECK_FAILED
    print(f"\nThe gradients of all {done} parts are right (no error above {TOLERANCE:.0e}).")
    return EXIT_OK

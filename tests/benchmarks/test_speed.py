"""Check that all contestants do the same work, then measure them and print the table.

    python -m pytest tests/benchmarks

The ordinary test run leaves this folder out. No speed is asserted: machines differ.
"""

import os
import subprocess
import sys
from pathlib import Path

import measure
import pytest
from workloads import WORKLOADS, Workload, make_data, make_weights, mean_loss


@pytest.fixture(scope="module")
def families() -> list[str]:
    absent = measure.missing()
    return [family for family in measure.PREPARE if family not in absent]


@pytest.mark.filterwarnings("ignore")  # what other libraries warn of is theirs to mend
@pytest.mark.parametrize("workload", WORKLOADS, ids=lambda workload: workload.name)
def test_all_contestants_have_the_same_loss_after_the_same_steps(
    workload: Workload, families: list[str]
):
    losses = measure.losses_after_the_same_steps(workload, families)
    start = mean_loss(workload, make_data(workload), make_weights(workload))

    assert losses["naive"] < 0.98 * start
    # float32 against float64, and Adam divides by tiny numbers: the weights drift apart slowly.
    assert losses == pytest.approx(dict.fromkeys(losses, losses["naive"]), rel=5e-4)


def test_the_table_of_steps_a_second(capsys: pytest.CaptureFixture[str]):
    root = Path(__file__).parents[2]
    paths = [str(root), os.environ.get("PYTHONPATH", "")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))}
    # A process of its own: the number of BLAS threads is fixed when numpy is first imported.
    with capsys.disabled():
        print()
        finished = subprocess.run(
            [sys.executable, str(Path(measure.__file__))], env=environment, check=False
        )

    assert finished.returncode == 0

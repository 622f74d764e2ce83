"""Measure the app against its budgets and print the table.

    python -m pytest tests/benchmarks/app

No figure is asserted: machines differ. ``budgets.py`` has flags to measure longer, or less.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

BUDGETS = Path(__file__).with_name("budgets.py")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")
def test_the_table_of_the_budgets(capsys: pytest.CaptureFixture[str]):
    paths = [str(BUDGETS.parents[3]), os.environ.get("PYTHONPATH", "")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))}
    with capsys.disabled():
        print()
        finished = subprocess.run([sys.executable, str(BUDGETS)], env=environment, check=False)

    assert finished.returncode == 0

"""Let these tests import what they share; a small run, saved in a folder."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from played_runs import SMALL, begun_run, play, save


@pytest.fixture
def small_run():
    """Return a small run that has made ten steps of four an epoch."""
    run = begun_run(SMALL)
    play(run, 10)
    return run


@pytest.fixture
def folder(tmp_path, small_run):
    """Return a folder that holds the small run."""
    save(small_run, tmp_path / "run")
    return tmp_path / "run"

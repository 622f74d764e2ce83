"""Let these tests import the driven app beside them; each runs in an empty directory."""

import asyncio
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from driven_app import opened

from nntui.experiment.experiment import Experiment

# Before they are imported: their failures are to be as telling as those of tests.
for checks in ("explain", "graph", "neuron", "panes", "program", "views"):
    pytest.register_assert_rewrite(f"action_checks_{checks}")


@pytest.fixture
def in_app(tmp_path, monkeypatch):
    """Return a function that opens the app with a trainer that does at once what it is told.

    It takes a coroutine function, which is given a ``DrivenApp``, and what ``opened`` takes.
    """
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NO_COLOR", raising=False)

    def run(story, experiment=None, **options):
        async def whole():
            async with opened(experiment or Experiment(), **options) as driven:
                await story(driven)

        asyncio.run(whole())

    return run

import pytest

from nntui.experiment.experiment import Experiment
from nntui.ui.edits import MOST_EDITS, Edited, Edits


def experiment(seed):
    return Experiment(seed=seed)


def made(edits, *seeds):
    for seed in seeds:
        edits.made(Edited(experiment(seed), revision=seed, label=f"edit {seed}"))


def test_undo_goes_back_in_the_opposite_order():
    edits = Edits()
    made(edits, 0, 1)

    first = edits.undo(experiment(2), 2)
    second = edits.undo(first.experiment, first.revision)

    assert (first.experiment.seed, second.experiment.seed) == (1, 0)
    assert edits.undo(second.experiment, second.revision) is None


def test_redo_makes_again_what_was_undone():
    edits = Edits()
    made(edits, 0, 1)
    before = edits.undo(experiment(2), 2)

    after = edits.redo(before.experiment, before.revision)

    assert (after.experiment.seed, after.revision, after.label) == (2, 2, "edit 1")
    assert edits.redo(experiment(9), 9) is None
    assert edits.undo(after.experiment, after.revision).experiment.seed == 1


def test_a_new_edit_ends_what_could_be_redone():
    edits = Edits()
    made(edits, 0)
    edits.undo(experiment(1), 1)
    made(edits, 5)

    assert edits.redo(experiment(9), 9) is None


@pytest.mark.parametrize("count", [MOST_EDITS, MOST_EDITS + 7])
def test_two_hundred_edits_can_be_undone(count):
    edits = Edits()
    made(edits, *range(count))
    present, undone = Edited(experiment(count), count, ""), 0
    while (before := edits.undo(present.experiment, present.revision)) is not None:
        present, undone = before, undone + 1

    assert undone == MOST_EDITS
    assert present.experiment.seed == count - MOST_EDITS


def test_a_copy_goes_its_own_way():
    edits = Edits()
    made(edits, 0, 1)
    copy = edits.copy()
    edits.undo(experiment(2), 2)
    made(edits, 5)

    assert copy.undo(experiment(2), 2).experiment.seed == 1
    assert copy.undo(experiment(1), 1).experiment.seed == 0
    assert edits.undo(experiment(6), 6).experiment.seed == 5

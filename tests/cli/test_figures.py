"""Figures as JSON, and the log that is written with them."""

import json

import pytest

from nntui.cli.epoch_log import EpochLog
from nntui.cli.figures import epoch_figures, to_json
from nntui.training.evaluation import Evaluation
from nntui.training.run import Progress


def at_epoch(number, test_loss=0.5):
    evaluation = Evaluation(0.25, test_loss, 0.125, 0.75, 0.5, None, None)
    return Progress(number, 8 * number, 0.5, 0.01, evaluation, None)


@pytest.mark.parametrize("loss", [float("nan"), float("inf"), -float("inf")])
def test_what_json_has_no_number_for_is_null(loss):
    text = to_json(epoch_figures(at_epoch(3, loss)))
    found = json.loads(text, parse_constant=pytest.fail)
    assert found["test_loss"] is None
    assert found["train_loss"] == 0.25
    assert found["train_loss_with_penalty"] == 0.375


def test_names_reach_the_json_in_ascii():
    text = to_json({"data": "flörs\x1b[2J"})
    assert text.isascii()
    assert text.isprintable()
    assert json.loads(text)["data"] == "flörs\x1b[2J"


def test_an_epoch_is_in_the_log_as_soon_as_it_is_written(tmp_path):
    log = EpochLog(str(tmp_path / "log"))
    for number in (1, 2):
        log.write(at_epoch(number))
        lines = (tmp_path / "log").read_text().splitlines()
        assert [json.loads(line)["epoch"] for line in lines] == list(range(1, number + 1))
    log.close()

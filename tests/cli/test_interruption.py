"""Signals while a run goes on."""

import signal

import pytest

from nntui.cli.interruption import Interruption


def test_the_first_ctrl_c_is_noted_the_second_warned_of_and_the_third_ends_the_program(capsys):
    before = signal.getsignal(signal.SIGINT)
    with Interruption() as interruption:
        assert not interruption.requested()
        signal.raise_signal(signal.SIGINT)
        assert interruption.requested()
        assert interruption.exit_code == 130
        assert capsys.readouterr().err == ""
        signal.raise_signal(signal.SIGINT)
        assert "once more" in capsys.readouterr().err
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before


def test_without_a_signal_everything_is_as_before():
    before = signal.getsignal(signal.SIGTERM)
    with Interruption() as interruption:
        assert signal.getsignal(signal.SIGTERM) is not before
    assert signal.getsignal(signal.SIGTERM) is before
    assert interruption.exit_code == 0

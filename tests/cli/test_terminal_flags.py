"""The playground's flags about the terminal, as far as they need none."""

import pytest


def test_the_help_of_the_playground_tells_of_them(nntui):
    words = " ".join(nntui("open", "--help").out.split())
    assert "--color auto|truecolor|256|16|none how many colours there are" in words
    assert "--ascii draw with ASCII only" in words


@pytest.mark.parametrize("value", ["purple", "8", ""])
def test_a_kind_of_colours_that_there_is_not_is_refused(nntui, value):
    result = nntui("--color", value)
    assert result.code == 2
    assert "--color" in result.err
    for choice in ("auto", "truecolor", "256", "16", "none"):
        assert f'"{choice}"' in result.err


@pytest.mark.parametrize("flag", [["--color", "256"], ["--ascii"]])
def test_training_without_the_playground_does_not_take_them(nntui, flag):
    assert nntui("train", *flag).code == 2

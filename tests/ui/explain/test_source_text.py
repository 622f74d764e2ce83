import inspect

import pytest

from nntui.engine.layers import Dense
from nntui.explain.page import Source
from nntui.ui.explain.source_text import source_lines, where


@pytest.fixture
def source():
    """The lines of a method, the last one of them marked."""
    lines, first = inspect.getsourcelines(Dense.record_with_sums)
    last = first + len(lines) - 1
    return Source("engine/layers.py", "Dense.record_with_sums", first, last, last, last)


def test_the_lines_are_those_of_the_installed_file(source):
    lines, first = inspect.getsourcelines(Dense.record_with_sums)
    read = source_lines(source)

    assert [line.text for line in read] == inspect.cleandoc("".join(lines)).splitlines()
    assert [line.number for line in read] == list(range(first, first + len(lines)))
    assert [line.number for line in read if line.is_marked] == [source.stop]
    assert where(source) == f"nntui/engine/layers.py:{source.start} Dense.record_with_sums"


def test_comments_and_docstrings_are_told_from_code(source):
    read = source_lines(source)
    docstring = [line.text for line in read if line.is_docstring]
    comments = [line.text[line.comment_at :] for line in read if not line.is_docstring]

    assert docstring[0].strip().startswith('"""')
    assert docstring[-1].strip().endswith('"""')
    assert any("Args:" in text for text in docstring)
    assert {text[:1] for text in comments} == {"", "#"}


@pytest.mark.parametrize(
    "source",
    [
        Source("engine/no_such_file.py", "f", 1, 2, 1, 2),
        Source("engine/layers.py", "f", 90_000, 90_002, 90_001, 90_001),
        Source("engine/layers.py", "f", 1, 4, 5, 6),
    ],
)
def test_of_a_source_that_is_not_there_or_has_changed_there_are_no_lines(source):
    assert source_lines(source) == ()

"""The lines of nntui's own code, read from the files as they are installed."""

import importlib.resources
import io
import tokenize
from dataclasses import dataclass
from functools import lru_cache

from nntui.explain.page import Source

_PACKAGE = "nntui"


@dataclass(frozen=True)
class SourceLine:
    """A line of code.

    Attributes:
        number: Its number in the file, counted from 1.
        text: What it says, with a comment at its end.
        comment_at: Where in the text a comment begins; its length where there is none.
        is_marked: Whether it is pointed at.
        is_docstring: Whether it is part of a docstring.
    """

    number: int
    text: str
    comment_at: int
    is_marked: bool
    is_docstring: bool


@lru_cache(maxsize=256)
def source_lines(source: Source) -> tuple[SourceLine, ...]:
    """Read the function that a source names, without what all its lines are indented by.

    Args:
        source: Which lines.

    Returns:
        Its lines from the first one on; none where the file is not installed or has changed.
    """
    lines = _lines_of(source.file)[source.first - 1 : source.last]
    if not source.first <= source.start <= source.stop < source.first + len(lines):
        return ()
    indents = [len(line) - len(line.lstrip()) for line in lines if line.strip()]
    indent = min(indents, default=0)
    comments, docstrings = _prose_of(source.file)
    return tuple(
        SourceLine(
            number,
            line[indent:].rstrip(),
            max(comments.get(number, len(line)) - indent, 0),
            source.start <= number <= source.stop,
            number in docstrings,
        )
        for number, line in enumerate(lines, source.first)
    )


def where(source: Source) -> str:
    """Name the place of the marked lines, as an editor would.

    Example:
        >>> where(Source("engine/layers.py", "Dense.record", 115, 118, 117, 118))
        'nntui/engine/layers.py:117 Dense.record'
    """
    return f"{_PACKAGE}/{source.file}:{source.start} {source.function}"


@lru_cache(maxsize=64)
def _lines_of(file: str) -> tuple[str, ...]:
    """Read a file below the package; no lines where it is not there as text."""
    try:
        found = importlib.resources.files(_PACKAGE).joinpath(file)
        return tuple(found.read_text(encoding="utf-8").splitlines())
    except (OSError, UnicodeDecodeError):
        return ()


@lru_cache(maxsize=64)
def _prose_of(file: str) -> tuple[dict[int, int], frozenset[int]]:
    """Tell at which column of a line a comment begins, and which lines are docstrings."""
    comments: dict[int, int] = {}
    docstrings: set[int] = set()
    text = "\n".join(_lines_of(file)) + "\n"
    before = tokenize.NEWLINE
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            (first, column), (last, _) = token.start, token.end
            if token.type == tokenize.COMMENT:
                comments[first] = column
                continue
            if token.type == tokenize.STRING and before in _BEFORE_DOCSTRINGS:
                comments |= dict.fromkeys(range(first, last + 1), 0)
                docstrings.update(range(first, last + 1))
            before = token.type
    except (tokenize.TokenError, SyntaxError):
        return {}, frozenset()
    return comments, frozenset(docstrings)


_BEFORE_DOCSTRINGS = frozenset({tokenize.NEWLINE, tokenize.NL, tokenize.INDENT, tokenize.DEDENT})

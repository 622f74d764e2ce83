"""Which lines of nntui compute something, found in the program as it is installed."""

import inspect
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from types import CodeType
from typing import Any, cast

from nntui.engine.tape import Origin
from nntui.explain.page import Source

_PACKAGE = Path(__file__).parent.parent

_BYTES_PER_INSTRUCTION = 2
"""``f_lasti`` counts bytes, ``co_positions`` instructions."""


def source_of_call(origin: Origin) -> Source:
    """Return the lines that wrote a call on the tape, in the function that they stand in."""
    code = origin.code
    index = origin.instruction // _BYTES_PER_INSTRUCTION
    start, stop, _, _ = next(islice(code.co_positions(), index, None))
    first, last = _lines_of_code(code)
    start = first if start is None else start
    return _source(code, first, last, (start, start if stop is None else stop))


def source_of_function(function: Callable[..., Any]) -> Source:
    """Return the lines of a function or a method; all of them are pointed at."""
    code = cast("CodeType", inspect.unwrap(function).__code__)
    first, last = _lines_of_code(code)
    return _source(code, first, last, (first, last))


def _source(code: CodeType, first: int, last: int, pointed: tuple[int, int]) -> Source:
    path = Path(code.co_filename)
    inside = path.is_relative_to(_PACKAGE)
    return Source(
        file=path.relative_to(_PACKAGE).as_posix() if inside else path.name,
        function=code.co_qualname.replace(".<locals>", ""),
        first=first,
        last=last,
        start=pointed[0],
        stop=pointed[1],
    )


def _lines_of_code(code: CodeType) -> tuple[int, int]:
    """Return the first and the last line of a function, with the functions inside it."""
    last = max(
        (stop for _, stop, _, _ in code.co_positions() if stop is not None),
        default=code.co_firstlineno,
    )
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            last = max(last, _lines_of_code(constant)[1])
    return code.co_firstlineno, last

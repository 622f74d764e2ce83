"""Long formulas on narrow screens: they are broken between terms."""

import re
import unicodedata
from functools import lru_cache

_BREAKS = (r" (?=[=→≈] )", r" (?=[+−] )", r" (?=[·/] )|(?<=[,;]) ", r" ")
"""Where a line may end: best before an equals sign, then before a term, a factor, a word."""

_LEAST_SHARE = 0.5
"""A line is broken at a better place only if that leaves it at least so full."""

CONTINUED = "    "
"""What the lines of a formula after the first begin with."""


@lru_cache(maxsize=512)
def wrapped_formula(text: str, columns: int) -> tuple[str, ...]:
    """Break a formula into lines.

    Args:
        text: The formula.
        columns: How wide a line may be.

    Example:
        >>> wrapped_formula("z = 0.5 · 2 + 0.25 · 4 = 2", 18)
        ('z = 0.5 · 2', '    + 0.25 · 4 = 2')
    """
    lines: list[str] = []
    rest, indent = _plain(text).strip(), ""
    while len(indent) + len(rest) > columns:
        at = _break(rest, max(columns - len(indent), 1))
        lines.append(indent + rest[:at].rstrip())
        rest = rest[at:].lstrip()
        indent = CONTINUED if columns > 4 * len(CONTINUED) else ""
    if rest or not lines:
        lines.append(indent + rest)
    return tuple(lines)


def _plain(text: str) -> str:
    """Leave out what stands above letters: not every terminal can put it there."""
    return "".join(character for character in text if not unicodedata.combining(character))


def _break(text: str, columns: int) -> int:
    """Return where the first line ends."""
    for least in (_LEAST_SHARE * columns, 0):
        for pattern in _BREAKS:
            ends = [found.start() for found in re.finditer(pattern, text)]
            fitting = [end for end in ends if least < end <= columns]
            if fitting:
                return fitting[-1]
    return columns

"""What the terminal can show: how many colours, and which characters.

What the user asks for comes first, then what the environment tells; where that leaves doubts,
the terminal itself is asked (see ``answers``).
"""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

Depth: TypeAlias = Literal["truecolor", "256", "16", "none"]
"""How many colours there are: 24 bits each, xterm's 256, the terminal's own 16, or none."""

ColorChoice: TypeAlias = Literal["auto", "truecolor", "256", "16", "none"]
"""What a user may ask for."""

_TRUE_COLOUR = frozenset({"truecolor", "24bit"})
_OF_16 = frozenset({"ansi", "bsdos", "color_xterm", "cygwin", "linux", "pcansi", "putty-vt100",
                    "rxvt", "scoansi", "sun", "sun-color", "unknown"})  # fmt: skip
_OF_16_BEGIN = ("cons25", "linux-", "pcvt", "vt", "wsvt25", "xterm-old", "xterm-r")
_OF_16_END = ("-16color", "-8color", "-basic", "-m")
_TRUE_COLOUR_ENDS = ("-direct", "-truecolor")
_LOCALE = ("LC_ALL", "LC_CTYPE", "LANG")
"""The variables that name the characters' encoding; the first that is set counts (POSIX)."""


@dataclass(frozen=True)
class Abilities:
    """What a terminal can show, and what may be asked of it.

    Attributes:
        depth: How many colours there are.
        is_ascii: Whether ASCII is all that there is.
        asks_depth: Whether the terminal may tell that it has more colours.
        asks_encoding: Whether the terminal may tell that it does not know UTF-8.
    """

    depth: Depth = "truecolor"
    is_ascii: bool = False
    asks_depth: bool = False
    asks_encoding: bool = False


EVERYTHING = Abilities()
"""What a modern terminal can show, of which nothing has to be asked."""


def abilities_of(
    environment: Mapping[str, str], color: ColorChoice = "auto", *, ascii_only: bool = False
) -> Abilities:
    """Find out what can be known before the terminal has said anything.

    Args:
        environment: The variables; see ``environment_at_start``.
        color: What the user asks for; it counts more than any variable.
        ascii_only: Whether the user asks for ASCII.
    """
    depth = _depth(environment) if color == "auto" else color
    encoding = _encoding(environment)
    return Abilities(
        depth=depth,
        is_ascii=ascii_only or (bool(encoding) and "utf8" not in encoding),
        asks_depth=color == "auto" and depth == "256",
        # Where nothing is said nearly every terminal has UTF-8; the others are found out.
        asks_encoding=not ascii_only and not encoding,
    )


def _depth(environment: Mapping[str, str]) -> Depth:
    if environment.get("NO_COLOR"):
        return "none"
    term = environment.get("TERM", "").lower()
    if environment.get("COLORTERM", "").strip().lower() in _TRUE_COLOUR:
        return "truecolor"
    if term.endswith(_TRUE_COLOUR_ENDS):
        return "truecolor"
    if term in _OF_16 or term.startswith(_OF_16_BEGIN) or term.endswith(_OF_16_END):
        return "16"
    return "256"


def _encoding(environment: Mapping[str, str]) -> str:
    """Return the encoding that the locale names, such as ``utf8``; empty where none is set."""
    locale = next((environment[name] for name in _LOCALE if environment.get(name)), "")
    name = locale.partition(".")[2].partition("@")[0] or locale
    return name.lower().replace("-", "")


def environment_at_start() -> Mapping[str, str]:
    """Return the environment as it was when the program was started.

    Python itself sets LC_CTYPE to UTF-8 where the locale is C (PEP 538), whatever the terminal
    can show. Linux keeps what was there before.
    """
    if not sys.platform.startswith("linux"):
        return os.environ
    try:
        content = Path("/proc/self/environ").read_bytes()
    except OSError:
        return os.environ
    pairs = (entry.partition(b"=") for entry in content.split(b"\0") if b"=" in entry)
    before = {os.fsdecode(name): os.fsdecode(value) for name, _, value in pairs}
    locale = {name: before.get(name, "") for name in _LOCALE}
    return {**os.environ, **locale}

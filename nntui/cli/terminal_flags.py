"""The flags that say what the terminal can show, where it is not found out rightly."""

from dataclasses import dataclass
from typing import Annotated

from cyclopts import Group, Parameter

from nntui.ui.terminal.abilities import ColorChoice

TERMINAL = Group("Terminal", sort_key=6)


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class TerminalFlags:
    """What the terminal can show."""

    color: Annotated[
        ColorChoice,
        Parameter(
            metavar="auto|truecolor|256|16|none",
            group=TERMINAL,
            show_choices=False,
            help="how many colours there are [auto: none with NO_COLOR, then as COLORTERM and TERM "
            "and the terminal itself say]",
        ),
    ] = "auto"
    ascii: Annotated[
        bool,
        Parameter(
            group=TERMINAL,
            help="draw with ASCII only, as is done by itself where the locale is not UTF-8 (LANG)",
        ),
    ] = False

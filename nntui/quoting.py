"""Show what a user wrote inside a message, without letting it act on the terminal."""

import re

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
"""What a terminal acts on; but not tab and line ends, which a quoted cell of a file may have."""

_LONGEST_VALUE = 40
_LONGEST_LIST = 200


def printable(text: str) -> str:
    r"""Replace what does not print, such as escape sequences, by its code as in ``\x1b``."""
    return "".join(
        character if character.isprintable() else ascii(character)[1:-1] for character in text
    )


def quoted(text: str) -> str:
    """Put a value in quotes, made printable and cut to 40 characters."""
    shown = text if len(text) <= _LONGEST_VALUE else text[: _LONGEST_VALUE - 1] + "…"
    return f'"{printable(shown)}"'


def listed(names: tuple[str, ...]) -> str:
    """List names with commas between them, cut where the list grows long."""
    shown = ""
    for position, name in enumerate(names):
        separator = ", " if position else ""
        if len(shown) + len(name) > _LONGEST_LIST and position:
            return f"{shown}{separator}… ({len(names)} in all)"
        shown += separator + (printable(name) if len(name) <= _LONGEST_VALUE else quoted(name))
    return shown

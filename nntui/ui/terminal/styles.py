"""What a terminal is told for text to look different, in as few bytes as possible.

Colours and attributes are set by SGR sequences (``ESC [ ... m``): each parameter changes one
attribute and leaves the others, 0 resets all. ECMA-48, 5th edition 1991, section 8.3.117 (SGR).
"""

from typing import NamedTuple

_OFF = {
    **{1: 22, 2: 22, 3: 23, 4: 24, 21: 24, 5: 25, 6: 25, 7: 27, 8: 28, 9: 29},
    **{51: 54, 52: 54, 53: 55},
}
"""What turns each attribute off; 22 turns off bold and faint alike."""

_REVERSE = 7
_SEEN_ON_BLANKS = frozenset({4, 21, 7, 9, 51, 52, 53})
"""Underlined, reversed, struck through, framed, encircled, overlined."""

_DEFAULT_FOREGROUND, _DEFAULT_BACKGROUND = "39", "49"
_EXTENDED_LENGTH = {"5": 3, "2": 5}
_FOREGROUNDS = {*range(30, 38), *range(90, 98)}
_BACKGROUNDS = {*range(40, 48), *range(100, 108)}
_NO_ATTRIBUTES: frozenset[int] = frozenset()


class CellStyle(NamedTuple):
    """How a cell looks.

    Attributes:
        attributes: The SGR parameters of all that is not colour, such as 1 for bold.
        background: The SGR parameters of the cell's colour; empty for the terminal's own.
        foreground: The SGR parameters of the text's colour; empty for the terminal's own.
        other: Parameters that were not understood; then they are all that is in it.
    """

    attributes: frozenset[int] = _NO_ATTRIBUTES
    background: str = ""
    foreground: str = ""
    other: str = ""

    def on_blanks(self) -> "CellStyle":
        """Give what can be seen of the style on spaces: the text's colour cannot."""
        if self.other or _REVERSE in self.attributes:
            return self
        return CellStyle(self.attributes & _SEEN_ON_BLANKS, self.background)

    def parameters(self) -> str:
        """Give the SGR parameters that set the style after a reset."""
        attributes = [str(attribute) for attribute in sorted(self.attributes)]
        parts = [*attributes, self.foreground, self.background, self.other]
        return ";".join(part for part in parts if part)


PLAIN = CellStyle()


def style_of(parameters: str) -> CellStyle:
    """Read the parameters of an SGR sequence that follows a reset."""
    parts = parameters.split(";") if parameters else []
    foreground, background = "", ""
    attributes: set[int] = set()
    while parts:
        code, length = int(parts[0] or 0), 1
        if code in (38, 48) and len(parts) > 1:
            length = _EXTENDED_LENGTH.get(parts[1], len(parts) + 1)
        if code == 38 or code in _FOREGROUNDS:  # noqa: PLR2004 - SGR's own number
            foreground = ";".join(parts[:length])
        elif code == 48 or code in _BACKGROUNDS:  # noqa: PLR2004 - SGR's own number
            background = ";".join(parts[:length])
        elif parts[0] == _DEFAULT_FOREGROUND:
            foreground = ""
        elif parts[0] == _DEFAULT_BACKGROUND:
            background = ""
        else:
            attributes.add(code)
        if length > len(parts) or not attributes <= _OFF.keys():
            return CellStyle(other=parameters)
        del parts[:length]
    return CellStyle(frozenset(attributes), background, foreground)


def change(old: CellStyle | None, new: CellStyle) -> str:
    """Give the shortest SGR sequence that turns the old style into the new one.

    Args:
        old: The style that text would have now; None when it is not known.
        new: The style that it is to have.
    """
    if old == new:
        return ""
    anew = new.parameters()
    if old is None or old.other or new.other:
        return f"\x1b[0;{anew}m" if anew else "\x1b[m"
    colours = _colour_difference(old, new)
    if old.attributes == new.attributes and new.foreground and new.background:
        return f"\x1b[{colours}m"
    attributes = _attribute_difference(old.attributes, new.attributes)
    difference = f"{attributes};{colours}".strip(";")
    anew = f"0;{anew}" if anew else ""
    return f"\x1b[{difference if len(difference) <= len(anew) else anew}m"


def change_for_blanks(old: CellStyle | None, new: CellStyle) -> CellStyle:
    """Give the style to change to where spaces follow, which keeps all that they do not show.

    Args:
        old: The style that text would have now; None when it is not known.
        new: The style of the spaces.
    """
    seen = new.on_blanks()
    if old is None or old.other or seen.other or _REVERSE in old.attributes | seen.attributes:
        return seen
    attributes = (old.attributes - _SEEN_ON_BLANKS) | seen.attributes
    kept = CellStyle(attributes, seen.background, old.foreground)
    return kept if len(change(old, kept)) <= len(change(old, seen)) else seen


def _colour_difference(old: CellStyle, new: CellStyle) -> str:
    foreground = background = ""
    if old.foreground != new.foreground:
        foreground = new.foreground or _DEFAULT_FOREGROUND
    if old.background != new.background:
        background = new.background or _DEFAULT_BACKGROUND
    return f"{foreground};{background}" if foreground and background else foreground or background


def _attribute_difference(old: frozenset[int], new: frozenset[int]) -> str:
    off = {_OFF[attribute] for attribute in old - new}
    left = {attribute for attribute in old if _OFF[attribute] not in off}
    return ";".join(str(code) for code in (*sorted(off), *sorted(new - left)))

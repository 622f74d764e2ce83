"""Moving the terminal's cursor in as few bytes as possible."""


def shortest_motion(old: tuple[int, int] | None, new: tuple[int, int]) -> str:
    """Give the shortest sequence that moves the cursor without scrolling or drawing.

    Args:
        old: The cursor's row and column, from 0; None when they are not known.
        new: The row and column to move to.
    """
    if old == new:
        return ""
    row, column = new
    if old is not None and row == old[0] and column > old[1]:
        return _step(column - old[1], "C")
    absolute = f"\x1b[{row + 1 if row else ''}{f';{column + 1}' if column else ''}H"
    if old is None or (row != old[0] and column != old[1]):
        return absolute
    if row == old[0]:
        relative = _step(old[1] - column, "D") if column else "\r"
    else:
        relative = _step(row - old[0], "B") if row > old[0] else _step(old[0] - row, "A")
    return relative if len(relative) < len(absolute) else absolute


def _step(count: int, direction: str) -> str:
    return f"\x1b[{count if count > 1 else ''}{direction}"

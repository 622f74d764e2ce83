"""The lines at the foot of a pane that say more about what is under the cursor."""

import textwrap


def about_lines(text: str, columns: int, rows: int) -> list[str]:
    """Break a text into at most so many lines; an ellipsis stands for what is missing."""
    if columns <= 0 or rows <= 0:
        return []
    return textwrap.wrap(text, columns, max_lines=rows, placeholder=" …")

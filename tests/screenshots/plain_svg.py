"""Makes Textual's pictures self-contained and small."""

import re

FONTS = "'Fira Code', Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace"


def plain_svg(svg: str) -> str:
    """Take out what refers to a font on the network, and say less where less is enough.

    The width of each text is written beside it, so that any monospaced font fits.
    """
    svg = re.sub(r"@font-face\s*{.*?}\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(r"font-family: Fira Code(, monospace)?", f"font-family: {FONTS}", svg)
    svg = re.sub(r"font-family: ?arial", "font-family: Arial, sans-serif", svg)
    svg = re.sub(r"\bterminal-\d+-", "", svg)
    # Said once for all rectangles instead of for each.
    svg = svg.replace(' shape-rendering="crispEdges"', "")
    svg = svg.replace("<style>", "<style>\n    rect { shape-rendering: crispEdges }", 1)
    # A space that nothing is drawn for.
    svg = re.sub(r'<text class="r\d+" [^>]*>(?:&#160;)+</text>', "", svg)
    lines = (line.strip() for line in svg.splitlines())
    return "\n".join(line for line in lines if line) + "\n"

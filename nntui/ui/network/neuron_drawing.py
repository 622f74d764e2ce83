"""The picture of one neuron: what it answers, how often, and in words."""

from functools import lru_cache

from nntui.anatomy.values import NeuronDetail
from nntui.charts.cells import Cells
from nntui.charts.heat_map import draw_signed_picture
from nntui.charts.heat_map_levels import draw_sign_scale, number_text
from nntui.charts.histogram import draw_histogram, histogram_width
from nntui.charts.palette import series_colours
from nntui.charts.style import ChartStyle
from nntui.charts.text import text_width
from nntui.ui.canvas import Canvas, Look
from nntui.ui.ink import Ink
from nntui.ui.layout import Place
from nntui.ui.network.neuron_layout import NeuronLayout

_LOW_MARK, _HIGH_MARK = "├", "┤"
_HUNDRED = 100
_ROUNDING = 1e-6
"""The share of the spread below which a mean is not told from 0 with float32."""


def draw_picture(canvas: Canvas, detail: NeuronDetail, size: float, place: Place, ink: Ink) -> None:
    """Draw what a neuron answers over the plane.

    Args:
        canvas: Where to.
        detail: The neuron.
        size: The |answer| of the outermost shades.
        place: Where on the canvas; the field is that large, or it is left out.
        ink: The colours of text.
    """
    field = detail.field
    if not place.rows or field.shape != (2 * place.rows, place.columns):
        return
    canvas.paste(draw_signed_picture(field, size, ink.chart_style), place.row, place.column)


def draw_words(
    canvas: Canvas,
    detail: NeuronDetail,
    size: float,
    layout: NeuronLayout,
    ink: Ink,
    cursor: Look | None,
) -> None:
    """Write what the neuron's numbers are.

    Args:
        canvas: Where to.
        detail: The neuron.
        size: The |answer| of the outermost shades of its picture.
        layout: Where on the canvas.
        ink: The colours of text.
        cursor: How the bias looks under the cursor; None where the cursor is elsewhere.
    """
    place = layout.words
    line, last = place.row, place.row + place.rows
    if detail.neuron.column and line < last:
        _put_bias(canvas, detail, line, place, ink, cursor)
        line += 1
    states = state_words(detail)
    if states and line < last:
        _put_states(canvas, states, line, place, ink)
        line += 1
    if line < last:
        text = f"mean {_mean_text(detail)} ± {number_text(detail.spread).lstrip('+')}"
        canvas.put(line, place.column, text[: place.columns], ink.text)
        line += 1
    if line < last and layout.picture.rows:
        scale = _scale(place.columns, size, ink.chart_style)
        canvas.paste(scale, line, place.column)


def _mean_text(detail: NeuronDetail) -> str:
    """Write the mean; what only rounding has left of a mean of 0, as of most inputs, as 0."""
    return number_text(0.0 if abs(detail.mean) < _ROUNDING * detail.spread else detail.mean)


@lru_cache(maxsize=8)
def _scale(columns: int, size: float, style: ChartStyle) -> Cells:
    return draw_sign_scale(columns, size, style)


def _put_bias(
    canvas: Canvas,
    detail: NeuronDetail,
    line: int,
    place: Place,
    ink: Ink,
    cursor: Look | None,
) -> None:
    """Write the bias and, where there is room, its gradient."""
    text = f"bias {number_text(detail.bias)}"
    column = canvas.put(line, place.column, text, cursor or ink.text)
    gradient = number_text(detail.bias_gradient)
    for words in (f"  gradient {gradient}", f" ∂{gradient}"):
        if column + text_width(words) <= place.column + place.columns:
            canvas.put(line, column, words, ink.muted)
            break


def state_words(detail: NeuronDetail) -> list[tuple[str, bool]]:
    """Say what is special about a neuron.

    Returns:
        Words, and whether they are a warning.
    """
    words: list[tuple[str, bool]] = []
    if detail.silenced:
        words.append(("silenced", True))
    if detail.dead:
        words.append(("dead", True))
    if detail.frozen:
        words.append(("frozen", False))
    if detail.saturated is not None and detail.saturated > 0:
        share = round(_HUNDRED * detail.saturated)
        words.append((f"saturated {share} %" if share else "saturated <1 %", False))
    return words


def _put_states(
    canvas: Canvas, states: list[tuple[str, bool]], line: int, place: Place, ink: Ink
) -> None:
    column = place.column
    for number, (text, is_warning) in enumerate(states):
        if number:
            column = canvas.put(line, column, " · ", ink.muted)
        if column + text_width(text) > place.column + place.columns:
            break
        column = canvas.put(line, column, text, ink.warning if is_warning else ink.accent)


def draw_answers(canvas: Canvas, detail: NeuronDetail, place: Place, ink: Ink) -> None:
    """Draw the histogram of what the neuron answers to training points."""
    if place.rows < 2:  # noqa: PLR2004 - one line of blocks, one of labels
        return
    rows = place.rows - 1
    colour = series_colours(ink.chart_style)[0]
    canvas.paste(
        draw_histogram(detail.counts, rows, place.columns, colour), place.row, place.column
    )
    width = histogram_width(len(detail.counts), place.columns)
    low, high = f"{_LOW_MARK}{_plain(detail.low)}", f"{_plain(detail.high)}{_HIGH_MARK}"
    line = place.row + rows
    canvas.put(line, place.column, low, ink.muted)
    canvas.put(line, place.column + width - text_width(high), high, ink.muted)
    points = int(detail.counts.sum())
    for middle in (f"{points:,} answers", "answers"):
        room = width - text_width(low) - text_width(high) - text_width(middle)
        if room >= 2:  # noqa: PLR2004 - a blank on both sides
            start = place.column + text_width(low) + room // 2
            canvas.put(line, start, middle, ink.muted)
            break


def _plain(value: float) -> str:
    return f"{value:g}".replace("-", "−")

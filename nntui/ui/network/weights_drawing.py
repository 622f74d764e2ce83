"""The pictures of a layer's weights and gradients, and of how they came about."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from nntui.anatomy.values import LayerNumbers, Neuron, Spread
from nntui.charts.heat_map import HeatMap, draw_heat_map
from nntui.charts.heat_map_layout import heat_map_layout
from nntui.charts.heat_map_levels import (
    draw_sign_scale,
    largest_size,
    number_text,
    shade_size,
    steady_size,
)
from nntui.charts.palette import series_colours
from nntui.charts.spread_bands import SpreadChart, SpreadFigure, spread_legends
from nntui.charts.text import cut
from nntui.ui.canvas import Canvas
from nntui.ui.ink import Ink
from nntui.ui.layout import Place
from nntui.ui.network.weights_layout import (
    GRADIENTS,
    WEIGHTS,
    Pictures,
    Room,
    history_places,
)
from nntui.ui.network.words import Names

_LEAST_SCALE = 12
_FEWEST_MOMENTS = 2
_HINT = "press space to train"
_GAP = 2


@dataclass(frozen=True)
class LayerNames:
    """What the rows and columns of a layer's weights are called.

    Attributes:
        inputs: What each row comes from, the biases not among them.
        units: The neurons.
    """

    inputs: tuple[str, ...]
    units: tuple[str, ...]

    def rows(self, block: int) -> list[str]:
        """Name the rows of a picture; a block by its first row."""
        return [*self.inputs[::block], "bias"]

    def columns(self, block: int) -> tuple[str, ...]:
        """Name its columns likewise."""
        return self.units[::block]


@lru_cache(maxsize=8)
def layer_names(names: Names, column: int) -> LayerNames:
    """Name the rows and columns of a layer's weights.

    Args:
        names: Of the network's neurons.
        column: The layer's column in the graph.
    """
    inputs, own = (
        tuple(names.short(Neuron(place, unit)) for unit in range(names.units[place]))
        for place in (column - 1, column)
    )
    return LayerNames(inputs, own)


class LayerDrawing:
    """Draws a layer's numbers, with scales that change seldom."""

    def __init__(self) -> None:
        self._sizes: dict[str, float] = {}
        self._charts = {WEIGHTS: SpreadChart("step"), GRADIENTS: SpreadChart("step")}

    def forget(self) -> None:
        """Choose the scales anew: it is another layer."""
        self._sizes.clear()
        for chart in self._charts.values():
            chart.forget()

    def draw_numbers(
        self,
        canvas: Canvas,
        layer: LayerNumbers,
        names: LayerNames,
        cursor: tuple[int, int],
        pictures: Pictures,
        room: Room,
        ink: Ink,
    ) -> None:
        """Draw the weights, the gradients, or both.

        Args:
            canvas: Where to.
            layer: The numbers.
            names: Of their rows and columns.
            cursor: The row and the unit under the cursor, in the layer itself.
            pictures: What to draw, and where.
            room: What there is room for.
            ink: The colours of text.
        """
        for part, picture in zip(pictures.parts, pictures.places, strict=True):
            numbers = layer.weights if part == WEIGHTS else layer.gradients
            size = self._sizes[part] = steady_size(shade_size(numbers), self._sizes.get(part))
            goes_on = largest_size(numbers) > size
            _put_title(canvas, part, size, picture.title, ink, goes_on=goes_on)
            place = picture.map
            layout = heat_map_layout(
                numbers.shape, place.rows, place.columns, room.gutter, whole_lines=room.whole_lines
            )
            # An answer to an earlier question may find no room.
            if layout is not None:
                rows, units = names.rows(layer.block[0]), names.columns(layer.block[1])
                heat_map = HeatMap(numbers, size, rows, units, _in_blocks(cursor, layer))
                cells = draw_heat_map(heat_map, layout, ink.chart_style)
                canvas.paste(cells, place.row, place.column)

    def draw_history(
        self, canvas: Canvas, spreads: dict[str, Spread], rows: int, columns: int, ink: Ink
    ) -> None:
        """Draw how weights and gradients have been spread over the run."""
        style = ink.chart_style
        for part, place, colour in zip(
            (WEIGHTS, GRADIENTS),
            history_places(rows, columns),
            series_colours(style),
            strict=True,
        ):
            if place.rows < 3:  # noqa: PLR2004 - a title and a little of a picture
                continue
            spread = spreads[part]
            _put_title_of_history(canvas, part, spread, colour, place, ink)
            figure = SpreadFigure(spread.steps, spread.quantiles)
            chart = self._charts[part].draw(figure, place.rows - 1, place.columns, colour, style)
            canvas.paste(chart, place.row + 1, place.column)
            if len(spread.steps) < _FEWEST_MOMENTS:
                start = place.column + max((place.columns - len(_HINT)) // 2, 0)
                canvas.put(place.row + place.rows // 2, start, _HINT, ink.muted)


def _put_title(
    canvas: Canvas, title: str, size: float, place: Place, ink: Ink, *, goes_on: bool
) -> None:
    """Say what a picture shows, and what its shades stand for."""
    if not place.rows:
        return
    column = canvas.put(place.row, place.column, title, ink.text) + _GAP
    room = place.column + place.columns - column
    if room >= _LEAST_SCALE:
        scale = draw_sign_scale(room, size, ink.chart_style, goes_on=goes_on)
        canvas.paste(scale, place.row, column)


def _put_title_of_history(
    canvas: Canvas, part: str, spread: Spread, colour: int, place: Place, ink: Ink
) -> None:
    """Say what a spread shows, its last range if there is room, and what its bands are."""
    legends = spread_legends(colour, ink.chart_style)
    titles = [f"{part} {_range_text(spread.quantiles)}", part]
    fitting = (
        (title, legend)
        for title in titles
        for legend in legends
        if len(title) + _GAP + legend.columns <= place.columns
    )
    title, legend = next(fitting, (cut(titles[0], place.columns), None))
    column = canvas.put(place.row, place.column, title, ink.text) + _GAP
    if legend is not None:
        canvas.paste(legend, place.row, column)


def _range_text(quantiles: NDArray[np.float64]) -> str:
    """Say between which numbers all are at the last moment."""
    if not len(quantiles):
        return "over time: none yet"
    low, high = float(quantiles[-1, 0]), float(quantiles[-1, -1])
    return f"{number_text(low)} … {number_text(high)}"


def _in_blocks(cursor: tuple[int, int], layer: LayerNumbers) -> tuple[int, int]:
    """Return the number of the picture that a number of the layer belongs to."""
    rows, units = layer.weights.shape
    is_bias = cursor[0] >= layer.shape[0] - 1
    row = rows - 1 if is_bias else min(cursor[0] // layer.block[0], rows - 1)
    return row, min(cursor[1] // layer.block[1], units - 1)

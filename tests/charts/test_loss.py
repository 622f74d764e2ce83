import itertools

import numpy as np
import pytest

from nntui.charts.cells import NO_COLOR
from nntui.charts.loss import LossChart, LossFigure
from nntui.charts.palette import series_colours
from nntui.charts.style import ChartStyle

DARK = ChartStyle()
PLAIN = ChartStyle("plain")


def figure_of(steps=1000, samples=200, **others):
    x = np.linspace(0, steps, samples)
    given = {"x": x, "train": np.exp(-x / 200) + 0.01, "test": np.exp(-x / 200) + 0.1}
    return LossFigure(**(given | others))


def canvas_text(chart, cells):
    canvas = chart.axes.canvas
    rows = slice(canvas.top, canvas.top + canvas.rows)
    columns = slice(canvas.left, canvas.left + canvas.columns)
    return ["".join(row) for row in cells.characters[rows, columns].tolist()]


def braille_columns(lines):
    return {
        column for line in lines for column, sign in enumerate(line) if 0x2800 < ord(sign) < 0x2900
    }


def test_both_series_are_drawn_in_their_colours_and_named():
    cells = LossChart().draw(figure_of(), 60, 16, DARK)
    train, test = series_colours(DARK)
    assert train in cells.foreground
    assert test in cells.foreground
    text = "".join(cells.text())
    assert "train" in text
    assert "test" in text
    assert "→ steps" in text


def test_without_test_points_there_is_no_test_series():
    cells = LossChart().draw(figure_of(test=np.full(200, np.nan)), 60, 16, DARK)
    assert series_colours(DARK)[1] not in cells.foreground
    assert "test" not in "".join(cells.text())


def test_a_spike_among_100_000_samples_is_seen():
    x = np.arange(100_000.0)
    calm = np.full(100_000, 0.1)
    spiky = calm.copy()
    spiky[40_000] = 0.9
    nothing = np.full(100_000, np.nan)
    chart = LossChart()
    cells = chart.draw(LossFigure(x, spiky, nothing), 60, 16, DARK)
    column, row = chart.axes.column_of(40_000), chart.axes.row_of(0.9)
    assert 0x2800 < ord(cells.characters[row, column]) < 0x2900
    assert len(braille_columns(canvas_text(chart, cells)[row : row + 1])) <= 2


def test_a_falling_loss_falls():
    chart = LossChart()
    cells = chart.draw(figure_of(test=np.full(200, np.nan)), 60, 16, DARK)
    lines = canvas_text(chart, cells)
    tops = [
        min(r for r, line in enumerate(lines) if 0x2800 < ord(line[c]) < 0x2900)
        for c in sorted(braille_columns(lines))
    ]
    assert tops == sorted(tops)
    assert tops[0] < tops[-1]


def test_the_train_series_is_told_from_the_test_series_without_colour():
    x = np.linspace(0, 1000, 200)
    flat, nothing = np.full(200, 0.5), np.full(200, np.nan)
    chart = LossChart()
    train = canvas_text(chart, chart.draw(LossFigure(x, flat, nothing), 60, 16, PLAIN))
    test = canvas_text(chart, chart.draw(LossFigure(x, nothing, flat), 60, 16, PLAIN))
    assert len(braille_columns(train)) == chart.axes.canvas.columns
    assert len(braille_columns(test)) == pytest.approx(chart.axes.canvas.columns * 2 / 3, abs=1)


def test_without_colour_there_is_none():
    cells = LossChart().draw(figure_of(is_smoothed=True), 60, 16, PLAIN, cursor=500)
    assert (cells.foreground == NO_COLOR).all()
    assert (cells.background == NO_COLOR).all()


def test_a_logarithmic_axis_gives_each_power_of_ten_the_same_height():
    x = np.linspace(0, 1000, 200)
    chart = LossChart()
    chart.draw(LossFigure(x, 10.0 ** -(x / 200), np.full(200, np.nan), is_log=True), 60, 26, DARK)
    values = [tick.value for tick in chart.axes.y_ticks]
    assert [float(tick.label) for tick in chart.axes.y_ticks] == pytest.approx(
        [10.0**value for value in values]
    )
    assert np.ptp(np.diff(values)) == pytest.approx(0)
    rows = [chart.axes.row_of(value) for value in values]
    assert rows == sorted(rows, reverse=True)


def test_a_steady_decay_is_a_straight_line_on_a_logarithmic_axis():
    x = np.linspace(0, 1000, 400)
    chart = LossChart()
    figure = LossFigure(x, np.exp(-x / 100), np.full(400, np.nan), is_log=True)
    lines = canvas_text(chart, chart.draw(figure, 60, 26, DARK))
    columns = sorted(braille_columns(lines))
    tops = [min(r for r, line in enumerate(lines) if line[c].strip()) for c in columns]
    slope = np.polyfit(columns[:40], tops[:40], 1)
    assert np.abs(np.polyval(slope, columns[:40]) - tops[:40]).max() < 1.2


@pytest.mark.parametrize("bad", [0.0, -1.0, np.inf, -np.inf, np.nan])
def test_values_without_a_logarithm_are_left_out(bad):
    train = np.array([1.0, bad, 0.1])
    chart = LossChart()
    chart.draw(LossFigure(np.arange(3.0), train, np.full(3, np.nan), is_log=True), 60, 16, DARK)
    assert chart.axes.area.y_low >= -1.5
    assert chart.axes.area.y_high <= 0.5


def test_accuracy_is_told_in_percent():
    x = np.linspace(0, 1000, 50)
    chart = LossChart()
    cells = chart.draw(LossFigure(x, x / 1000, x / 2000, kind="accuracy"), 60, 16, DARK)
    assert "100%" in "".join(cells.text())
    assert (chart.axes.area.y_low, chart.axes.area.y_high) == (0, 100)


def test_an_awful_r2_does_not_flatten_the_rest():
    x = np.linspace(0, 1000, 50)
    chart = LossChart()
    r2 = 1 - 1e6 * np.exp(-x / 20)
    chart.draw(LossFigure(x, r2, r2, kind="r2"), 60, 16, DARK)
    assert (chart.axes.area.y_low, chart.axes.area.y_high) == (-1, 1)


def test_the_axes_change_seldom_while_a_run_goes_on():
    chart = LossChart()
    seen = []
    all_steps = np.unique(np.geomspace(20, 20_000, 150).astype(int)).tolist()
    for steps in all_steps:
        chart.draw(figure_of(steps, samples=20), 60, 16, DARK)
        seen.append(chart.axes.area)
    changes = sum(a != b for a, b in itertools.pairwise(seen))
    assert changes < 30
    for area, steps in zip(seen, all_steps, strict=True):
        assert steps <= area.x_high <= 2.5 * steps


def test_limits_hold_while_values_fit_and_give_way_when_they_do_not():
    chart = LossChart()
    chart.draw(figure_of(train=np.full(200, 1.4)), 60, 16, DARK)
    high = chart.axes.area.y_high
    chart.draw(figure_of(train=np.full(200, 0.8)), 60, 16, DARK)
    assert chart.axes.area.y_high == high
    chart.draw(figure_of(train=np.full(200, 5.0)), 60, 16, DARK)
    assert chart.axes.area.y_high >= 5.0
    chart.draw(figure_of(train=np.full(200, 0.1), test=np.full(200, 0.1)), 60, 16, DARK)
    assert chart.axes.area.y_high < 0.2


def test_after_forgetting_the_limits_fit_the_samples():
    chart = LossChart()
    chart.draw(figure_of(1000), 60, 16, DARK)
    chart.draw(figure_of(400), 60, 16, DARK)
    assert chart.axes.area.x_high == 1000
    chart.forget()
    chart.draw(figure_of(400), 60, 16, DARK)
    assert chart.axes.area.x_high == 400


def test_the_limits_of_losses_are_not_those_of_accuracies():
    chart = LossChart()
    chart.draw(figure_of(train=np.full(200, 50.0)), 60, 16, DARK)
    chart.draw(figure_of(kind="r2"), 60, 16, DARK)
    assert chart.axes.area.y_high == 1.0


def test_a_column_and_its_step_lead_to_each_other():
    chart = LossChart()
    chart.draw(figure_of(), 60, 16, DARK)
    axes = chart.axes
    steps = [axes.x_at(column) for column in range(axes.canvas.left, 60)]
    assert steps == sorted(steps)
    assert [axes.column_of(step) for step in steps] == list(range(axes.canvas.left, 60))
    assert axes.column_of(0) == axes.canvas.left
    assert axes.column_of(1000) == 59


def test_the_cursor_stands_at_its_step_and_reads_both_series():
    chart = LossChart()
    figure = figure_of()
    cells = chart.draw(figure, 60, 16, DARK, cursor=500.0)
    column = chart.axes.column_of(500.0)
    nearest = int(np.argmin(np.abs(figure.x - 500)))
    assert cells.characters[chart.axes.row_of(figure.train[nearest]), column] == "●"
    assert "│" in cells.characters[:, column]
    beside = cells.characters[: chart.axes.canvas.rows, column + 1]
    assert "│" not in beside


def test_edits_are_marked():
    chart = LossChart()
    cells = chart.draw(figure_of(marks=((300.0, "rate"), (5000.0, "beyond"))), 60, 16, DARK)
    marked = {c for line in cells.text() for c, sign in enumerate(line) if sign == "┊"}
    assert marked == {chart.axes.column_of(300.0)}


def test_smoothing_leaves_the_raw_series_faintly_behind():
    x = np.linspace(0, 1000, 400)
    noisy = 0.5 + 0.3 * np.random.default_rng(0).random(400)
    chart = LossChart()
    nothing = np.full(400, np.nan)
    raw = chart.draw(LossFigure(x, noisy, nothing), 60, 20, DARK)
    calm = chart.draw(LossFigure(x, noisy, nothing, is_smoothed=True), 60, 20, DARK)
    train = series_colours(DARK)[0]
    assert (calm.foreground == train).sum() < 0.7 * (raw.foreground == train).sum()
    assert DARK.faint_colour in calm.foreground


def test_samples_of_which_only_one_figure_is_known_do_not_break_the_other_line():
    x = np.linspace(0, 1000, 200)
    train, test = np.full(200, 0.8), np.full(200, np.nan)
    test[::20] = 0.2
    chart = LossChart()
    cells = chart.draw(LossFigure(x, train, test), 60, 16, DARK)
    columns = {c for r, c in np.argwhere(cells.foreground == series_colours(DARK)[1]) if r > 5}
    assert len(columns) > 30


@pytest.mark.parametrize(
    "values, is_log, said",
    [
        (np.zeros(0), False, "press space to train"),
        (np.full(3, np.nan), False, "no finite values to draw"),
        (np.zeros(3), True, "no values above 0 to draw"),
    ],
)
def test_an_empty_chart_says_why(values, is_log, said):
    x = np.arange(float(len(values)))
    cells = LossChart().draw(LossFigure(x, values, values, is_log=is_log), 40, 9, DARK)
    assert cells.text()[4].strip() == said

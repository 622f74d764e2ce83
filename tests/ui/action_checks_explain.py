"""The checks of the actions of the Explain view."""

import re

from action_checks import checks
from driven_app import DrivenApp

from nntui.ui.explain.pane import ExplainPane
from nntui.ui.layout import EXPLAIN

FIVE_AND_FOUR = ("layers=[5, 4]",)
TITLES = (
    "1 Inputs",
    "2 Forward · layer 1 of 3",
    "2 Forward · layer 2 of 3",
    "2 Forward · layer 3 of 3",
    "3 Loss",
    "4 Backward · layer 3 of 3",
    "4 Backward · layer 2 of 3",
    "4 Backward · layer 1 of 3",
    "5 Update · layer 1 of 3",
    "5 Update · layer 2 of 3",
    "5 Update · layer 3 of 3",
    "6 Forward again",
)


def pane_of(app: DrivenApp) -> ExplainPane:
    pane = app.part(EXPLAIN)
    assert isinstance(pane, ExplainPane)
    return pane


def page_of(app: DrivenApp):
    page = pane_of(app).walk.page
    assert page is not None
    return page


def marked(app: DrivenApp) -> set[str]:
    """What the rows under the cursors of the tables begin with."""
    return set(re.findall(r"▸(\S+(?: \d+)?)", app.says(EXPLAIN)))


async def at_stage(app: DrivenApp, number: int) -> None:
    """Go to the first page of a stage."""
    await app.press("9", *["right_square_bracket"] * (number - 1))


def turns(direction: int) -> None:
    @checks(EXPLAIN, f"page({direction})", *FIVE_AND_FOUR)
    async def check(app: DrivenApp, key: str) -> None:
        other = {"right": "left", "left": "right"}[key]
        titles = TITLES if direction > 0 else TITLES[::-1]
        await app.press("9")
        if direction < 0:
            await app.press_at_once(*[other] * 20)
        for title in titles:
            assert title in app.says(EXPLAIN)
            await app.press(key)
        assert titles[-1] in app.says(EXPLAIN)


turns(1)
turns(-1)


def turns_stages(direction: int) -> None:
    @checks(EXPLAIN, f"stage({direction})", *FIVE_AND_FOUR)
    async def check(app: DrivenApp, key: str) -> None:
        await at_stage(app, 1 if direction > 0 else 6)
        # Each stage is entered at its first page; the way back begins at the output layer.
        firsts = (TITLES[0], TITLES[1], TITLES[4], TITLES[5], TITLES[8], TITLES[11])
        for title in firsts[::direction]:
            assert title in app.says(EXPLAIN)
            await app.press(key)
        assert firsts[::direction][-1] in app.says(EXPLAIN)


turns_stages(1)
turns_stages(-1)


def moves_unit(direction: int) -> None:
    @checks(EXPLAIN, f"unit({direction})", *FIVE_AND_FOUR)
    async def check(app: DrivenApp, key: str) -> None:
        await at_stage(app, 2)
        if direction < 0:
            await app.press("pagedown", "pagedown")
        start = 0 if direction > 0 else 4
        assert f"neuron {start + 1}" in marked(app)
        formula = page_of(app).formulas[0].numbers
        await app.press(key)
        assert f"neuron {start + direction + 1}" in marked(app)
        assert page_of(app).formulas[0].numbers != formula
        assert page_of(app).formulas[0].numbers in app.says(EXPLAIN)
        await app.press_at_once(*[key] * 9)
        assert f"neuron {4 - start + 1}" in marked(app)


moves_unit(1)
moves_unit(-1)


def moves_units(direction: int) -> None:
    @checks(EXPLAIN, f"units({direction})", "layers=[64]")
    async def check(app: DrivenApp, key: str) -> None:
        await at_stage(app, 2)
        if direction < 0:
            await app.press_at_once(*["pagedown"] * 40)
            assert "neuron 64" in marked(app)
        before = page_of(app).cursor.unit
        await app.press(key)
        assert abs(page_of(app).cursor.unit - before) > 2
        assert f"neuron {page_of(app).cursor.unit + 1}" in marked(app)
        await app.press_at_once(*[key] * 40)
        assert page_of(app).cursor.unit == (63 if direction > 0 else 0)


moves_units(1)
moves_units(-1)


def moves_row(direction: int) -> None:
    @checks(EXPLAIN, f"row({direction})", *FIVE_AND_FOUR)
    async def check(app: DrivenApp, key: str) -> None:
        await at_stage(app, 2)
        if direction < 0:
            await app.press("j", "j")
        rows = ["x1", "x2", "bias"][::direction]
        for row in rows:
            assert row in marked(app)
            await app.press(key)
        assert rows[-1] in marked(app)
        # Where a page tells of several points, the point changes.
        await app.press("right_square_bracket")
        point = page_of(app).cursor.point
        await app.press("j" if direction < 0 else key, key)
        assert page_of(app).cursor.point == (point if direction < 0 else point + 2)


moves_row(1)
moves_row(-1)


def moves_point(direction: int) -> None:
    @checks(EXPLAIN, f"point({direction})", *FIVE_AND_FOUR)
    async def check(app: DrivenApp, key: str) -> None:
        await at_stage(app, 1)
        if direction < 0:
            await app.press("n", "n")
        before = page_of(app).cursor.point
        inputs = page_of(app).formulas[0].numbers
        await app.press(key)
        assert page_of(app).cursor.point == before + direction
        assert page_of(app).formulas[0].numbers != inputs
        assert f"point {before + direction + 1} of 32" in app.says(EXPLAIN)
        # Learning from one point alone, the next training point is learnt from.
        await app.press("a", "n", "n", key)
        assert page_of(app).point == 2 + direction
        assert f"training point {3 + direction}" in app.says(EXPLAIN)


moves_point(1)
moves_point(-1)


@checks(EXPLAIN, "batch", *FIVE_AND_FOUR)
async def batch(app: DrivenApp, key: str) -> None:
    await at_stage(app, 1)
    assert "a batch of 32 points" in app.says(EXPLAIN)
    await app.press(key)
    assert page_of(app).point == 0
    assert "training point 1" in app.says(EXPLAIN)
    await app.press(key)
    assert page_of(app).point is None
    assert "a batch of 32 points" in app.says(EXPLAIN)


@checks(EXPLAIN, "crosshair", *FIVE_AND_FOUR)
async def crosshair(app: DrivenApp, key: str) -> None:
    await at_stage(app, 1)
    await app.press(key)
    assert "no crosshair yet" in app.says("notice")
    assert page_of(app).point is None
    await app.press("4", "right", "up", "9", key)
    first = page_of(app).point
    assert first is not None
    await app.press("4", *["left"] * 12, "9", key)
    assert page_of(app).point not in {first, None}
    assert f"training point {page_of(app).point + 1}" in app.says(EXPLAIN)


@checks(EXPLAIN, "code", *FIVE_AND_FOUR)
async def code(app: DrivenApp, key: str) -> None:
    await at_stage(app, 2)
    assert "nntui/engine/layers.py:" in app.says(EXPLAIN)
    weight = page_of(app).cursor.row
    await app.press(key, "j")
    # The keys that went through the weights go through the calls now.
    assert page_of(app).cursor.row == weight
    assert page_of(app).calls[1].call in app.says(EXPLAIN)
    await app.press(key, "j")
    assert page_of(app).cursor.row == weight + 1
    await app.resize(80, 24)
    assert "nntui/engine" not in app.says(EXPLAIN)
    await app.press(key)
    assert "nntui/engine" in app.says(EXPLAIN)


@checks(EXPLAIN, "take", *FIVE_AND_FOUR)
async def take(app: DrivenApp, key: str) -> None:
    await app.press("e")
    await at_stage(app, 5)
    await app.press(key)
    assert "from the last page" in app.says("notice")
    assert app.snapshot.steps == 8
    await app.press("right_square_bracket")
    told = page_of(app).formulas[0].numbers
    await app.press(key)
    assert app.snapshot.steps == 9
    assert "Taken: the run is at step 9" in app.says("notice")
    assert "1 Inputs" in app.says(EXPLAIN)
    assert page_of(app).steps == 9
    # From one point alone as well: the update that was told is the one that is made.
    await app.press("a", *["right_square_bracket"] * 5)
    assert page_of(app).formulas[0].numbers != told
    await app.press(key)
    assert (app.snapshot.steps, page_of(app).point) == (10, 0)

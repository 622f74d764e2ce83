"""Pages made by hand, for a network of two inputs, one hidden layer and two outputs."""

from dataclasses import replace

import numpy as np
import pytest

from nntui.explain.page import (
    CallLine,
    Check,
    Cursor,
    Formula,
    Page,
    Source,
    Table,
    WalkPage,
    WalkRequest,
)

PAGES = (
    WalkPage("inputs", 0, "1 Inputs"),
    WalkPage("forward", 0, "2 Forward · layer 1 of 2 · relu"),
    WalkPage("forward", 1, "2 Forward · layer 2 of 2 · softmax"),
    WalkPage("loss", 0, "3 Loss"),
    WalkPage("backward", 1, "4 Backward · layer 2 of 2 · softmax"),
    WalkPage("backward", 0, "4 Backward · layer 1 of 2 · relu"),
    WalkPage("update", 0, "5 Update · layer 1 of 2 · sgd"),
    WalkPage("update", 1, "5 Update · layer 2 of 2 · sgd"),
    WalkPage("again", 0, "6 Forward again"),
)

SOURCE = Source("engine/layers.py", "Dense.record", 1, 1, 1, 1)


def _table(title, labels, headings, cursor):
    rows, columns = len(labels), len(headings)
    numbers = np.arange(1, rows * columns + 1).reshape(rows, columns) / 8 - 0.5
    return Table(title, tuple(headings), tuple(labels), numbers, cursor)


def _made(cursor, *, units, inputs, points, point, formulas, calls, checks):
    here = [(page.stage, page.layer) for page in PAGES]
    number = here.index((cursor.stage, cursor.layer))
    is_layer = cursor.stage in {"forward", "backward", "update"}
    names = [f"neuron {n}" for n in range(1, units + 1)]
    sources = [*(f"x{n}" for n in range(1, inputs + 1)), "bias"]
    listed = [f"point {n}" for n in range(1, points + 1)]
    terms = (
        _table("inputs", sources, ["input", "weight", "product"], cursor.row)
        if is_layer
        else _table("points", listed, ["loss"], cursor.point)
    )
    return Page(
        steps=7,
        cursor=cursor,
        point=point,
        pages=PAGES,
        number=number,
        batch=f"a batch of {points} points" if point is None else f"training point {point + 1}",
        about="Each neuron multiplies every input by a weight and adds the products.",
        shapes=("(4, 2) @ (2, 3) → (4, 3)",),
        formulas=formulas,
        rows=_table("neurons", names, ["weighted sum z", "activation a"], cursor.unit),
        terms=terms,
        calls=calls,
        checks=checks,
        verdict="The loss fell from 0.5 to 0.4." if cursor.stage == "again" else "",
        units=units,
        parameters=inputs + 1 if is_layer else 1,
        points=points,
        can_be_taken=True,
    )


@pytest.fixture
def make_page():
    """Return a function that makes a page."""

    def make(stage="forward", layer=0, unit=0, row=0, at=0, **options):
        settings = {
            "units": 3,
            "inputs": 2,
            "points": 4,
            "point": None,
            "formulas": (Formula("z = w · x + b", "0.5 · 2 + 1 = 2"), Formula("a = z", "2 = 2")),
            "calls": (CallLine("a sum", "np.add((3, 4), out=(3, 4))", "1 + 1 → 2", SOURCE),),
            "checks": (),
        }
        settings |= options
        return _made(Cursor(stage, layer, unit, row, at), **settings)

    return make


@pytest.fixture
def answer(make_page):
    """Return a function that answers a request as a trainer would: with what exists."""

    def page_for(request: WalkRequest, *, units=3, inputs=2, points=4):
        cursor = request.cursor
        layered = cursor.stage in {"forward", "backward", "update"}
        point = 5 if request.place is not None else request.point
        points = points if point is None else 1
        return make_page(
            cursor.stage,
            min(cursor.layer, 1) if layered else 0,
            min(cursor.unit, units - 1),
            min(cursor.row, inputs) if layered else 0,
            min(cursor.point, points - 1),
            units=units,
            inputs=inputs,
            points=points,
            point=point,
        )

    return page_for


@pytest.fixture
def with_checks(make_page):
    """Return a page of the way back with a gradient that agrees and one that does not."""
    page = make_page("backward")
    checks = (Check(0, 0.25, 0.25, agrees=True), Check(1, 0.5, 0.125, agrees=False))
    return replace(page, checks=checks)

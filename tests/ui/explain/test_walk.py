import pytest

from nntui.explain.page import Cursor
from nntui.ui.explain.walk import Walk


@pytest.fixture
def walk(answer):
    made = Walk()
    made.take(answer(made.ask(0, 0)), "")
    return made


def places(walk, keys, answer=None):
    """Turn pages, and tell where that leads."""
    seen = []
    for key in keys:
        walk.turn(key)
        if answer:
            walk.take(answer(walk.ask(0, 0)), "")
        seen.append(walk.place)
    return seen


def test_pages_go_through_every_layer_and_back_through_them_again(walk, answer):
    assert places(walk, [1] * 10, answer) == [
        ("forward", 0),
        ("forward", 1),
        ("loss", 0),
        ("backward", 1),
        ("backward", 0),
        ("update", 0),
        ("update", 1),
        ("again", 0),
        ("again", 0),
        ("again", 0),
    ]
    assert walk.is_at_end
    assert not walk.turn(1)
    assert walk.turn(-1)


def test_quick_presses_add_up_before_a_page_has_come(walk, answer):
    places(walk, [1, 1, 1, 1])

    assert walk.place == ("backward", 1)
    assert not walk.is_there
    walk.take(answer(walk.ask(0, 0)), "")
    assert walk.is_there


def test_a_page_that_was_asked_for_before_a_key_does_not_take_the_key_back(walk, answer):
    asked = walk.ask(0, 0)
    walk.turn(3)
    walk.take(answer(asked), "")

    assert walk.place == ("loss", 0)
    assert walk.page.cursor.stage == "inputs"


def test_stages_are_gone_through_by_their_first_pages(walk):
    seen = []
    while walk.turn_stage(1):
        seen.append(walk.place)
    back = []
    while walk.turn_stage(-1):
        back.append(walk.place)

    expected = [("forward", 0), ("loss", 0), ("backward", 1), ("update", 0), ("again", 0)]
    assert seen == expected
    assert back == [*expected[-2::-1], ("inputs", 0)]


def test_neurons_and_weights_are_kept_within_what_the_page_has(walk, answer):
    walk.turn(1)
    walk.take(answer(walk.ask(0, 0)), "")
    walk.move_unit(50)
    walk.move_row(50)
    assert (walk.cursor.unit, walk.cursor.row) == (2, 2)
    walk.move_unit(-50)
    walk.move_row(-1)
    assert (walk.cursor.unit, walk.cursor.row) == (0, 1)


def test_what_does_not_exist_is_replaced_when_the_page_comes(walk, answer):
    walk.turn(1)
    walk.move_unit(50)
    walk.take(answer(walk.ask(0, 0)), "")

    assert walk.cursor == Cursor("forward", 0, unit=2)


def test_a_neuron_is_followed_through_the_pages_of_its_layer(walk, answer):
    places(walk, [1], answer)
    walk.move_unit(2)
    walk.move_row(1)
    places(walk, [1], answer)
    assert (walk.cursor.unit, walk.cursor.row) == (0, 0)
    places(walk, [1, 1, 1], answer)

    assert walk.cursor == Cursor("backward", 0, unit=2, row=1)


def test_points_of_a_batch_end_at_its_ends(walk):
    walk.move_point(2, train_points=200)
    assert walk.cursor.point == 2
    walk.move_point(9, train_points=200)
    assert walk.cursor.point == 3
    walk.move_point(-9, train_points=200)
    assert (walk.cursor.point, walk.request.point) == (0, None)


def test_one_point_after_the_other_is_learnt_from(walk, answer):
    walk.switch_batch()
    walk.take(answer(walk.ask(0, 0)), "")
    assert walk.request.point == 0
    walk.move_point(-1, train_points=200)
    assert walk.request.point == 199
    walk.move_point(1, train_points=200)
    walk.move_point(1, train_points=200)
    assert walk.request.point == 1

    walk.switch_batch()
    assert walk.request.point is None
    walk.switch_batch()
    assert walk.request.point == 1


def test_the_point_near_a_place_is_known_when_its_page_has_come(walk, answer):
    walk.learn_near((0.5, -0.5))
    assert walk.ask(0, 0).place == (0.5, -0.5)
    walk.take(answer(walk.request), "")

    assert (walk.request.point, walk.request.place) == (5, None)
    walk.move_point(1, train_points=200)
    assert walk.request.point == 6


def test_a_refusal_leaves_no_page(walk):
    walk.ask(0, 0)
    walk.take(None, "too large")

    assert walk.page is None
    assert walk.refused == "too large"
    assert not walk.turn(1)
    walk.switch_batch()
    assert walk.request.point == 0

"""Which question an answer belongs to, when answers get lost, come late or are something else."""

import re
import threading

from hypothesis import given
from hypothesis import strategies as st

from nntui.ui.terminal.asking import Questions

ASKED = re.compile("\x1b\\[(\\d+);(\\d+)H\x1b\\[6n")


def ask(questions, bytes_written=0):
    question, text = questions.ask(bytes_written)
    return question, tuple(map(int, ASKED.fullmatch(text).groups()))


def opened():
    questions = Questions()
    questions.open()
    return questions


def test_nothing_is_asked_before_the_terminal_is_ours_and_after():
    questions = Questions()
    assert questions.ask(10) is None
    questions.open()
    assert questions.ask(10) is not None
    questions.close(0.0)
    assert questions.ask(10) is None


def test_a_question_tells_its_number_and_the_bytes_before_it():
    questions = opened()
    first, _ = ask(questions, 123)
    second, _ = ask(questions, 45)
    assert (first.bytes_written, second.bytes_written) == (123, 45)
    assert second.number == first.number + 1


@given(st.lists(st.booleans(), min_size=1, max_size=60))
def test_an_answer_is_never_taken_for_another_question(arrives):
    """One question after the other, of which some answers are lost."""
    questions = opened()
    for answer_arrives in arrives:
        question, cell = ask(questions)
        if answer_arrives:
            assert questions.answered(*cell) == question


def test_answers_in_order_with_several_on_their_way():
    questions = opened()
    asked = [ask(questions) for _ in range(6)]
    assert [questions.answered(*cell) for _, cell in asked] == [question for question, _ in asked]


def test_the_same_answer_again_and_an_older_one_count_for_nothing():
    questions = opened()
    _, first = ask(questions)
    second, cell = ask(questions)
    assert questions.answered(*cell) == second
    assert questions.answered(*cell) is None
    assert questions.answered(*first) is None


@given(st.integers(1, 8))
def test_shift_f3_is_no_answer(modifier):
    r"""Some terminals send ``ESC [ 1 ; 2 R`` for it."""
    questions = opened()
    for _ in range(10):
        ask(questions)
    assert questions.answered(1, modifier) is None
    assert not questions.answered_ever


def test_closing_waits_for_the_answer():
    questions = opened()
    _, cell = ask(questions)
    answering = threading.Timer(0.02, questions.answered, cell)
    answering.start()
    assert questions.close(most_seconds=10.0)
    answering.join()


def test_closing_gives_up_on_a_terminal_that_does_not_answer():
    questions = opened()
    _, cell = ask(questions)
    assert not questions.close(most_seconds=0.01)
    questions.open()
    assert questions.answered(*cell) is None

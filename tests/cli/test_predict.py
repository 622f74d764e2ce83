"""``nntui predict``: the answers of a saved model as CSV."""

import csv
import io

import numpy as np
import pytest

from nntui.data.sources import load


@pytest.fixture
def predicted(nntui):
    """Return a function that predicts and returns the rows, the heading first."""

    def predict(model, points):
        result = nntui("predict", model, points)
        assert result.code == 0, result.err
        return list(csv.reader(io.StringIO(result.out)))

    return predict


@pytest.fixture
def flower_model(nntui, flowers):
    nntui("train", "--data", flowers, "--label", "species", "--epochs", "40", "--save", "m")
    return "m"


def test_each_point_gets_its_class_and_probabilities(predicted, flower_model, flowers):
    heading, *rows = predicted(flower_model, flowers)
    assert heading == ["class", "probability_lily", "probability_rose"]
    actual = [line.split(",")[1] for line in flowers.read_text().splitlines()[1:]]
    right = sum(row[0] == name for row, name in zip(rows, actual, strict=True))
    assert right / len(actual) > 0.9
    for name, lily, rose in rows:
        assert float(lily) + float(rose) == pytest.approx(1, abs=1e-6)
        assert name == ("lily" if float(lily) > float(rose) else "rose")


def test_columns_are_found_by_their_names(predicted, flower_model, tmp_path):
    (tmp_path / "a.csv").write_text("height,width\n3,1\n5,2\n")
    (tmp_path / "b.csv").write_text("width;colour;height\n1;red;3\n2;blue;5\n")
    assert predicted(flower_model, "a.csv") == predicted(flower_model, "b.csv")


def test_missing_columns_are_named(nntui, flower_model, tmp_path):
    (tmp_path / "p.csv").write_text("height,length\n3,1\n5,2\n")
    result = nntui("predict", flower_model, "p.csv")
    assert result.code == 2
    assert "p.csv" in result.err
    assert "not found: width" in result.err
    assert "length" in result.err


@pytest.mark.parametrize(
    ("rows", "fragments"),
    [
        ("height,width\n3,one\n", ["line 2", '"width"', '"one"']),
        ("height,width\n1e300,1\n", ["p.csv", "point 1", "too large"]),
        ("height,width\n", ["p.csv"]),
        ("1,2,3\n", ["p.csv", "3 columns", "2"]),
    ],
)
def test_points_that_cannot_be_answered(nntui, flower_model, tmp_path, rows, fragments):
    (tmp_path / "p.csv").write_text(rows)
    result = nntui("predict", flower_model, "p.csv")
    assert result.code == 2
    assert result.out == ""
    for fragment in fragments:
        assert fragment in result.err


def test_values_are_predicted_in_their_own_units(nntui, predicted, prices):
    nntui("train", "--data", prices, "--layers", "16", "--epochs", "200", "--save", "m")
    heading, *rows = predicted("m", prices)
    assert heading == ["price"]
    actual = load(str(prices)).targets
    errors = np.array(rows, float)[:, 0] - actual
    assert 1 - errors.var() / actual.var() > 0.9
    assert abs(errors.mean()) < 0.05 * actual.mean()


def test_outputs_that_are_no_probabilities_are_not_called_so(nntui, predicted, flowers):
    arguments = ["--label", "species", "--set", "output.activation=tanh", "--epochs", "5"]
    nntui("train", "--data", flowers, *arguments, "--save", "m")
    assert predicted("m", flowers)[0] == ["class", "output_lily", "output_rose"]


def test_float64_numbers_are_written_in_full(nntui, predicted, flowers):
    arguments = ["--label", "species", "--dtype", "float64", "--epochs", "1", "--save", "m"]
    nntui("train", "--data", flowers, *arguments)
    for _, lily, rose in predicted("m", flowers)[1:]:
        assert float(lily) + float(rose) == pytest.approx(1, abs=1e-15)


def test_a_class_name_with_a_comma_is_quoted(nntui, predicted, tmp_path):
    kinds = ('"Bath, stone"', '"a ""b"""')
    rows = "\n".join(f"{i},{kinds[i % 2]}" for i in range(20))
    (tmp_path / "f.csv").write_text(f"x,kind\n{rows}\n")
    nntui("train", "--data", "f.csv", "--epochs", "1", "--save", "m")
    heading, *answers = predicted("m", "f.csv")
    assert set(heading[1:]) == {"probability_Bath, stone", 'probability_a "b"'}
    assert {row[0] for row in answers} <= {"Bath, stone", 'a "b"'}


def test_a_file_without_header_is_answered_by_a_model_of_one(nntui, predicted, tmp_path):
    rows = [f"{i % 7},{i % 5},{'xy'[i % 2]}" for i in range(40)]
    (tmp_path / "train.csv").write_text("\n".join(rows) + "\n")
    nntui("train", "--data", "train.csv", "--epochs", "2", "--save", "m")
    (tmp_path / "p.csv").write_text("1,2\n3,4\n")
    assert len(predicted("m", "p.csv")) == 3


def test_what_was_said_about_the_header_counts_for_the_points_too(nntui, predicted, tmp_path):
    rows = [f"{i % 7},{i % 5},{'xy'[i % 2]}" for i in range(40)]
    (tmp_path / "years.csv").write_text("2020,2021,kind\n" + "\n".join(rows) + "\n")
    arguments = ["--set", "data.header=true", "--epochs", "1", "--save", "m"]
    assert nntui("train", "--data", "years.csv", *arguments).code == 0
    (tmp_path / "p.csv").write_text("2021,2020\n1,2\n")
    assert len(predicted("m", "p.csv")) == 2


def test_many_points_are_answered_like_few(nntui, predicted, flower_model, tmp_path):
    points = [f"{3 + i % 30 / 10},{1 + i % 17 / 10}" for i in range(5000)]
    (tmp_path / "all.csv").write_text("height,width\n" + "\n".join(points) + "\n")
    (tmp_path / "last.csv").write_text("height,width\n" + "\n".join(points[-3:]) + "\n")
    whole, few = predicted(flower_model, "all.csv"), predicted(flower_model, "last.csv")
    assert len(whole) == 5001
    for found, expected in zip(whole[-3:], few[1:], strict=True):
        assert found[0] == expected[0]
        assert float(found[1]) == pytest.approx(float(expected[1]), rel=1e-4)


def test_a_point_with_a_missing_value_has_an_empty_answer(nntui, flower_model, tmp_path):
    (tmp_path / "p.csv").write_text("height,width\n3,1\n,2\n5,2\n")
    (tmp_path / "whole.csv").write_text("height,width\n3,1\n5,2\n")
    result = nntui("predict", flower_model, "p.csv")
    heading, first, second, third = result.out.splitlines()
    assert result.code == 0
    assert second == ",,"
    assert "1 row without an answer" in result.err
    whole = nntui("predict", flower_model, "whole.csv").out.splitlines()
    assert [heading, first, third] == whole

"""The input features: how they may be written and what they are."""

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nntui.data.feature_names import PLANE_FEATURES, canonical_feature
from nntui.data.features import FEATURES, choose_features, feature_values
from nntui.errors import DataError

POINTS = np.array([[2.0, -3.0], [0.5, 4.0]])
NAMES = ("x1", "x2")


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        *((name, name) for name in PLANE_FEATURES),
        *((name.upper(), name) for name in PLANE_FEATURES),
        *((name, "x1^2") for name in ("x1²", "x1**2", "x1 ^ 2", "x1_squared", "x1 squared")),
        *((name, "x1*x2") for name in ("x1·x2", "x1 × x2", "x1_times_x2", "x2*x1", "x2 times x1")),
        *((name, "sin(x2)") for name in ("sin x2", "sinx2", "sin_x2", "SIN( X2 )", "sin (x2)")),
        *((name, "cos(x1)") for name in ("cos x1", "cosx1", "cos_x1")),
        ("x1*x1", "x1^2"),
        (" x12 ", "x12"),
        ("x10*x9", "x9*x10"),
        ("sepal length", "sepal length"),
        ("Sinus", "Sinus"),
        ("x0", "x0"),
        ("tan(x1)", "tan(x1)"),
        ("", ""),
    ],
)
def test_canonical_feature(written, canonical):
    assert canonical_feature(written) == canonical


@given(st.text(max_size=20))
def test_canonical_names_stay_as_they_are(name):
    once = canonical_feature(name)
    assert canonical_feature(once) == once


def test_names_can_be_checked_without_numpy():
    code = "import sys, nntui.data.feature_names; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("x1", [2.0, 0.5]),
        ("x2", [-3.0, 4.0]),
        ("x1^2", [4.0, 0.25]),
        ("x2^2", [9.0, 16.0]),
        ("x1*x2", [-6.0, 2.0]),
        ("sin(x1)", [0.9092974268256817, 0.479425538604203]),
        ("sin(x2)", [-0.1411200080598672, -0.7568024953079282]),
        ("cos(x1)", [-0.4161468365471424, 0.8775825618903728]),
        ("cos(x2)", [-0.9899924966004454, -0.6536436208636119]),
    ],
)
def test_values(name, expected):
    assert feature_values(POINTS, [name], NAMES)[:, 0] == pytest.approx(expected, rel=1e-14)


def test_every_kind_is_covered_by_the_plane_features():
    for feature in FEATURES:
        assert any(feature.pattern.fullmatch(name) for name in PLANE_FEATURES)


def test_order_is_kept_and_columns_stay_untouched():
    before = POINTS.copy()
    values = feature_values(POINTS, ["x2", "x1²", "x1"], NAMES)
    assert values.tolist() == [[-3.0, 4.0, 2.0], [4.0, 0.25, 0.5]]
    values[:] = 0.0
    assert np.array_equal(POINTS, before)


def test_no_names_mean_every_raw_column():
    values = feature_values(POINTS, [], ("length", "width"))
    assert np.array_equal(values, POINTS)
    names = [feature.name for feature in choose_features([], ("length", "width"))]
    assert names == ["length", "width"]


def test_columns_go_by_their_own_name_or_by_number():
    names = ("length", "width")
    assert feature_values(POINTS, ["width"], names)[0, 0] == -3.0
    assert feature_values(POINTS, ["x2"], names)[0, 0] == -3.0
    assert feature_values(POINTS, ["x2^2"], names)[0, 0] == 9.0


def test_columns_with_numbers_for_names_are_never_counted():
    names = ("X3", "x1")
    assert feature_values(POINTS, ["x1", "x3"], names)[0].tolist() == [-3.0, 2.0]
    with pytest.raises(DataError, match="x2"):
        feature_values(POINTS, ["x2"], names)


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (["x3"], ['"x3"', "2", "x1, x2"]),
        (["x1*x9"], ["x9"]),
        (["sinus(x1)"], ['"sinus(x1)"', 'Did you mean "sin(x1)"?']),
        (["x1", "X1"], ['"x1"', "twice"]),
        (["x1*x2", "x2·x1"], ['"x1*x2"', "twice"]),
        ([""], ['""']),
        (["\x1b[2J"], ["\\x1b"]),
    ],
)
def test_features_that_are_not_there(names, words):
    with pytest.raises(DataError) as error:
        feature_values(POINTS, names, NAMES)
    for word in ["data.features", *words]:
        assert word in str(error.value)
    assert str(error.value).isprintable()


def test_a_square_that_is_too_large_is_refused():
    with pytest.raises(DataError, match="too large"):
        feature_values(np.array([[1e200, 0.0]]), ["x1^2"], NAMES)

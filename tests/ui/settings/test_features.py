from nntui.data.feature_names import PLANE_FEATURES
from nntui.data.features import choose_features
from nntui.experiment.data_facts import DataFacts
from nntui.ui.settings.features import checked_features, feature_options, setting_of

PLANE = DataFacts(columns=2, input_names=("x1", "x2"))
FLOWERS = DataFacts(columns=2, input_names=("sepal length", "petal width"))
SOME = DataFacts(columns=3, input_names=("x3", "x1", "weight"))


def values(facts, chosen=()):
    return [value for value, _ in feature_options(facts, chosen)]


def test_the_plane_has_the_features_of_the_playground():
    assert sorted(values(PLANE)) == sorted(PLANE_FEATURES)


def test_every_option_is_a_feature_of_the_data():
    for facts in (PLANE, FLOWERS, SOME):
        chosen = choose_features(values(facts), facts.input_names)
        assert len(chosen) == len(values(facts))


def test_columns_with_names_of_their_own_are_told_with_their_numbers():
    options = dict(feature_options(FLOWERS, ()))

    assert options["petal width"] == "petal width  (x2)"
    assert options["x2^2"] == "x2²"


def test_what_is_chosen_already_is_offered_too():
    many = DataFacts(columns=64, input_names=tuple(f"pixel {n}" for n in range(64)))

    assert "x1^2" not in values(many)
    assert "x1^2" in values(many, ("x1^2",))


def test_no_choice_stands_for_every_column():
    assert checked_features(FLOWERS, ()) == ("sepal length", "petal width")
    assert setting_of(FLOWERS, ("sepal length", "petal width")) == ()
    assert setting_of(FLOWERS, ("petal width",)) == ("petal width",)


def test_a_column_chosen_by_its_number_is_checked_by_its_name():
    assert checked_features(FLOWERS, ("x2", "x1^2")) == ("petal width", "x1^2")


def test_names_from_a_file_are_made_printable():
    facts = DataFacts(columns=1, input_names=("a\x1b[31mb",))

    assert all(text.isprintable() for _, text in feature_options(facts, ()))

import pytest

from nntui.experiment.experiment import Experiment
from nntui.experiment.overrides import experiment_with
from nntui.ui.session import Session
from nntui.ui.settings.known_data import class_count, known_facts


@pytest.mark.parametrize(
    ("source", "classes"),
    [("spiral", 3), ("circle", 2), ("plane", 0), ("iris", None), ("mine.csv", None)],
)
def test_what_is_known_before_the_points_are_there(source, classes):
    session = Session(experiment_with(Experiment(), [("data.source", source)]), lambda _: None)

    assert class_count(session, known_facts(session)) == classes


def test_points_tell_their_columns_and_classes(in_app, tmp_path):
    rows = "\n".join(f"{n},{n % 7},{'yes' if n % 2 else 'no'}" for n in range(40))
    (tmp_path / "mine.csv").write_text(f"height,width,label\n{rows}\n", encoding="utf-8")

    async def story(app):
        facts = known_facts(app.session)
        assert facts.input_names == ("height", "width")
        assert facts.task == "classification"
        assert class_count(app.session, facts) == 2

        # Those of the old data are not taken for those of new ones that are not there yet.
        app.session._edited.experiment = experiment_with(app.experiment, [("data.label", "height")])
        assert known_facts(app.session).input_names == ()

    in_app(story, experiment_with(Experiment(), [("data.source", "mine.csv")]))

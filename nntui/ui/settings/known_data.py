"""What the session knows of its data: of the points where they are there, or of their name."""

from collections.abc import Sequence

from nntui.experiment.data_facts import DataFacts
from nntui.training.data_facts import facts_of
from nntui.training.snapshot import Scene
from nntui.ui.session import Session


def known_facts(session: Session, files: Sequence[str] = ()) -> DataFacts:
    """Tell what is known of the data of the session's experiment.

    Args:
        session: The session.
        files: Files that were used before and may be chosen again.
    """
    source, scene = session.experiment.data.source, present_scene(session)
    if scene is None:
        return facts_of(source, files=files)
    return facts_of(source, input_names=scene.input_names, task=scene.task, files=files)


def present_scene(session: Session) -> Scene | None:
    """Return the scene if it still shows the data that the experiment names."""
    data, shown = session.experiment.data, session.scene_data
    if shown is None or any(
        getattr(data, name) != getattr(shown, name)
        for name in ("source", "label", "header", "task", "columns")
    ):
        return None
    return session.scene


def class_count(session: Session, facts: DataFacts) -> int | None:
    """Return the number of classes, 0 for a regression, and None where it is not known yet."""
    data, scene = session.experiment.data, present_scene(session)
    if facts.task == "regression":
        return 0
    if facts.is_toy:
        return data.classes or facts.default_classes
    return None if scene is None else len(scene.class_names)

"""An edit of a single key, as tests make it."""

from nntui.experiment.overrides import experiment_with


def edit(session, key, value, label="", outcome=None):
    """Change one key of a session's experiment."""
    session.become(experiment_with(session.experiment, [(key, value)]), label, outcome)

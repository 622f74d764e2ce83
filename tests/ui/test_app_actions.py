"""Every key of every action does what its help says."""

import action_checks_explain  # noqa: F401 - enters its checks
import action_checks_graph  # noqa: F401 - enters its checks
import action_checks_neuron  # noqa: F401 - enters its checks
import action_checks_panes  # noqa: F401 - enters its checks
import action_checks_program  # noqa: F401 - enters its checks
import action_checks_views  # noqa: F401 - enters its checks
import pytest
from action_checks import CHECKS

from nntui.ui.action_table import ACTIONS

KEYS = [(action.scope, action.name, key) for action in ACTIONS for key in action.keys]


def test_every_action_has_a_check():
    assert sorted(CHECKS) == sorted((action.scope, action.name) for action in ACTIONS)


@pytest.mark.parametrize(("scope", "name", "key"), KEYS)
def test_the_key_does_it(in_app, scope, name, key):
    found = CHECKS[scope, name]

    async def story(app):
        await found.check(app, key)

    in_app(story, found.experiment)

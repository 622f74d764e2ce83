"""The command palette: every action of the table, by name."""

from collections.abc import AsyncIterator
from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider

from nntui.ui.actions import ACTIONS, APP, RUN, VIEW, Action


class Commands(Provider):
    """Finds actions by what their help says."""

    async def discover(self) -> AsyncIterator[DiscoveryHit]:
        """Offer all actions while nothing is typed."""
        for action in _offered():
            yield DiscoveryHit(_title(action), partial(self._run, action), help=action.shown)

    async def search(self, query: str) -> Hits:
        """Offer the actions that match what is typed."""
        matcher = self.matcher(query)
        for action in _offered():
            title = _title(action)
            score = matcher.match(title)
            if score > 0:
                yield Hit(
                    score, matcher.highlight(title), partial(self._run, action), help=action.shown
                )

    async def _run(self, action: Action) -> None:
        name = action.name
        if action.scope not in (APP, RUN, VIEW):
            name = f"in_pane('{action.scope}', '{action.name}')"
        namespace = self.app if action.scope == APP else self.screen
        await self.app.run_action(name, namespace)


def _offered() -> list[Action]:
    return [action for action in ACTIONS if action.in_palette]


def _title(action: Action) -> str:
    return action.help.rstrip(".")

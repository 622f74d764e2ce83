"""The command palette: every action of the table, by name."""

import contextlib
from collections.abc import AsyncIterator, Sequence
from functools import partial

from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider

from nntui.ui.action_table import ACTIONS, APP, RUN, VIEW, Action


class Palette(CommandPalette):
    """Textual's command palette.

    Args:
        providers: What finds the commands.
        placeholder: What stands in the line before anything is typed.
    """

    def __init__(self, providers: Sequence[type[Provider]], placeholder: str) -> None:
        super().__init__(providers=providers, placeholder=placeholder, id="--command-palette")

    def _action_command_list(self, action: str) -> None:
        # A page key that comes before the list has been laid out finds no lines there.
        with contextlib.suppress(KeyError):
            super()._action_command_list(action)


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
            name = f"go_and('{action.scope}', '{action.name}')"
        namespace = self.app if action.scope == APP else self.screen
        await self.app.run_action(name, namespace)


def _offered() -> list[Action]:
    return [action for action in ACTIONS if action.in_palette]


def _title(action: Action) -> str:
    return action.help.rstrip(".")

"""What the help says: every key, and every term. Pure functions."""

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from nntui.ui.action_table import ACTIONS, APP, RUN, SCOPES, VIEW
from nntui.ui.actions import scopes_of
from nntui.ui.glossary import glossary

KEY_WIDTH = 10
_LEAST_TEXT = 10


@dataclass(frozen=True)
class HelpLine:
    """One line of the help.

    Attributes:
        kind: ``heading``, ``key``, ``term`` or ``text``.
        lead: What stands at the left: a key.
        text: The rest.
        term: The term of the glossary whose first line it is; otherwise empty.
    """

    kind: str
    lead: str = ""
    text: str = ""
    term: str = ""


def help_lines(width: int, focus_scope: str, wanted: str = "") -> list[HelpLine]:
    """Write the help, broken into lines.

    Args:
        width: How many columns there are.
        focus_scope: The scope whose keys come first.
        wanted: Leaves what holds this text; empty for everything.
    """
    lines: list[HelpLine] = []
    wanted = wanted.strip().removeprefix("/").casefold()
    for scope in _scopes(focus_scope):
        keys = [line for pair in _keys(scope, wanted) for line in _wrapped_key(pair, width)]
        if keys:
            lines += [HelpLine("heading", text=SCOPES[scope]), *keys, HelpLine("text")]
    terms = [line for term in _terms(wanted) for line in _wrapped_term(term, width)]
    if terms:
        lines += [HelpLine("heading", text="Glossary"), *terms]
    return lines or [HelpLine("text", text="Nothing matches.")]


def _scopes(focus_scope: str) -> list[str]:
    general = [RUN, VIEW, APP]
    order = [
        *scopes_of(focus_scope),
        *general,
        *(scope for scope in SCOPES if scope not in general),
    ]
    return [scope for scope in dict.fromkeys(order) if scope in SCOPES]


def _keys(scope: str, wanted: str) -> Iterator[tuple[str, str]]:
    for action in ACTIONS:
        if action.scope == scope and _holds(wanted, action.shown, action.label, action.help):
            yield action.shown, action.help


def _terms(wanted: str) -> list[tuple[str, str]]:
    found = [entry for entry in glossary().values() if _holds(wanted, entry.term, entry.text)]
    # What is called so comes before what only mentions it.
    found.sort(key=lambda entry: bool(wanted) and wanted not in entry.term.casefold())
    return [(entry.term, " ".join(entry.text.split())) for entry in found]


def _holds(wanted: str, *texts: str) -> bool:
    return not wanted or any(wanted in text.casefold() for text in texts)


def _wrapped_key(pair: tuple[str, str], width: int) -> list[HelpLine]:
    shown, text = pair
    wrapped = textwrap.wrap(text, max(width - KEY_WIDTH, _LEAST_TEXT))
    return [HelpLine("key", "" if number else shown, line) for number, line in enumerate(wrapped)]


def _wrapped_term(entry: tuple[str, str], width: int) -> list[HelpLine]:
    term, text = entry
    wrapped = textwrap.wrap(text, max(width - 2, _LEAST_TEXT))
    return [HelpLine("term", text=term, term=term), *(HelpLine("text", "  ", t) for t in wrapped)]

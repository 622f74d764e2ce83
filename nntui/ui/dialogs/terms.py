"""What the terms mean that stand on a pane, and every other term of the glossary."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from nntui.quoting import printable
from nntui.ui.dialogs.choice import matching
from nntui.ui.dialogs.dialog import Dialog, open_dialog, printable_lines
from nntui.ui.dialogs.still_scroll import StillScroll
from nntui.ui.glossary import glossary
from nntui.ui.pane import Pane
from nntui.ui.panes.layer_lines import layer_lines
from nntui.ui.panes.terms_here import choices_in_use
from nntui.ui.session import Session
from nntui.ui.settings.known_data import class_count, known_facts
from nntui.ui.terms import Topic, topics_of, with_choices

_NARROW = 60
"""Below so many columns the explanation stands under the list instead of beside it."""

_AROUND, _AROUND_NARROW = 7, 3
"""The lines of the dialog around list and explanation: the frame, what is typed, some air."""

_KEYS, _KEYS_NARROW = "↑↓ term · type to find · esc close", "↑↓ term · pgdn more · esc close"

_FEWEST_LINES = 12
_LINES_OF_NARROW_LIST = 3


class _Line(Input):
    """The line to type in. While nothing stands in it, i closes the dialog as it has opened it."""

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Tell whether a key is a letter for this line."""
        return super().check_consume_key(key, character) and bool(self.value or key != "i")


class TermsDialog(Dialog[None]):
    """Lists terms with the explanation of the one under the cursor.

    Typing finds any term of the glossary, those of the list first.

    Args:
        title: Where the terms stand.
        topics: What is explained, the most important first.
    """

    DEFAULT_CSS = """
    TermsDialog #frame { width: 96; }
    TermsDialog #body { layout: horizontal; margin-top: 1; }
    TermsDialog OptionList { text-wrap: nowrap; text-overflow: ellipsis; }
    TermsDialog #body OptionList { width: 30; height: 100%; }
    TermsDialog #body StillScroll { width: 1fr; height: 100%; padding-left: 2; }
    TermsDialog.-narrow #frame { height: 100%; }
    TermsDialog.-narrow #body { layout: vertical; margin-top: 0; }
    TermsDialog.-narrow #body OptionList { width: 100%; }
    TermsDialog.-narrow #body StillScroll { width: 100%; height: 1fr; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(key, f"move('{action}')", show=False, priority=True)
            for key, action in (("up", "cursor_up"), ("down", "cursor_down"))
        ),
        *(
            Binding(key, f"turn('{action}')", show=False, priority=True)
            for key, action in (("pageup", "page_up"), ("pagedown", "page_down"))
        ),
        Binding("i", "cancel", show=False, priority=True),
    ]

    def __init__(self, title: str, topics: Sequence[Topic]) -> None:
        super().__init__(title, _KEYS)
        self._topics = topics
        names = {topic.name for topic in topics}
        others = [topic for topic in topics_of(glossary()) if topic.name not in names]
        self._all = [
            (topic, topic.name, " ".join(topic.paragraphs)) for topic in (*topics, *others)
        ]
        self._found: list[Topic] = []
        self.input = _Line(placeholder="type to find any term", compact=True)
        self.input.cursor_blink = False
        self.list = OptionList(compact=True, markup=False)
        self.list.can_focus = False
        self._text = Static("", markup=False)
        self._scroll = StillScroll(self._text)
        self._scroll.can_focus = False

    def parts(self) -> Iterable[Widget]:
        """The line to type in, the list, and the explanation."""
        yield self.input
        yield Container(self.list, self._scroll, id="body")

    @property
    def topic(self) -> Topic | None:
        """The one that is explained."""
        place = self.list.highlighted
        return None if place is None or place >= len(self._found) else self._found[place]

    def on_mount(self) -> None:
        """Begin at the first term."""
        self._list("")

    def on_resize(self, event: events.Resize) -> None:  # pyright: ignore[reportIncompatibleMethodOverride] - Textual takes either
        """Put the explanation where there is room; the box keeps its size from term to term."""
        # What other dialogs with a list do would come after it.
        event.prevent_default()
        width, height = self.size
        is_narrow = width < _NARROW
        self.set_class(is_narrow, "-narrow")
        room = max(height - (_AROUND_NARROW if is_narrow else _AROUND), 1)
        wanted = room if is_narrow else max(len(self._topics), _FEWEST_LINES)
        self.query_one("#body").styles.height = min(wanted, room)
        self.query_one("#frame").border_subtitle = Content(_KEYS_NARROW if is_narrow else _KEYS)
        lines = min(_LINES_OF_NARROW_LIST, room // 2) if is_narrow else room
        self.list.styles.max_height = max(lines, 1)

    def action_move(self, action: str) -> None:
        """Go to another term while the keyboard stays in the line."""
        getattr(self.list, f"action_{action}")()

    def action_turn(self, action: str) -> None:
        """Scroll an explanation that is too long for its place; otherwise the list."""
        has_more = self._scroll.max_scroll_y > 0
        getattr(self._scroll if has_more else self.list, f"action_{action}")()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Leave what matches."""
        event.stop()
        self._list(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter closes: there is nothing to choose."""
        event.stop()
        self.dismiss()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Explain the term under the cursor."""
        event.stop()
        self._explain()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click explains a term, and leaves the dialog open."""
        event.stop()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Go on."""
        event.stop()
        self.action_move("cursor_down")

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Go back."""
        event.stop()
        self.action_move("cursor_up")

    def _list(self, text: str) -> None:
        if not text.strip():
            self._found = list(self._topics)
        else:
            named = [one for one, _, _ in matching(self._all, text) if isinstance(one, Topic)]
            wanted = text.strip().casefold()
            told = [topic for topic, _, about in self._all if wanted in about.casefold()]
            self._found = list(dict.fromkeys([*named, *told]))
        self.list.set_options(Option(Content(printable(topic.name))) for topic in self._found)
        self.list.highlighted = 0 if self._found else None
        self._explain()

    def _explain(self) -> None:
        topic = self.topic
        text = "Nothing matches."
        if topic is not None:
            text = "\n\n".join(printable_lines(paragraph) for paragraph in topic.paragraphs)
        self._text.update(text)
        self._scroll.scroll_home(animate=False)


def open_terms(pane: Pane, session: Session) -> None:
    """Say what the terms on a pane mean, the most important for its cursor first."""
    topics = explained(session, pane.terms(), pane.topic)
    open_dialog(pane, TermsDialog(f"Terms · {pane.name_on_frame}", topics))


def explained(session: Session, terms: Sequence[str], topic: Topic | None) -> list[Topic]:
    """Look up terms, and behind general ones what the experiment has chosen of their kind.

    Args:
        session: The experiment and its run.
        terms: The terms.
        topic: Takes the place of the first one; None to leave it.
    """
    experiment, facts = session.experiment, known_facts(session)
    lines = layer_lines(experiment, facts, class_count(session, facts), session.layers)
    topics = topics_of(with_choices(terms, choices_in_use(experiment, lines)))
    return topics if topic is None else [topic, *topics[1:]]

"""The keys that change a weight, a bias or a neuron, in each pane with one under its cursor."""

import math
from collections.abc import Callable

from nntui.errors import ExperimentError
from nntui.quoting import printable
from nntui.training.parameters import ParameterPlace, ParameterValue
from nntui.ui.dialogs.dialog import Told, open_dialog
from nntui.ui.dialogs.prompt import PromptDialog
from nntui.ui.network.place import NetworkCursor, NetworkPlace
from nntui.ui.network.reading import shown_parameter
from nntui.ui.network.unit_edits import (
    UnitEdit,
    with_freeze_turned,
    with_layer_freeze_turned,
    with_silence_turned,
)
from nntui.ui.network.words import Names, number
from nntui.ui.session import Session
from nntui.ui.view_pane import ViewPane

STEP = 0.1
"""How much + adds to a weight or bias."""

_NO_BIAS = "An input has no bias; → goes to the weights that lead on from it."


class NumberKeys(ViewPane):
    """A pane with a weight or a neuron under its cursor.

    Attributes:
        session: The experiment and its run.
        place: Where the user is in the network.
    """

    session: Session
    place: NetworkPlace

    @property
    def units(self) -> tuple[int, ...]:
        """How many units each column of the network has; nothing before the first snapshot."""
        snapshot = self.session.snapshot
        return snapshot.units if snapshot is not None else ()

    @property
    def cursor(self) -> NetworkCursor:
        """Where the user is, in the network as it is now."""
        units = self.units
        return self.place.cursor.fitted(units) if units else self.place.cursor

    @property
    def names(self) -> Names:
        """What the parts of the network are called."""
        snapshot = self.session.snapshot
        if snapshot is None or snapshot.anatomy is None:
            return Names(self.units)
        return Names.of(snapshot.anatomy)

    def value_of(self, place: ParameterPlace) -> float | None:
        """Return what a weight or bias is, or is about to be; None where it is not known yet."""
        pending = self.session.pending_value(place)
        snapshot = self.session.snapshot
        if pending is not None or snapshot is None or snapshot.anatomy is None:
            return pending
        return shown_parameter(snapshot.anatomy, place)

    # What the keys do.

    def action_value(self, direction: int) -> None:
        """Add a little to the weight or bias under the cursor, or take it away."""
        place, value = self._known()
        if place is not None and value is not None:
            # A value that went out of the finite numbers can be mended by typing one.
            self._put(place, value, round(value + direction * STEP, 9))

    def action_edit(self) -> None:
        """Ask for the value of the weight or bias under the cursor."""
        place, value = self._known()
        if place is None or value is None:
            return

        def submit(text: str, told: Told) -> None:
            wanted = typed_number(text)
            if wanted is None:
                told(f"found {printable(text)[:20]!r}, expected a number, such as -0.5")
                return
            before = self.value_of(place)
            self._put(place, value if before is None else before, wanted, told)

        title = self.names.parameter(self.cursor)
        text = f"{value:.6g}" if math.isfinite(value) else "0"
        dialog = PromptDialog(title, "a number", text, submit, self._say)
        open_dialog(self, dialog)

    def action_silence(self) -> None:
        """Let the neuron under the cursor pass on nothing, or speak again."""
        neuron = self.cursor.neuron
        if neuron.column == 0:
            self._say("An input cannot be silenced; the features are chosen in the Layers pane.")
            return
        self._edit_units(
            lambda: with_silence_turned(
                self.session.experiment, neuron.column, neuron.unit, self.names
            )
        )

    def action_freeze(self) -> None:
        """Freeze the weights and the bias of the neuron under the cursor, or release them."""
        neuron = self.cursor.neuron
        if neuron.column == 0:
            self._say("An input has no weights of its own to freeze.")
            return
        self._edit_units(
            lambda: with_freeze_turned(
                self.session.experiment, neuron.column, neuron.unit, self.names
            )
        )

    def action_freeze_layer(self) -> None:
        """Freeze the layer of the neuron under the cursor, or release it."""
        column = self.cursor.neuron.column
        if column == 0:
            self._say("The inputs have no weights of their own to freeze.")
            return
        self._edit_units(
            lambda: with_layer_freeze_turned(self.session.experiment, column, self.names)
        )

    # How it is done.

    def _known(self) -> tuple[ParameterPlace | None, float | None]:
        """Return what is under the cursor; where that is nothing to edit, say so."""
        if not self.units:
            return None, None
        place = self.cursor.parameter(self.units)
        if place is None:
            self._say(_NO_BIAS)
            return None, None
        return place, self.value_of(place)

    def _put(
        self, place: ParameterPlace, before: float, after: float, told: Told | None = None
    ) -> None:
        label = f"{self.names.parameter(self._cursor_at(place))} = {number(after)}"
        self.session.set_parameters(
            (ParameterValue(place, before),), (ParameterValue(place, after),), label, told
        )
        self.changed()

    def _cursor_at(self, place: ParameterPlace) -> NetworkCursor:
        is_bias = place.row == self.units[place.layer]
        return NetworkCursor(place.layer + 1, place.unit, None if is_bias else place.row)

    def _edit_units(self, make: Callable[[], UnitEdit]) -> None:
        if not self.units:
            return
        if self.session.refuses_changes():
            self.changed()
            return
        try:
            edit = make()
        except ExperimentError as error:
            self._say(str(error))
            return
        self.session.become(edit.experiment, edit.label)
        if edit.notice:
            self.session.notice = edit.notice
        self.changed()

    def _say(self, text: str) -> None:
        self.session.notice = printable(text)
        self.changed()


def typed_number(text: str) -> float | None:
    """Read a finite number as people type it; None where it is none.

    Example:
        >>> typed_number(" −0,5 "), typed_number("1e-3"), typed_number("big"), typed_number("inf")
        (-0.5, 0.001, None, None)
    """
    plain = text.strip().replace("−", "-").replace(",", ".").replace("_", " ")
    try:
        value = float(plain)
    except ValueError:
        return None
    return value if math.isfinite(value) else None

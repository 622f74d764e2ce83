"""What the keys do at the rows of a form, wherever it is drawn."""

from nntui.ui.settings.editor import SettingEditor
from nntui.ui.settings.form import Form


class FormKeys:
    """Actions for a widget that shows a form, at the row under the cursor.

    Attributes:
        form: The rows.
        editor: What changes them.
    """

    form: Form
    editor: SettingEditor

    def action_change(self, direction: int) -> None:
        """Go to the next value."""
        if self.form.row is not None:
            self.editor.step(self.form.row, direction)

    def action_edit(self) -> None:
        """Ask for a value."""
        if self.form.row is not None:
            self.editor.edit(self.form.row)

    def action_default(self) -> None:
        """Go back to the default."""
        if self.form.row is not None:
            self.editor.default(self.form.row)

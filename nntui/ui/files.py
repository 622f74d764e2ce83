"""The keys that read and write files: an experiment saved and opened, a picture of the screen."""

from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from nntui.errors import NntuiError
from nntui.experiment.toml_file import read_experiment, write_experiment
from nntui.files import shown_path, write_file
from nntui.ui.dialogs.file_prompt import FilePrompt

if TYPE_CHECKING:
    from nntui.ui.app import NntuiApp

DEFAULT_NAME = "experiment.toml"


def save_experiment(app: "NntuiApp") -> None:
    """Ask for a name and write the experiment."""

    def submit(name: str, told: Callable[[str], None]) -> None:
        try:
            write_experiment(app.session.experiment, name)
        except NntuiError as error:
            told(str(error))
            return
        app.experiment_file = name
        told("")
        app.say(f"Saved: {shown_path(name)}")

    app.push_screen(
        FilePrompt("Save the experiment", app.experiment_file or DEFAULT_NAME, submit, saves=True)
    )


def open_experiment(app: "NntuiApp") -> None:
    """Ask for a name and train what the file says; undo brings the present one back."""

    def submit(name: str, told: Callable[[str], None]) -> None:
        def outcome(reason: str) -> None:
            if not reason:
                app.experiment_file = name
            told(reason)

        try:
            experiment = read_experiment(name)
        except NntuiError as error:
            told(str(error))
            return
        app.session.become(experiment, f"open {shown_path(name)}", outcome)

    app.push_screen(
        FilePrompt("Open an experiment", app.experiment_file or "", submit, saves=False)
    )


def save_picture(app: "NntuiApp") -> None:
    """Write what the screen shows, as an SVG file with a new name in the working directory."""
    picture = app.export_screenshot(title="nntui")
    name = next(name for number in count(1) if not Path(name := f"nntui-{number}.svg").exists())
    try:
        write_file(name, picture.encode())
    except NntuiError as error:
        app.say(str(error))
        return
    app.say(f"Saved a picture of the screen: {name}")

"""Whatever is pressed: the app neither breaks nor hangs, and goes on doing what it is told."""

import asyncio
import contextlib
import random

from textual import events

from nntui.experiment.experiment import Experiment
from nntui.training.limits import Limits
from nntui.training.messages import WorkerStart
from nntui.training.worker_process import start_worker
from nntui.ui.action_table import ACTIONS
from nntui.ui.app import NntuiApp
from nntui.ui.dialogs.help import HelpScreen
from nntui.ui.session import Session

KEYS, BURSTS_AT_A_SIZE = 2000, 30
SIZES = ((120, 40), (80, 24), (60, 20), (40, 12))
HANG_GUARD = 120.0
QUIT = {"q", "ctrl+q"}
CHARACTERS = {
    "space": " ",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "plus": "+",
    "minus": "-",
    "question_mark": "?",
    "full_stop": ".",
    "comma": ",",
    "slash": "/",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
}
"""The characters of keys that Textual calls by a name."""

OF_ACTIONS = sorted({key for action in ACTIONS for key in action.keys} - QUIT)
MOTIONS = ["up", "down", "left", "right", "tab", "enter", "backspace", "delete"]
MORE = ["home", "end", "pageup", "pagedown", "shift+left", "ctrl+a", "f5", "full_stop", "comma"]
# No slash: what is typed into a dialog for a file must stay in the test's own directory.
TYPED = [*"0123456789", *"abcdefghijklmnoprstuvwxyz", "minus", "full_stop"]


def test_every_character_of_an_action_is_known_here():
    named = {key for key in OF_ACTIONS if len(key) > 1 and "_" in key}
    assert named <= set(CHARACTERS)


def test_random_keys_do_no_harm(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    generator = random.Random(7)
    keys = random_keys(generator, KEYS)
    while keys:
        with opened() as app:
            pressed = asyncio.run(asyncio.wait_for(storm(app, keys, generator), HANG_GUARD))
        # The command palette can leave the app, which is then opened again.
        del keys[:pressed]


def random_keys(generator, count):
    """Draw keys: mostly single ones of the app's own, now and then something typed."""
    keys = []
    while len(keys) < count:
        kind = generator.random()
        if kind < 0.5:
            keys.append(generator.choice(OF_ACTIONS))
        elif kind < 0.7:
            keys.append(generator.choice(MOTIONS))
        elif kind < 0.83:
            keys.append("escape")
        elif kind < 0.9:
            keys.append(generator.choice(MORE))
        else:
            keys += generator.choices(TYPED, k=generator.randint(1, 4))
            keys.append(generator.choice(["enter", "escape", "tab"]))
    return keys[:count]


class WatchedSession(Session):
    """A session that can be waited for."""

    def __init__(self, experiment, send):
        super().__init__(experiment, send)
        self._received = asyncio.Event()

    def receive(self, reply):
        super().receive(reply)
        self._received.set()

    async def until(self, condition):
        """Wait until the trainer's replies make something true."""
        while not condition():
            self._received.clear()
            await self._received.wait()


@contextlib.contextmanager
def opened():
    """Make an app with a trainer in a process of its own."""
    with contextlib.closing(start_worker(WorkerStart(Experiment(), Limits()))) as worker:
        session = WatchedSession(Experiment(), worker.send)
        session.receive(worker.first_reply())
        yield NntuiApp(session, worker)


async def storm(app, keys, generator):
    """Press keys, some of them before the app is done with the last ones, and see what comes of it.

    Returns:
        How many keys were pressed: fewer than all when one of them has ended the app.
    """
    pressed = 0
    async with app.run_test(size=SIZES[0]) as pilot:
        while pressed < len(keys):
            if generator.random() < 1 / BURSTS_AT_A_SIZE:
                await pilot.resize_terminal(*generator.choice(SIZES))
            burst = keys[pressed : pressed + generator.randint(1, 4)]
            pressed += len(burst)
            await press(pilot, *burst)
            if app._exit or app._exception:
                # Leaving the test of an app that broke raises what broke it.
                return pressed
        await see_that_it_answers(pilot)
    return pressed


async def press(pilot, *keys):
    """Press keys at once, and wait until all that they have caused in the app has been done."""
    for key in keys:
        character = CHARACTERS.get(key, key if len(key) == 1 else None)
        pilot.app.post_message(events.Key(key, character))
    await pilot.pause(0)


async def see_that_it_answers(pilot):
    app, session = pilot.app, pilot.app.session
    while app.screen is not app.playground:
        await press(pilot, "escape")
    await press(pilot, "question_mark")
    assert isinstance(app.screen, HelpScreen)
    await press(pilot, "escape")
    assert app.screen is app.playground
    session.become(Experiment(), "begin again")
    await session.until(lambda: session.snapshot.revision == session._edited.revision)
    if not session.is_playing:
        await press(pilot, "space")
    before = session.snapshot.steps
    await session.until(lambda: session.snapshot.steps > before)

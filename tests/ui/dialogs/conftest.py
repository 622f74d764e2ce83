"""An app with nothing but a dialog in front of it."""

import asyncio

import pytest
from driven_app import CHARACTERS, NAMES
from textual import events

from nntui.ui.coloured_app import ColouredApp


class Opened(ColouredApp):
    """Shows one dialog, and keeps its result."""

    def __init__(self, make):
        super().__init__()
        self._make = make
        self.dialog = None
        self.result = "none yet"

    def on_mount(self):
        self.dialog = self._make()
        self.push_screen(self.dialog, self.take)

    def use_ink(self, ink):
        pass

    def take(self, result):
        self.result = result

    @property
    def is_open(self):
        return self.screen is self.dialog

    @property
    def lines(self):
        strips = self.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip) for strip in strips]

    @property
    def text(self):
        return "\n".join(self.lines)


class Hands:
    """Presses the keys, and waits until all that they cause has been done."""

    def __init__(self, app, pilot):
        self.app = app
        self.pilot = pilot

    async def press(self, *keys):
        for key in keys:
            character = CHARACTERS.get(key, key if len(key) == 1 else None)
            self.app.post_message(events.Key(key, character))
            await self.settle()

    async def type(self, text):
        await self.press(*(NAMES.get(character, character) for character in text))

    async def click(self, widget, offset, times=1):
        await self.pilot.click(widget, offset=offset, times=times)
        await self.settle()

    async def resize(self, columns, rows):
        await self.pilot.resize_terminal(columns, rows)
        await self.settle()

    async def settle(self):
        rests = 0
        while rests < 2:
            await self.pilot.pause(0)
            pumps = [self.app, *self.app.screen.walk_children(with_self=True)]
            rests = 0 if any(pump.message_queue_size for pump in pumps) else rests + 1


@pytest.fixture
def open_dialog():
    """Return a function that opens the dialog it makes, and lets a coroutine use it."""

    def run(make, story, size=(80, 24)):
        async def whole():
            app = Opened(make)
            async with app.run_test(size=size) as pilot:
                hands = Hands(app, pilot)
                await hands.settle()
                await story(app, hands)

        asyncio.run(whole())

    return run

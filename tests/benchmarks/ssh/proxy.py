"""Something between an ssh client and its server that makes the link long, narrow, or stand still.

    with Proxy(server.port, LinkQuality(round_trip=0.1, bytes_per_second=20_000)) as proxy:
        subprocess.run(server.command("echo there", proxy.port))

Each direction is delayed by half the round trip, and narrowed to the rate. What waits here counts
against the quality's buffer; the system's own buffers of both connections come on top.
"""

import contextlib
import os
import selectors
import socket
import threading
import time
from dataclasses import dataclass

from link import Direction, LinkQuality

_HOST = "127.0.0.1"
_PORTION = 65_536


@dataclass
class _Way:
    """One way through the proxy."""

    source: socket.socket
    target: socket.socket
    direction: Direction
    unwritten: bytearray
    taken: int = 0
    delivered: int = 0
    has_ended: bool = False


class Proxy:
    """Carries the bytes of one connection at a time, in a thread of its own.

    Args:
        server: The port of the server on this machine.
        quality: The link.

    Attributes:
        port: Where a client connects.
        to_client: How many bytes have arrived at the clients.
        to_server: How many have arrived at the server.
    """

    def __init__(self, server: int, quality: LinkQuality) -> None:
        self._server, self._quality = server, quality
        self.to_client = self.to_server = 0
        self._lock = threading.Lock()
        self._stalled_since: float | None = None
        self._stood_still = 0.0
        self._ways: list[_Way] = []
        self._is_open = True
        self._wake_read, self._wake_write = os.pipe()
        os.set_blocking(self._wake_read, False)
        self._listener = socket.create_server((_HOST, 0))
        self.port: int = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, name="proxy", daemon=True)
        self._thread.start()

    def __enter__(self) -> "Proxy":
        return self

    def __exit__(self, *error: object) -> None:
        self._is_open = False
        self._wake()
        self._thread.join()
        self._listener.close()
        os.close(self._wake_read)
        os.close(self._wake_write)

    def stall(self) -> None:
        """Let nothing through; what comes waits, as far as there is room."""
        with self._lock:
            self._stalled_since = time.perf_counter()

    def resume(self) -> int:
        """Go on.

        Returns:
            How many bytes wait to go to the client.
        """
        with self._lock:
            if self._stalled_since is not None:
                self._stood_still += time.perf_counter() - self._stalled_since
            self._stalled_since = None
            waiting = sum(way.taken - way.delivered for way in self._ways[1:])
        self._wake()
        return waiting

    def _wake(self) -> None:
        os.write(self._wake_write, b"w")

    def _now(self) -> float:
        """Tell the link's own time, which stands still while nothing is let through."""
        now = time.perf_counter() if self._stalled_since is None else self._stalled_since
        return now - self._stood_still

    def _serve(self) -> None:
        while self._is_open:
            with selectors.DefaultSelector() as selector:
                selector.register(self._listener, selectors.EVENT_READ)
                selector.register(self._wake_read, selectors.EVENT_READ)
                ready = [key.fileobj for key, _ in selector.select()]
            self._drain_wakes()
            if self._listener in ready:
                client, _ = self._listener.accept()
                with client, socket.create_connection((_HOST, self._server)) as server:
                    self._carry(client, server)

    def _carry(self, client: socket.socket, server: socket.socket) -> None:
        """Carry bytes both ways until one side has closed and all has arrived."""
        quality, ways = self._quality, []
        for source, target in ((client, server), (server, client)):
            source.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            source.setblocking(False)
            direction = Direction(quality.round_trip / 2, quality.bytes_per_second, quality.buffer)
            ways.append(_Way(source, target, direction, bytearray()))
        with self._lock:
            self._ways = ways
        while self._is_open and not any(
            way.has_ended and way.taken == way.delivered for way in ways
        ):
            self._wait(ways)
            for way in ways:
                self._take(way)
                self._deliver(way)

    def _wait(self, ways: list[_Way]) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(self._wake_read, selectors.EVENT_READ)
            for way in ways:
                other = ways[1 - ways.index(way)]
                reads = not way.has_ended and way.direction.room() > 0
                events = selectors.EVENT_READ if reads else 0
                events |= selectors.EVENT_WRITE if other.unwritten else 0
                if events:
                    selector.register(way.source, events)
            with self._lock:
                changes = [way.direction.next_change() for way in ways]
                due = min((c for c in changes if c is not None), default=None)
                stands = self._stalled_since is not None
                wait = None if due is None or stands else max(due - self._now(), 0.0)
            selector.select(wait)
        self._drain_wakes()

    def _take(self, way: _Way) -> None:
        room = min(way.direction.room(), _PORTION)
        if way.has_ended or not room:
            return
        try:
            data = way.source.recv(room)
        except BlockingIOError:
            return
        except ConnectionError:
            data = b""
        way.has_ended = not data
        with self._lock:
            way.taken += len(data)
            way.direction.push(data, self._now())

    def _deliver(self, way: _Way) -> None:
        with self._lock:
            if self._stalled_since is None:
                way.unwritten += way.direction.arrived(self._now())
            if not way.unwritten:
                return
            try:
                count = way.target.send(way.unwritten)
            except BlockingIOError:
                return
            except ConnectionError:
                count, way.has_ended = len(way.unwritten), True
            del way.unwritten[:count]
            way.delivered += count
            if way is self._ways[0]:
                self.to_server += count
            else:
                self.to_client += count

    def _drain_wakes(self) -> None:
        with contextlib.suppress(BlockingIOError):
            os.read(self._wake_read, _PORTION)

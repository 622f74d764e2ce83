"""A simulated link between a program and its terminal: a rate, a delay, and a bounded queue."""

from collections import deque
from dataclasses import dataclass

_MOST_IN_A_PACKET = 1400
_PACKETS_PER_SECOND = 50.0
"""On slow links packets are smaller, so that the screen fills as smoothly as by a slow modem."""


@dataclass(frozen=True)
class LinkQuality:
    """What a link can carry.

    Attributes:
        round_trip: Seconds there and back; half of them each way.
        bytes_per_second: The most towards the terminal; None for no limit. Keys and answers are
            few, and only delayed.
        buffer: How many bytes wait on the way, as in the buffers of ssh and of the kernel, before
            the program itself has to wait.
    """

    round_trip: float = 0.0
    bytes_per_second: float | None = None
    buffer: int = 65_536


class Direction:
    """One direction of a link. It reads no clock: the time is passed in, in seconds.

    Args:
        delay: How long each byte is on the way.
        bytes_per_second: How many bytes can set out in a second; None for no limit.
        buffer: How many bytes may wait to set out.
    """

    def __init__(self, delay: float, bytes_per_second: float | None, buffer: int) -> None:
        self._delay, self._rate, self._buffer = delay, bytes_per_second, buffer
        self._packet = _MOST_IN_A_PACKET
        if bytes_per_second is not None:
            per_packet = int(bytes_per_second / _PACKETS_PER_SECOND)
            self._packet = min(max(per_packet, 64), _MOST_IN_A_PACKET)
        self._waiting = bytearray()
        self._free_at = 0.0
        self._travelling: deque[tuple[float, bytes]] = deque()

    def room(self) -> int:
        """Tell how many more bytes it takes now."""
        return max(self._buffer - len(self._waiting), 0)

    def is_empty(self) -> bool:
        """Tell whether everything has arrived."""
        return not self._waiting and not self._travelling

    def push(self, data: bytes, now: float) -> None:
        """Hand some bytes over."""
        self._let_out(now)
        if not self._waiting:
            self._free_at = max(self._free_at, now)
        self._waiting += data
        self._let_out(now)

    def arrived(self, now: float) -> bytes:
        """Take what has arrived."""
        self._let_out(now)
        parts: list[bytes] = []
        while self._travelling and self._travelling[0][0] <= now:
            parts.append(self._travelling.popleft()[1])
        return b"".join(parts)

    def next_change(self) -> float | None:
        """Tell when something arrives next, or when there is more room; None for never."""
        times = [self._travelling[0][0]] if self._travelling else []
        if self._waiting:
            times.append(self._free_at)
        return min(times, default=None)

    def _let_out(self, now: float) -> None:
        """Let the packets set out whose turn has come; a packet sets out as a whole."""
        if self._rate is None:
            if self._waiting:
                self._travelling.append((now + self._delay, bytes(self._waiting)))
                self._waiting.clear()
            return
        while self._waiting and self._free_at <= now:
            packet = bytes(self._waiting[: self._packet])
            del self._waiting[: len(packet)]
            self._free_at += len(packet) / self._rate
            self._travelling.append((self._free_at + self._delay, packet))

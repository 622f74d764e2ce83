"""What the way to the user's screen costs, learnt from when frames were sent and answered."""

_SMALL = 1024
"""A frame of so few bytes tells the round trip alone, even on a slow link."""
_TOO_SMALL = 256
"""A frame of so few bytes says nothing about the cost of bytes."""
_SHARE_OF_NEW = 0.25
_LONGEST_SURPRISE = 0.25
_MOST_TIMES_SLOWER = 4.0


class LinkEstimate:
    """A link taken as a queue: a fixed round trip, and a time for each byte.

    A frame that finds the link empty is answered one round trip and its own bytes later; a frame
    that waits behind another is answered its own bytes after that one. Hence the time that the
    bytes of frame i took is seen without any model of the queue:

        transfer_i = answered_i - max(sent_i + round_trip, answered_(i-1))

    The round trip is the shortest one seen. While only large frames were seen, their bytes may
    be most of it: half of the shortest is taken until a small frame tells.

    All times are seconds of one monotonic clock that the caller reads.
    """

    def __init__(self) -> None:
        self._shortest = float("inf")
        self._small_frame_seen = False
        self._transfer = 0.0
        self._bytes = 0.0

    @property
    def round_trip(self) -> float:
        """The shortest time from a question to its answer, in seconds; 0 until one is known."""
        if self._shortest == float("inf"):
            return 0.0
        return self._shortest if self._small_frame_seen else self._shortest / 2

    @property
    def is_known(self) -> bool:
        """Whether a frame large enough to tell the cost of its bytes has been answered."""
        return self._bytes > 0

    @property
    def seconds_per_byte(self) -> float:
        """How long each byte occupies the link and the terminal, in seconds."""
        return self._transfer / self._bytes if self._bytes else 0.0

    @property
    def typical_bytes(self) -> float:
        """The size of a frame of late, in bytes."""
        return self._bytes

    def transfer(self, bytes_written: float) -> float:
        """How long a frame of so many bytes occupies the link, in seconds."""
        return bytes_written * self.seconds_per_byte

    def expected(self, sent: float, bytes_written: float, previous_answer: float) -> float:
        """When the answer to a frame should come, given the answer to the frame before it."""
        return max(sent + self.round_trip, previous_answer) + self.transfer(bytes_written)

    def learn(self, sent: float, bytes_written: int, previous_answer: float, now: float) -> None:
        """Take in that a frame was answered now.

        Args:
            sent: When the frame was sent.
            bytes_written: The frame's size.
            previous_answer: When the frame before it was answered.
            now: When this one was answered.
        """
        self._learn_round_trip(max(0.0, now - sent), small=bytes_written <= _SMALL)
        if bytes_written <= _TOO_SMALL:
            return
        transfer = max(0.0, now - max(sent + self.round_trip, previous_answer))
        if self.is_known:
            # A link that stood still for once has not become slow: it counts little.
            surprise = max(_LONGEST_SURPRISE, _MOST_TIMES_SLOWER * self.transfer(bytes_written))
            transfer = min(transfer, surprise)
        share = _SHARE_OF_NEW if self.is_known else 1.0
        self._transfer += share * (transfer - self._transfer)
        self._bytes += share * (bytes_written - self._bytes)

    def _learn_round_trip(self, seconds: float, *, small: bool) -> None:
        if small and not self._small_frame_seen:
            # What the large frames told was a guess: it gives way to what was measured.
            self._small_frame_seen = True
            self._shortest = seconds
        self._shortest = min(self._shortest, seconds)

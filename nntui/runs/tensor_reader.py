"""Reading a safetensors file from somebody else: nothing is allocated that was not checked first.

The library's own reader maps the file into memory by its name. Here the file is open already, so
that it is known to be the file that was looked at, and a file that shrinks while it is read is an
error rather than the end of the program.

Source: https://github.com/huggingface/safetensors (the format)
"""

import io
import math
from collections.abc import Mapping
from typing import Any, TypeAlias

import msgspec
import numpy as np
from numpy.typing import NDArray

from nntui.errors import RunError
from nntui.quoting import listed, printable, quoted

LARGEST_HEADER = 4_000_000
"""How many bytes may stand before the numbers."""

LARGEST_FILE = 1_000_000_000
"""How many bytes a file may have: some 80 million parameters with Adam's memory."""

_LENGTH_BYTES = 8
_METADATA = "__metadata__"
_DTYPES = {"F32": "<f4", "F64": "<f8", "I64": "<i8", "U8": "u1"}

Shape: TypeAlias = tuple[int, ...]


class TensorEntry(msgspec.Struct, forbid_unknown_fields=True):
    """What a file says of one tensor.

    Attributes:
        dtype: The type of its numbers, such as ``F32``.
        shape: Its shape.
        data_offsets: Where its bytes begin and end, counted from the first byte of any tensor.
    """

    dtype: str
    shape: Shape
    data_offsets: tuple[int, int]


class TensorReader:
    """A file of tensors that is open for reading.

    Args:
        file: The open file, at any place.
        size: How many bytes it has.

    Attributes:
        metadata: The texts beside the tensors.
        entries: What the file says of each tensor.

    Raises:
        RunError: It is no whole safetensors file.
        OSError: It cannot be read.
    """

    def __init__(self, file: io.FileIO, size: int) -> None:
        if size > LARGEST_FILE:
            raise RunError(f"found {size:,} bytes, expected at most {LARGEST_FILE:,}.")
        self._file = file
        file.seek(0)
        header_size = int.from_bytes(self._bytes(min(size, _LENGTH_BYTES)), "little")
        self._begin = _LENGTH_BYTES + header_size
        if size < _LENGTH_BYTES or self._begin > size:
            raise RunError("found a file that is cut short or something else, expected a run.")
        if header_size > LARGEST_HEADER:
            raise RunError(
                f"found a header of {header_size:,} bytes, expected at most {LARGEST_HEADER:,}."
            )
        header = _decoded(self._bytes(header_size))
        self.metadata = _metadata(header.pop(_METADATA, None))
        self.entries = {name: _entry(name, raw) for name, raw in header.items()}
        _check_offsets(self.entries, size - self._begin)

    def shape(self, name: str) -> Shape:
        """Return the shape of a tensor.

        Raises:
            RunError: There is no such tensor.
        """
        entry = self.entries.get(name)
        if entry is None:
            raise RunError(f"{name}: expected these numbers, found none.")
        return entry.shape

    def check(self, name: str, dtype: str, shape: Shape) -> None:
        """Refuse a tensor that is not what it should be.

        Raises:
            RunError: It is missing, or its type or shape is another one.
        """
        found = self.shape(name)
        if found != shape:
            raise RunError(f"{name}: found shape {_shown(found)}, expected {_shown(shape)}.")
        if self.entries[name].dtype != dtype:
            kind = quoted(self.entries[name].dtype)
            raise RunError(f"{name}: found numbers of type {kind}, expected {dtype}.")

    def read(self, name: str) -> NDArray[Any]:
        """Read a tensor that has been checked.

        Raises:
            RunError: The file has become shorter.
            OSError: It cannot be read.
        """
        entry = self.entries[name]
        begin, end = entry.data_offsets
        self._file.seek(self._begin + begin)
        return np.frombuffer(self._bytes(end - begin), _DTYPES[entry.dtype]).reshape(entry.shape)

    def _bytes(self, count: int) -> bytearray:
        content = bytearray(count)
        view, filled = memoryview(content), 0
        while filled < count:
            more = self._file.readinto(view[filled:])
            if not more:
                raise RunError("the file became shorter while it was read.")
            filled += more
        return content


def _decoded(header: bytearray) -> dict[str, msgspec.Raw]:
    try:
        return msgspec.json.decode(header, type=dict[str, msgspec.Raw])
    except (ValueError, RecursionError):
        raise RunError(
            "found a file that is damaged or something else, expected a run (safetensors)."
        ) from None


def _metadata(raw: msgspec.Raw | None) -> Mapping[str, str]:
    if raw is None:
        return {}
    try:
        return msgspec.json.decode(raw, type=dict[str, str])
    except (ValueError, RecursionError) as error:
        raise RunError(f"metadata: it is damaged: {printable(str(error))[:200]}.") from None


def _entry(name: str, raw: msgspec.Raw) -> TensorEntry:
    try:
        entry = msgspec.json.decode(raw, type=TensorEntry)
    except (ValueError, RecursionError) as error:
        reason = printable(str(error))[:200]
        raise RunError(f"{quoted(name)}: its description is damaged: {reason}.") from None
    dtype = _DTYPES.get(entry.dtype)
    if dtype is None:
        known = listed(tuple(_DTYPES))
        raise RunError(
            f"{quoted(name)}: found type {quoted(entry.dtype)}, expected one of {known}."
        )
    begin, end = entry.data_offsets
    needed = math.prod(entry.shape) * np.dtype(dtype).itemsize
    if min(entry.shape, default=0) < 0 or begin < 0 or end - begin != needed:
        raise RunError(f"{quoted(name)}: found a size that does not fit its shape.")
    return entry


def _check_offsets(entries: Mapping[str, TensorEntry], size: int) -> None:
    """Refuse tensors that overlap, leave holes or go beyond the file's end."""
    reached = 0
    for name, entry in sorted(entries.items(), key=lambda item: item[1].data_offsets):
        if entry.data_offsets[0] != reached:
            raise RunError(f"{quoted(name)}: it does not begin where the one before it ends.")
        reached = entry.data_offsets[1]
    if reached != size:
        raise RunError(f"found {size:,} bytes of numbers, expected {reached:,}: it is damaged.")


def _shown(shape: Shape) -> str:
    text = str(list(shape))
    longest = 60
    return text if len(text) <= longest else f"{text[:longest]}…"

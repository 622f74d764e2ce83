"""The part of safetensors that nntui uses, with its types.

Source: https://github.com/huggingface/safetensors
"""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import Any, Protocol, cast

import numpy as np
import safetensors
import safetensors.numpy
from numpy.typing import NDArray

from nntui.files import AnyPath

# The library is compiled and tells a type checker nothing.
_library = cast("Any", safetensors)

TensorFileError: type[Exception] = _library.SafetensorError
"""What is raised where a file is cut short, damaged or no safetensors file at all."""


class TensorSlice(Protocol):
    """A tensor that has not been read yet."""

    def get_shape(self) -> list[int]:
        """Return its shape."""
        ...

    def get_dtype(self) -> str:
        """Return the type of its numbers, such as ``F32``."""
        ...


class TensorFile(Protocol):
    """An open file."""

    def metadata(self) -> Mapping[str, str] | None:
        """Return the texts beside the tensors."""
        ...

    def keys(self) -> list[str]:
        """Return the names of the tensors."""
        ...

    def get_slice(self, name: str) -> TensorSlice:
        """Describe a tensor without reading it."""
        ...

    def get_tensor(self, name: str) -> NDArray[Any]:
        """Read a tensor."""
        ...


def open_tensors(path: AnyPath) -> AbstractContextManager[TensorFile]:
    """Open a file, reading only what stands before the tensors; the sizes have been checked.

    Raises:
        TensorFileError: It is not a whole safetensors file.
        OSError: It cannot be read.
    """
    return cast("AbstractContextManager[TensorFile]", _library.safe_open(path, framework="numpy"))


def pack_tensors(tensors: Mapping[str, NDArray[Any]], metadata: Mapping[str, str]) -> bytes:
    """Return the content of a file; the tensors have any strides."""
    # safetensors writes the memory as it lies, whatever the strides say.
    contiguous = {name: np.ascontiguousarray(tensor) for name, tensor in tensors.items()}
    return safetensors.numpy.save(contiguous, dict(metadata))

"""Pictures of what neurons answer all over a plane."""

import dataclasses
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nntui.anatomy.look import Look, affordable_points
from nntui.anatomy.tiles import enlarged
from nntui.anatomy.values import Neuron
from nntui.engine.tape import Array
from nntui.training.field import field_points
from nntui.training.network_inputs import network_inputs
from nntui.training.snapshot import FieldRequest
from nntui.training.subject import Memory, Subject

MOST_PRODUCTS = 1.6e8
"""How many products of a weight and a value a picture may cost: some ten milliseconds."""


class NeuronPictures:
    """Asks networks about the pixels of pictures, and keeps the memory that it takes."""

    def __init__(self) -> None:
        self._tiles: Memory[Look | None] = Memory()
        self._enlarged: Memory[Look | None] = Memory()

    def tiles(self, subject: Subject, wanted: FieldRequest | None) -> Sequence[Array] | None:
        """Return what all neurons answer to the pixels of a tile.

        Args:
            subject: The network and the plane.
            wanted: The pixels; None for no tiles.

        Returns:
            For each column (units, pixels); a single row of pixels for data with one input. None
            for no tiles, and where the pixels are too large to compute with.
        """
        if wanted is None or wanted.rows <= 0 or wanted.columns <= 0:
            return None
        look = self._tiles.recall(
            (subject.network, subject.scene.identity, wanted),
            lambda: _look_at_pixels(subject, wanted, len(subject.network.dense_layers)),
        )
        if look is None:
            return None
        look.run()
        return look.answers

    def enlarged(
        self, subject: Subject, neuron: Neuron, wanted: FieldRequest | None
    ) -> NDArray[np.float32]:
        """Return what one neuron answers over the plane, coarsely if the network is large.

        Args:
            subject: The network and the plane.
            neuron: The neuron; it exists.
            wanted: The pixels; None for no picture.

        Returns:
            (rows, columns), the highest row first; no rows where there is no picture.
        """
        nothing = np.zeros((0, 0), np.float32)
        if wanted is None or wanted.rows <= 0 or wanted.columns <= 0:
            return nothing
        column, is_curve = neuron.column, subject.scene.is_curve
        most = affordable_points(subject.network, column, MOST_PRODUCTS)
        pixels = coarser(wanted, most, is_curve=is_curve)
        look = self._enlarged.recall(
            (subject.network, subject.scene.identity, pixels, column),
            lambda: _look_at_pixels(subject, pixels, column),
        )
        if look is None:
            return nothing
        look.run()
        answers = look.answers[column][neuron.unit].reshape(-1, pixels.columns)
        return enlarged(answers, wanted.rows, wanted.columns)


def coarser(wanted: FieldRequest, most: int, *, is_curve: bool) -> FieldRequest:
    """Ask for the same area with larger pixels, so that there are at most so many.

    Args:
        wanted: The pixels wanted.
        most: How many there may be, 1 or more.
        is_curve: Whether there is a single row of pixels.
    """
    rows, columns, size = (1 if is_curve else wanted.rows), wanted.columns, 1
    while -(-rows // size) * -(-columns // size) > most:
        size += 1
    return dataclasses.replace(wanted, rows=-(-rows // size), columns=-(-columns // size))


def _look_at_pixels(subject: Subject, pixels: FieldRequest, last: int) -> Look | None:
    """Look at all pixels of a picture; None where they are too large to compute with."""
    raw = field_points(pixels, subject.plane, is_curve=subject.scene.is_curve)
    inputs = network_inputs(subject.trainer, raw)
    return None if inputs is None else Look(subject.network, inputs, last)

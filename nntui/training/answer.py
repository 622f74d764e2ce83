"""The answer to a request for a snapshot, put together from a run and what observes it."""

from dataclasses import dataclass

from nntui.training.messages import SnapshotRequest
from nntui.training.observer import Observer
from nntui.training.recorded_run import RecordedRun
from nntui.training.snapshot import Snapshot


@dataclass(frozen=True)
class Playing:
    """How a run is being played.

    Attributes:
        revision: The number of the last edit.
        is_playing: Whether training goes on.
        steps_per_second: How fast; 0 while paused.
    """

    revision: int
    is_playing: bool
    steps_per_second: float


def answer_of(
    request: SnapshotRequest, run: RecordedRun, observer: Observer, playing: Playing
) -> Snapshot:
    """Put a snapshot together; its figures are the last that were computed.

    Args:
        request: What is asked.
        run: The run.
        observer: Answers what is asked about the run's trainer.
        playing: How it is being played.
    """
    plane, trainer = request.plane, run.trainer
    scene = observer.scene(plane)
    has_scene = request.scene_identity == scene.identity
    page, page_refused = observer.page(plane, request.walk) if request.walk else (None, "")
    anatomy = request.anatomy and observer.anatomy(plane, request.anatomy, run.spreads)
    return Snapshot(
        run=run.number,
        revision=playing.revision,
        steps=trainer.steps,
        epochs=trainer.epochs,
        steps_per_epoch=trainer.steps_per_epoch,
        units=(trainer.network.inputs, *(layer.units for layer in trainer.network.dense_layers)),
        is_playing=playing.is_playing,
        steps_per_second=playing.steps_per_second,
        learning_rate=trainer.learning_rate,
        evaluation=run.evaluation,
        evaluated_at=run.evaluated_at,
        train_points=len(trainer.prepared.train),
        test_points=len(trainer.prepared.test),
        history=run.history.view(request.history_columns) if request.history_columns else None,
        layers=observer.layers() if request.layers else None,
        scene=None if has_scene else scene,
        scene_identity=scene.identity,
        field=observer.field(plane, request.field) if request.field else None,
        reading=observer.reading(plane, *request.crosshair) if request.crosshair else None,
        mistakes=observer.mistakes(plane) if request.mistakes else None,
        divergence=run.divergence,
        stopped_by=run.stopped_by,
        anatomy=anatomy,
        page=page,
        page_refused=page_refused,
    )

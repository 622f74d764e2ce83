"""Train the preset as fast as it goes, without anything beside it.

    python headless.py SECONDS

It prints the steps a second, by the clock and by the processor's time.
"""

import os

os.environ.update(
    dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
)

import sys
import time

from nntui.experiment.experiment import Experiment
from nntui.training.trainer import Trainer

STEPS_BETWEEN_LOOKS_AT_THE_CLOCK = 500


def main() -> None:
    seconds = float(sys.argv[1])
    trainer = Trainer(Experiment())
    start, used_before = time.perf_counter(), time.process_time()
    while (elapsed := time.perf_counter() - start) < seconds:
        trainer.train(STEPS_BETWEEN_LOOKS_AT_THE_CLOCK)
    print(trainer.steps / elapsed, trainer.steps / (time.process_time() - used_before))


if __name__ == "__main__":
    main()

"""Make the reference numbers of the engine's tests with PyTorch, an independent implementation.

The tests compare nntui's own network, written in numpy, with the numbers in the JSON files
beside this script. PyTorch is needed only to make the files again, never to run the tests:

    pip install torch
    python tests/engine/reference/make_references.py

Everything is float64 on one thread, drawn from fixed seeds, and printed so that reading a
number back gives the same number bit for bit. Each file says in ``about`` what it holds and
which rule PyTorch follows where libraries differ. Running the script again with the same
PyTorch changes nothing; another version may move the last digit.

``pointwise.py`` makes the activations and losses, ``trajectories.py`` the optimizers and the
whole training runs, ``learning_rates.py`` the schedules.
"""

import json
from pathlib import Path

import torch
from learning_rates import schedules
from pointwise import activations, losses
from trajectories import optimizers, training

FILES = {
    "activations": activations,
    "losses": losses,
    "optimizers": optimizers,
    "schedules": schedules,
    "training": training,
}


def write(path: Path, contents: dict) -> None:
    """Write one entry a line, and one line for each configuration inside an entry."""
    lines = ["{"]
    for key, value in contents.items():
        if isinstance(value, dict):
            inner = [f"  {json.dumps(name)}: {json.dumps(entry)}" for name, entry in value.items()]
            lines.append(f" {json.dumps(key)}: {{\n" + ",\n".join(inner) + "\n },")
        else:
            lines.append(f" {json.dumps(key)}: {json.dumps(value)},")
    lines[-1] = lines[-1].removesuffix(",")
    path.write_text("\n".join([*lines, "}"]) + "\n", encoding="utf-8")


def main() -> None:
    torch.set_default_dtype(torch.float64)
    torch.set_num_threads(1)
    made_with = f"PyTorch {torch.__version__}, float64"
    for name, make in FILES.items():
        path = Path(__file__).with_name(f"{name}.json")
        write(path, {"made_with": made_with, **make()})
        print(f"{path.name}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()

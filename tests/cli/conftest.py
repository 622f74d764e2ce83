"""What the tests of the command line share."""

import json
import math
from types import SimpleNamespace

import numpy as np
import pytest

from nntui.cli.main import main


@pytest.fixture
def nntui(tmp_path, monkeypatch, capsys):
    """Return a function that runs a command in an empty directory and tells what came of it."""
    monkeypatch.chdir(tmp_path)

    def command(*arguments):
        code = main([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        return SimpleNamespace(code=code, out=printed.out, err=printed.err)

    return command


@pytest.fixture
def train_json(nntui):
    """Return a function that trains quietly and returns the parsed result."""

    def train(*arguments):
        result = nntui("train", *arguments, "--json", "--quiet")
        assert result.code == 0, result.err
        return json.loads(result.out, parse_constant=pytest.fail)

    return train


@pytest.fixture
def flowers(tmp_path):
    """A CSV file of two kinds of flowers that lie apart, with a column of text in between."""
    generator = np.random.default_rng(5)
    rows = ["height,species,width"]
    for index in range(120):
        kind = index % 2
        height, width = generator.normal([3 + 2 * kind, 1 + kind], 0.3)
        rows.append(f"{height:.3f},{('lily', 'rose')[kind]},{width:.3f}")
    path = tmp_path / "flowers.csv"
    path.write_text("\n".join(rows) + "\n")
    return path


@pytest.fixture
def prices(tmp_path):
    """A CSV file with a value to predict, in large units."""
    generator = np.random.default_rng(6)
    rows = ["area;rooms;price"]
    for _ in range(150):
        area, rooms = generator.uniform(20, 200), generator.integers(1, 8)
        price = 1000 + 3000 * area + 8000 * rooms + 20_000 * math.sin(area / 40)
        rows.append(f"{area:.2f};{rooms};{price:.2f}")
    path = tmp_path / "prices.csv"
    path.write_text("\n".join(rows) + "\n")
    return path

"""Bad input: exit code 2, one clear message, no traceback, no file half-written."""

import os
import re

import pytest

GOOD_ROWS = "a,b,kind\n" + "".join(f"{i},{i * 2},{'xy'[i % 2]}\n" for i in range(20))


def csv(text):
    return {"points.csv": text}


def toml(text):
    return {"e.toml": text}


DATA = ["train", "--data", "points.csv"]
FILE = ["train", "e.toml"]
QUICK = ["train", "--epochs", "1"]

# Files to make; the command line; what the message has to say.
CASES = {
    "missing csv": ({}, DATA, ["points.csv", "no such file"]),
    "missing experiment": ({}, FILE, ["e.toml", "no such file"]),
    "name of a data set": ({}, ["train", "moons"], ["moons", "--data moons"]),
    "a name of no encoding": (
        {},
        [*QUICK, "--data", "a\udcff.csv"],
        ["--data", "UTF-8", r"\udcff"],
    ),
    "new with such a name": ({}, ["new", "e", "--label", "a\udcff"], ["--label", "UTF-8"]),
    "no name": ({}, ["train", ""], ["EXPERIMENT", "empty"]),
    "unknown data set": ({}, ["train", "--data", "sprial"], ["--data", "sprial", '"spiral"']),
    "empty csv": (csv(""), DATA, ["points.csv", "empty"]),
    "one row": (csv("a,b,kind\n1,2,x\n"), DATA, ["points.csv", "one row", "2"]),
    "one class": (csv("a,b,kind\n1,2,x\n3,4,x\n"), DATA, ["points.csv", "kind", "class"]),
    "text in a column": (
        csv(GOOD_ROWS.replace("\n3,6,", "\n3,six,")),
        DATA,
        ["points.csv, line 5", '"b"', '"six"'],
    ),
    "rows of other length": (
        csv(GOOD_ROWS + "1,2\n"),
        DATA,
        ["points.csv, line 22", "2", "3"],
    ),
    "nan": (csv(GOOD_ROWS.replace("\n3,6,", "\n3,nan,")), DATA, ["points.csv, line 5", "nan"]),
    "infinity": (csv(GOOD_ROWS.replace("\n3,6,", "\n3,inf,")), DATA, ["line 5", "inf"]),
    "label not there": (
        csv(GOOD_ROWS),
        [*DATA, "--label", "knd"],
        ["--label", "knd", "kind"],
    ),
    "binary garbage": ({"points.csv": bytes(range(256)) * 40}, DATA, ["points.csv"]),
    "a very long line": (csv("1," * 3_000_000), DATA, ["points.csv", "line 1"]),
    "toml syntax": (toml('seed = 1\nlayers = [\nname = "'), FILE, ["e.toml:3", "TOML"]),
    "unknown key": (
        toml("[optimizer]\nlearning_rat = 1"),
        FILE,
        ["e.toml", "optimizer.learning_rat", '"learning_rate"'],
    ),
    "unknown name in a file": (
        toml('[[layers]]\nactivation = "rellu"'),
        FILE,
        ["e.toml", "layers.0.activation", '"rellu"', '"relu"'],
    ),
    "wrong type": (toml('seed = "seven"'), FILE, ["e.toml", "seed", '"seven"', "whole number"]),
    "rate in a file": (
        toml("[optimizer]\nlearning_rate = -1"),
        FILE,
        ["e.toml", "optimizer.learning_rate", "-1", "greater than 0"],
    ),
    "rate": (
        {},
        [*QUICK, "--learning-rate", "-1"],
        ["--learning-rate", "optimizer.learning_rate = -1", "greater than 0"],
    ),
    "rate with an equals sign": ({}, [*QUICK, "--learning-rate=-1"], ["-1", "greater than 0"]),
    "rate of infinity": ({}, [*QUICK, "--learning-rate", "inf"], ["--learning-rate", "finite"]),
    "test fraction": ({}, [*QUICK, "--test-fraction", "1.5"], ["data.test_fraction", "1.5"]),
    "no units": ({}, [*QUICK, "--layers", "0"], ["--layers", "layers.0.units = 0"]),
    "half a unit": ({}, [*QUICK, "--layers", "8,1.5"], ["layers.1.units", "1.5", "whole"]),
    "batch size": ({}, [*QUICK, "--batch-size", "0"], ["training.batch_size = 0", "from 1"]),
    "half a batch": ({}, [*QUICK, "--batch-size", "1.5"], ["1.5", "whole number"]),
    "not quite a number": ({}, [*QUICK, "--seed", "3abc"], ["--seed", '"3abc"', "whole number"]),
    "dropout": ({}, [*QUICK, "--dropout", "1"], ["--dropout", "layers.0.dropout = 1"]),
    "unknown activation": ({}, [*QUICK, "--activation", "rellu"], ["--activation", '"relu"']),
    "unknown optimizer": ({}, [*QUICK, "--optimizer", "adan"], ["--optimizer", '"adam"']),
    "softmax in a hidden layer": (
        {},
        [*QUICK, "--activation", "softmax"],
        ["softmax", "output alone"],
    ),
    "loss that does not fit": (
        {},
        [*QUICK, "--set", "output.activation=tanh", "--loss", "categorical_crossentropy"],
        ["output.loss", "categorical_crossentropy", "tanh", "mean_squared_error"],
    ),
    "loss that does not fit the data": (
        {},
        [*QUICK, "--data", "plane", "--loss", "binary_crossentropy"],
        ["--loss", "output.loss", "mean_squared_error"],
    ),
    "more classes than points": (
        {},
        [*QUICK, "--classes", "50", "--samples", "20"],
        ["50", "20"],
    ),
    "setting of another optimizer": (
        {},
        [*QUICK, "--set", "optimizer.momentum=0.9"],
        ["optimizer.momentum", "sgd"],
    ),
    "unknown key by set": ({}, [*QUICK, "--set", "sed=3"], ["sed", '"seed"']),
    "set without a value": ({}, [*QUICK, "--set", "seed"], ["--set", "key=value"]),
    "no steps": ({}, ["train", "--steps", "0"], ["--steps = 0", "at least 1"]),
    "half a step": ({}, ["train", "--steps", "1.5"], ["--steps = 1.5", "whole number"]),
    "no epochs": ({}, ["train", "--epochs", "0"], ["--epochs", "training.epochs = 0"]),
    "no time": ({}, ["train", "--seconds", "0"], ["--seconds = 0", "greater than 0"]),
    "endless time": ({}, ["train", "--seconds", "inf"], ["--seconds = inf", "finite"]),
    "no time at all": ({}, ["train", "--seconds", "soon"], ["--seconds", '"soon"', "number"]),
    "until nonsense": ({}, [*QUICK, "--until", "soon"], ["--until", "soon", ">=", "metric"]),
    "until a metric unknown": (
        {},
        [*QUICK, "--until", "test_acuracy>1"],
        ["--until", '"test_accuracy"'],
    ),
    "until a metric this run lacks": (
        {},
        [*QUICK, "--until", "test_r2>0.5"],
        ["test_r2", "regression"],
    ),
    "patience without test points": (
        {},
        [*QUICK, "--patience", "5", "--test-fraction", "0"],
        ["training.patience", "test_fraction"],
    ),
    "save into no directory": ({}, [*QUICK, "--save", "no/m"], ["--save", "no/m", "directory"]),
    "save into a file": ({"f": "x"}, [*QUICK, "--save", "f/m"], ["--save", "f/m"]),
    "save over the data": (
        csv(GOOD_ROWS),
        [*DATA, "--save", "./points.csv"],
        ["--save", "points.csv", "input"],
    ),
    "log over the experiment": (toml("seed = 1"), [*FILE, "--log", "e.toml"], ["--log", "input"]),
    "log into no directory": ({}, [*QUICK, "--log", "no/log"], ["--log", "no/log", "directory"]),
    "log and save in one": (
        {},
        [*QUICK, "--log", "out", "--save", "out"],
        ["--save", "out", "--log"],
    ),
    "empty output name": ({}, [*QUICK, "--save", ""], ["--save", "empty"]),
    "unknown flag": ({}, ["train", "--learnig-rate", "1"], ["--learnig-rate", "--learning-rate?"]),
    "flag without a value": ({}, ["train", "--seed"], ["--seed", "requires"]),
    "flag twice": ({}, ["train", "--seed", "1", "--seed", "2"], ["--seed"]),
    "unknown command": ({}, ["trian"], ['"trian"', '"train"']),
    "one argument too many": ({}, ["train", "spiral", "moons"], ["moons"]),
    "new over a file": (toml("seed = 1"), ["new", "e.toml"], ["e.toml", "--force"]),
    "new into no directory": ({}, ["new", "no/e.toml"], ["no/e.toml", "cannot be written"]),
    "new without a name": ({}, ["new"], ["FILE"]),
    "new with a bad value": ({}, ["new", "n.toml", "--seed", "x"], ["--seed", '"x"']),
    "check with a bad seed": ({}, ["check", "--seed", "-1"], ["--seed = -1"]),
    "missing model": (csv("1,2\n"), ["predict", "m", "points.csv"], ["m: there is no such file"]),
    "model that is none": (csv(GOOD_ROWS), ["predict", "points.csv", "points.csv"], ["points.csv"]),
}


@pytest.mark.parametrize("case", CASES)
def test_bad_input_is_told_and_nothing_is_written(nntui, tmp_path, case):
    files, command, fragments = CASES[case]
    for name, content in files.items():
        (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    result = nntui(*command)
    assert result.code == 2
    assert result.err.startswith("nntui: error: ")
    assert result.err.count("\n") == 1
    assert "Traceback" not in result.err
    assert result.out == ""
    for fragment in fragments:
        assert fragment in result.err
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize(
    "command",
    [
        ["train", "--data", "folder/"],
        ["train", "folder"],
        ["train", "--epochs", "1", "--save", "folder"],
        ["train", "--epochs", "1", "--log", "folder"],
        ["new", "folder"],
        ["predict", "folder", "points.csv"],
    ],
)
def test_a_directory_is_not_a_file(nntui, tmp_path, command):
    (tmp_path / "folder").mkdir()
    result = nntui(*command)
    assert result.code == 2
    assert "folder" in result.err
    assert "directory" in result.err
    assert list(tmp_path.iterdir()) == [tmp_path / "folder"]


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read and write everything")
@pytest.mark.parametrize("flag", ["--data", "--save", "--log"])
def test_a_file_without_permission(nntui, tmp_path, flag):
    path = tmp_path / "locked.csv"
    path.write_text(GOOD_ROWS)
    path.chmod(0)
    result = nntui("train", "--epochs", "1", flag, path)
    assert result.code == 2
    assert "locked.csv" in result.err


def test_escape_sequences_of_the_user_do_not_reach_the_terminal(nntui, tmp_path):
    evil = "\x1b[2Jevil\x07"
    (tmp_path / f"{evil}.csv").write_text("a,b\n1\n")
    commands = [
        ["train", evil],
        ["train", "--data", evil],
        ["train", "--data", f"{evil}.csv"],
        ["train", "--label", evil, "--data", "iris"],
        ["train", "--set", f"{evil}=1"],
        ["train", "--until", evil],
        ["train", f"--{evil}"],
        ["train", "--steps", evil],
        ["train", "--save", f"{evil}/m"],
        [evil],
        ["train", "spiral", evil],
        ["predict", evil, evil],
    ]
    for command in commands:
        result = nntui(*command)
        assert result.code == 2, command
        assert re.fullmatch(r"[^\x00-\x09\x0b-\x1f\x7f]*", result.err), command
        assert "evil" in result.err, command


def test_a_huge_value_is_cut_in_the_message(nntui):
    for command in (["--seed", "9" * 9000], ["--data", "x" * 9000], ["x" * 9000]):
        result = nntui("train", *command)
        assert result.code == 2
        assert len(result.err) < 600


def test_a_log_of_an_earlier_run_stays_where_this_one_cannot_start(nntui, tmp_path):
    (tmp_path / "log").write_text("earlier\n")
    assert nntui("train", "--log", "log", "--until", "test_r2>0.5").code == 2
    assert (tmp_path / "log").read_text() == "earlier\n"

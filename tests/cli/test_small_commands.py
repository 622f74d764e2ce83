"""``new``, ``data``, ``check``, the help, and what is shown without a command."""

import re
import subprocess
import sys
import tomllib

import pytest

from nntui.cli.main import COMMANDS, main
from nntui.data.sources import catalogue
from nntui.engine import self_check
from nntui.engine.self_check import PartCheck
from nntui.experiment.experiment import Experiment
from nntui.experiment.flags import COMMON_FLAGS
from nntui.experiment.toml_file import read_experiment


def test_new_writes_a_file_that_can_be_trained(nntui, tmp_path):
    result = nntui("new", "e.toml", "--layers", "3")
    assert result.code == 0
    assert "nntui train e.toml" in result.out
    assert "# " in (tmp_path / "e.toml").read_text()
    assert [layer.units for layer in read_experiment("e.toml").layers] == [3]
    assert nntui("train", "e.toml", "--epochs", "1").code == 0


def test_new_replaces_a_file_only_when_told_to(nntui, tmp_path):
    (tmp_path / "e.toml").write_text("mine")
    assert nntui("new", "e.toml").code == 2
    assert (tmp_path / "e.toml").read_text() == "mine"
    assert nntui("new", "e.toml", "--force").code == 0
    assert read_experiment("e.toml") == Experiment()


def test_new_writes_to_standard_output(nntui, tmp_path):
    result = nntui("new", "-", "--seed", "12")
    assert tomllib.loads(result.out)["seed"] == 12
    assert list(tmp_path.iterdir()) == []


def test_data_lists_every_data_set_on_a_line_of_its_own(nntui):
    result = nntui("data")
    assert result.code == 0
    lines = result.out.splitlines()
    for entry in catalogue():
        (line,) = [line for line in lines if line.startswith(f"{entry.name} ")]
        assert entry.description in line
        assert entry.kind in line
        assert entry.points in line
    assert all(len(line) <= 100 for line in lines)


def test_check_prints_each_part_and_ends_well(nntui):
    result = nntui("check", "--seed", "1")
    assert result.code == 0
    names = {part.name for part in self_check.checks(1)}
    for name in names:
        assert name in result.out
    assert result.out.count("  ok\n") == len(list(self_check.checks(1)))
    assert "WRONG" not in result.out


def test_check_fails_where_a_part_is_wrong(nntui, monkeypatch):
    parts = [PartCheck("loss", "good", 1e-9, True), PartCheck("loss", "bad", 0.5, False)]
    monkeypatch.setattr(self_check, "checks", lambda seed: iter(parts))
    result = nntui("check")
    assert result.code == 1
    assert re.search(r"bad +5\.0e-01  WRONG", result.out)
    assert "1 of 2" in result.out


def test_without_a_terminal_the_playground_names_the_command_that_needs_none(nntui):
    result = nntui()
    assert result.code == 2
    assert result.err.count("\n") == 1
    assert '"nntui train"' in result.err


def test_flags_without_a_command_are_those_of_the_playground(nntui):
    # Nearly the name of a command ("data"), but a flag all the same.
    result = nntui("--data", "moons")
    assert result.code == 2
    assert "terminal" in result.err
    assert "no such command" not in result.err


@pytest.mark.parametrize("command", [["-h"], ["--help"]])
def test_the_help_lists_the_commands(nntui, command):
    result = nntui(*command)
    assert result.code == 0
    for name, described in COMMANDS.items():
        assert re.search(rf"^  {name} +{re.escape(described.line)}$", result.out, re.MULTILINE)


@pytest.mark.parametrize("command", ["train", "new"])
def test_the_help_describes_every_flag_with_its_range(nntui, command):
    result = nntui(command, "--help")
    assert result.code == 0
    words = " ".join(result.out.split())
    for flag in COMMON_FLAGS:
        assert f"{flag.flag} " in words
        assert flag.help in words
    assert "--set KEY=VALUE" in words


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_as_wide_as_a_page(nntui, command, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    result = nntui(command, "--help")
    assert result.code == 0
    assert result.out.startswith(f"Usage: nntui {command}")
    assert all(len(line) <= 80 for line in result.out.splitlines())


@pytest.mark.parametrize(
    ("arguments", "absent"),
    [
        (["--help"], {"numpy", "textual", "msgspec", "rich.progress", "nntui.engine"}),
        (["--version"], {"numpy", "textual", "msgspec", "rich.progress", "nntui.engine"}),
        (["train", "--help"], {"numpy", "textual", "rich.progress", "nntui.engine"}),
        (["new", "--help"], {"numpy", "textual", "rich.progress", "nntui.engine"}),
        (["new", "-"], {"numpy", "textual", "rich.progress", "nntui.engine"}),
        (["train", "--seed", "x"], {"textual"}),
    ],
)
def test_help_imports_little(arguments, absent):
    code = (
        "import sys; from nntui.cli.main import main; main(sys.argv[1:]); "
        "print('|'.join(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True
    )
    assert not absent & set(done.stderr.splitlines()[-1].split("|"))


def test_running_out_of_memory_is_told(capsys, monkeypatch):
    def no_memory(seed):
        raise MemoryError

    monkeypatch.setattr(self_check, "checks", no_memory)
    assert main(["check"]) == 2
    assert "memory" in capsys.readouterr().err


def test_ctrl_c_outside_a_run_ends_silently(capsys, monkeypatch):
    def interrupted(seed):
        raise KeyboardInterrupt

    monkeypatch.setattr(self_check, "checks", interrupted)
    assert main(["check"]) == 130
    assert capsys.readouterr().err == ""

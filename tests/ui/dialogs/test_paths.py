import pytest

from nntui.ui.dialogs.paths import common_beginning, completions


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("moons.toml", "moons-2.toml", "points.csv", ".hidden.toml", "bad\x1b[31m.toml"):
        (tmp_path / name).touch()
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "deep.toml").touch()
    return tmp_path


def texts(typed, *suffixes):
    return [one.text for one in completions(typed, suffixes)]


def test_files_of_the_kind_and_directories_are_listed(folder):
    assert texts("", ".toml") == ["moons-2.toml", "moons.toml", "more/"]
    assert texts("m", ".toml", ".csv") == ["moons-2.toml", "moons.toml", "more/"]
    assert texts("p", ".csv") == ["points.csv"]


def test_hidden_files_are_listed_when_asked_for(folder):
    assert texts(".h", ".toml") == [".hidden.toml"]


def test_directories_are_looked_into(folder):
    assert texts("more/", ".toml") == ["more/deep.toml"]
    assert texts(f"{folder}/more/d", ".toml") == [f"{folder}/more/deep.toml"]


def test_the_home_directory_may_be_written_short(folder, monkeypatch):
    monkeypatch.setenv("HOME", str(folder))

    assert texts("~/more/", ".toml") == ["~/more/deep.toml"]


@pytest.mark.parametrize("typed", ["nowhere/x", "points.csv/", "a\0b/", "~nobody-of-this-name/"])
def test_what_cannot_be_listed_has_nothing_in_it(folder, typed):
    assert texts(typed, ".toml") == []


def test_the_common_beginning_is_typed(folder):
    assert common_beginning(completions("m", (".toml",)), "m") == "mo"
    assert common_beginning(completions("moons", (".toml",)), "moons") == "moons"
    assert common_beginning(completions("moons.", (".toml",)), "moons.") == "moons.toml"
    assert common_beginning((), "x") == "x"

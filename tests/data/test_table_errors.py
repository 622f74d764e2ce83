"""Bad CSV files: each message names the file, the place, what was found and what to do."""

import os
from pathlib import Path

import pytest

from nntui.data.table import read_points, read_table
from nntui.errors import DataError


def message_of(path, **settings):
    with pytest.raises(DataError) as error:
        read_table(path, **settings)
    message = str(error.value)
    assert message.isprintable()
    return message


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", ["empty"]),
        ("\n\n  \n", ["empty"]),
        (b"\xef\xbb\xbf", ["empty"]),
        ("a,b,label\n", ["header", "no rows"]),
        ("a,b,label\n1,2,x\n", ["one row", "at least 2"]),
        ("1,2,x\n", ["one row"]),
        ("a,label\n1,x\nNA,y\n", ["2 rows", "1 of them", "at least 2"]),
        ("a,b,label\n1,2,x\n3,4,x\n", ["one class", "x", '"label"']),
        ("a,label\n1,7\n2,7\n", ["one class", "7"]),
        ("a,b,label\n1,2,x\n3,tall,y\n", ["line 3", '"b"', '"tall"', "number", "data.columns"]),
        ("a,label\n1,x\n\n1_000,y\n", ["line 4", '"a"', '"1_000"']),
        ("a,label\n1,x\n١,y\n", ["line 3", '"a"', "number"]),
        ("a,label\n1,x\n0x10,y\n", ["line 3", '"0x10"']),
        ("a;label\n1,5;x\n2,5;y\n", ["line 2", '"1,5"', "decimal point"]),
        ("a,b,label\n1,2,x\n3,y\n", ["line 3", "2 cells", "expected 3", "line 1"]),
        ("a,b,label\n1,2,x\n3,4,5,y\n", ["line 3", "4 cells", "expected 3"]),
        ('a,b\n"1\n",2,3\n', ["line 2", "3 cells"]),
        ("a,label\n1,x\nnan,y\n", ["line 3", '"a"', '"nan"', "finite"]),
        ("a,label\n1,x\n-Infinity,y\n", ["line 3", '"-Infinity"', "finite"]),
        ("a,y\n1,0.5\n2,inf\n", ["line 3", '"y"', '"inf"', "finite"]),
        ("a,y\n1,u\n2,NaN\n3,v\n", ["line 3", '"NaN"', "finite"]),
        ("a,label\n1,x\n1e999,y\n", ["line 3", '"1e999"', "too large"]),
        ("a,b,a\n1,2,x\n3,4,y\n", ["line 1", "two columns", '"a"']),
        ("a\n1\n2\n", ["one column"]),
        (b"a,label\n1,x\n2,\x00\n", ["line 3", "control character", "\\x00"]),
        (b"a,label\n1,\x1b[31mred\n2,y\n", ["line 2", "control character", "\\x1b"]),
        (b"\x89PNG\r\n\x1a\n\x00\x00", ["line 1", "0x89", "UTF-8"]),
        (b"a,label\n1,caf\xe9\n2,y\n", ["line 2", "0xe9", "UTF-8"]),
        ("a,label\n1,x\n".encode("utf-16"), ["line 1", "UTF-8"]),
        ('a,label\n1,x\n2,"y\n3,z\n', ["line 3", "not CSV", "quotation mark"]),
        ('a,label\n1,"x"y\n2,z\n', ["line 2", "not CSV"]),
        ("a,b,label\n" + "1,2,x\n" * 40 + "3\n", ["line 42", "1 cell,", "expected 3"]),
    ],
)
def test_bad_contents(write, content, words):
    message = message_of(write(content))
    assert "flowers.csv" in message
    for word in words:
        assert word in message


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"label": "specis"}, ["data.label", '"specis"', 'Did you mean "species"?', "a, b"]),
        ({"label": "2"}, ["data.label", '"2"']),
        ({"columns": ("a", "d")}, ["data.columns", '"d"', "a, b"]),
        ({"columns": ("a", "species")}, ["data.columns", '"species"', "is the label"]),
        ({"columns": ("a", "a")}, ["data.columns", '"a"', "twice"]),
        ({"task": "regression"}, ["line 2", '"species"', '"x"', "data.task"]),
    ],
)
def test_settings_that_do_not_fit_the_file(write, settings, words):
    message = message_of(write("a,b,species\n1,2,x\n3,4,y\n"), **settings)
    for word in words:
        assert word in message


@pytest.mark.parametrize("label", ["0", "4", "kind", "-1", "²", "9" * 5000])
def test_a_label_number_outside_the_file(write, label):
    message = message_of(write("1,2,x\n3,4,y\n"), label=label)
    assert "data.label" in message
    assert "from 1 to 3" in message
    assert len(message) < 400


def test_long_lists_and_cells_are_cut(write, tmp_path):
    names = ",".join(f"measurement_{number}" for number in range(300))
    values = ",".join(["1"] * 300)
    message = message_of(write(f"{names}\n{values}\n{values}\n"), label="kind")
    assert "(300 in all)" in message
    assert len(message) < 500 + len(str(tmp_path))
    cell = "long " * 100
    message = message_of(write(f"a,label\n1,x\n{cell},y\n"))
    assert len(message) < 300 + len(str(tmp_path))


def test_a_missing_file(tmp_path):
    assert "no such file" in message_of(tmp_path / "none.csv")


def test_a_directory(tmp_path):
    assert "a directory" in message_of(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes by name")
def test_a_pipe_or_device_is_refused_without_waiting(tmp_path):
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    assert "device or pipe" in message_of(pipe)
    assert "device or pipe" in message_of("/dev/zero")


def test_a_file_that_may_not_be_read(write, monkeypatch):
    path = write("a,label\n1,x\n2,y\n")

    def refuse(*_args, **_keywords):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    message = message_of(path)
    assert "flowers.csv" in message
    assert "Permission denied" in message


@pytest.mark.parametrize("name", ["a\0b.csv", "x" * 5000 + ".csv", "\x1b[2J.csv"])
def test_impossible_and_hostile_file_names(name):
    message_of(name)


def test_a_line_of_200_megabytes_is_not_read_to_its_end(tmp_path):
    path = tmp_path / "long.csv"
    with path.open("wb") as file:
        file.write(b"a,label\n1,x\n" + b"1" * 2_000_000)
        file.truncate(200_000_000)
    message = message_of(path)
    assert "line 3" in message
    assert "1,000,000 bytes" in message


def test_a_long_line_cut_inside_a_character_is_still_called_long(write):
    assert "longer than" in message_of(write("é" * 600_000))


def test_problems_in_columns_that_are_not_used_do_not_matter(write):
    path = write("name,a,b,label\nRex,1,nan,x\nMia,2,1e999,y\n")
    dataset = read_table(path, columns=("a",), label="label")
    assert dataset.inputs.tolist() == [[1.0], [2.0]]


class TestPoints:
    """Points to predict for."""

    def test_columns_are_found_by_name_whatever_the_order(self, write):
        path = write("b,name,a\n2,Rex,1\n4,Mia,3\n")
        assert read_points(path, ("a", "b")).tolist() == [[1.0, 2.0], [3.0, 4.0]]

    def test_without_header_columns_are_taken_in_order(self, write):
        assert read_points(write("1;2\n"), ("a", "b")).tolist() == [[1.0, 2.0]]

    def test_one_column(self, write):
        assert read_points(write("a\n1\n\n2\n"), ("a",)).tolist() == [[1.0], [2.0]]

    def test_a_header_can_be_forced(self, write):
        assert read_points(write("1,2\n5,6\n"), ("2",), header=True).tolist() == [[6.0]]

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            ("a,d,e\n1,2,3\n", ["not found", "b, c", "a, d, e"]),
            ("1,2\n", ["2 columns", "expected 3", "a, b, c"]),
            ("1,2,3,4\n", ["4 columns", "expected 3"]),
            ("a,b,c\n1,2,nan\n", ["line 2", '"c"', '"nan"']),
            ("a,b,c\n1,2,tall\n", ["line 2", '"c"', '"tall"']),
            ("a,b,c\n", ["no rows"]),
            ("", ["empty"]),
        ],
    )
    def test_points_that_do_not_fit(self, write, content, words):
        with pytest.raises(DataError) as error:
            read_points(write(content), ("a", "b", "c"))
        for word in [*words, "flowers.csv"]:
            assert word in str(error.value)

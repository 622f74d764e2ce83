"""Reading data sets from CSV files: what is guessed, and what can be said."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.strategies import floats, lists

from nntui.data.table import read_points, read_table
from nntui.errors import DataError

PLAIN = "a,b,species\n1,2,rose\n3,4,lily\n5,6,rose\n"


def check_plain(dataset):
    assert dataset.inputs.tolist() == [[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]
    assert dataset.inputs.dtype == np.float64
    assert dataset.input_names == ("a", "b")
    assert dataset.class_names == ("lily", "rose")
    assert dataset.targets.tolist() == [1, 0, 1]
    assert dataset.targets.dtype == np.int64
    assert dataset.target_name == "species"
    assert dataset.task == "classification"
    assert dataset.dropped_rows == 0


def test_a_plain_file(write):
    dataset = read_table(write(PLAIN))
    check_plain(dataset)
    assert dataset.name == "flowers.csv"
    assert len(dataset) == 3


@pytest.mark.parametrize(
    "content",
    [
        PLAIN.replace(",", ";"),
        PLAIN.replace(",", "\t"),
        PLAIN.replace("\n", "\r\n"),
        PLAIN.replace("\n", "\r"),
        b"\xef\xbb\xbf" + PLAIN.encode(),
        PLAIN.replace("\n", "\n\n") + "\n  \n",
        "\n" + PLAIN,
        PLAIN.rstrip(),
        PLAIN.replace(",", " , "),
        '"a","b","species"\n"1","2","rose"\n"3",4,"lily"\n5,6,rose\n',
        PLAIN.replace("rose", ' "rose"').replace("2", ' "2"'),
    ],
    ids=[
        *("semicolons", "tabs", "crlf", "old mac", "byte order mark", "blank lines"),
        *("blank first", "no line end at the end", "spaces", "quotes", "quotes after spaces"),
    ],
)
def test_dialects_of_csv(write, content):
    check_plain(read_table(write(content)))


def test_quoted_cells_may_hold_delimiters_quotes_and_line_ends(write):
    content = 'a,"b, in ""cm""",kind\n1,2,"x;\ny"\n3,4,"z, w"\n'
    dataset = read_table(write(content))
    assert dataset.input_names == ("a", 'b, in "cm"')
    assert dataset.class_names == ("x; y", "z, w")


def test_a_text_with_semicolons_does_not_fool_the_guess(write):
    dataset = read_table(write("a,b,kind\n1,2,x;y\n3,4,z\n"))
    assert dataset.class_names == ("x;y", "z")


def test_without_header_columns_are_numbered(write):
    dataset = read_table(write("5.1,3.5,setosa\n7.0,3.2,versicolor\n"))
    assert dataset.input_names == ("x1", "x2")
    assert dataset.target_name == "label"
    assert len(dataset) == 2


def test_without_header_a_regression_target_is_called_target(write):
    dataset = read_table(write("1,2.5\n2,3.5\n"))
    assert dataset.target_name == "target"
    assert dataset.targets.tolist() == [2.5, 3.5]


def test_without_header_the_label_is_chosen_by_number(write):
    dataset = read_table(write("1,10,0.5\n0,20,0.25\n1,30,0.125\n"), label="1")
    assert dataset.targets.tolist() == [1, 0, 1]
    assert dataset.input_names == ("x1", "x2")
    assert dataset.inputs.tolist() == [[10.0, 0.5], [20.0, 0.25], [30.0, 0.125]]


def test_a_missing_value_in_the_first_row_does_not_make_it_a_header(write):
    dataset = read_table(write("NA,NA,rose\n1,2,lily\n3,4,rose\n"))
    assert len(dataset) == 2
    assert dataset.dropped_rows == 1


def test_the_header_can_be_forced(write):
    with_numbers = "1,2,kind\n5,6,x\n7,8,y\n"
    dataset = read_table(write(with_numbers), header=True)
    assert dataset.input_names == ("1", "2")
    words = "u,v\nw,u\n"
    assert read_table(write("0.5,u\n0.25,w\n"), header=False).class_names == ("u", "w")
    with pytest.raises(DataError, match="line 1"):
        read_table(write(words), header=False)


def test_an_unnamed_column_of_row_numbers_gets_a_name(write):
    dataset = read_table(write(",a,kind\n0,5,x\n1,6,y\n"))
    assert dataset.input_names == ("column_1", "a")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("kind,Label,b\n1,0,2\n3,1,4\n", "Label"),
        ("y,b,c\n0,1,2\n1,3,4\n", "y"),
        ("a,name,c\n1,u,2\n3,v,4\n", "name"),
        ("a,b,c\n1,0,2\n3,1,4\n", "c"),
        ("y,class,c\n1,0,2\n3,1,4\n", "class"),
    ],
)
def test_the_label_is_guessed(write, content, expected):
    assert read_table(write(content)).target_name == expected


def test_the_label_can_be_said(write):
    dataset = read_table(write("a,b,c\n1,0,2\n3,1,4\n"), label="a")
    assert dataset.target_name == "a"
    assert dataset.input_names == ("b", "c")


@pytest.mark.parametrize(
    ("labels", "class_names"),
    [
        (["10", "9", "2", "9"], ("2", "9", "10")),
        (["1.0", "0.0", "1.0"], ("0", "1")),
        (["-1", "1", "1"], ("-1", "1")),
        (["b", "B", "a"], ("B", "a", "b")),
        (["1", "two", "1"], ("1", "two")),
    ],
)
def test_text_and_whole_numbers_are_classes(write, labels, class_names):
    rows = "".join(f"{number}.5,{label}\n" for number, label in enumerate(labels))
    dataset = read_table(write("a,label\n" + rows))
    assert dataset.class_names == class_names
    names = [dataset.class_names[number] for number in dataset.targets]
    assert names == [label.removesuffix(".0") for label in labels]


@pytest.mark.parametrize(
    ("different", "rows", "task"),
    [
        (10, 1000, "classification"),
        (26, 1000, "classification"),
        (60, 1000, "regression"),
        (500, 1000, "regression"),
        (8, 10, "regression"),
        (5, 5, "classification"),
        (100, 10_000, "classification"),
    ],
)
def test_many_different_whole_numbers_are_values(write, different, rows, task):
    content = "a,label\n" + "".join(f"0.5,{number % different}\n" for number in range(rows))
    assert read_table(write(content)).task == task


def test_real_numbers_are_values(write):
    dataset = read_table(write("a,y\n1,0.5\n2,1\n3,-2e-3\n"))
    assert dataset.task == "regression"
    assert dataset.class_names == ()
    assert dataset.targets.tolist() == [0.5, 1.0, -0.002]
    assert dataset.targets.dtype == np.float64


def test_the_task_can_be_said(write):
    path = write("a,y\n1,3\n2,5\n3,3\n")
    assert read_table(path, task="regression").targets.tolist() == [3.0, 5.0, 3.0]
    path = write("a,y\n1,0.5\n2,1.5\n3,0.5\n")
    dataset = read_table(path, task="classification")
    assert dataset.class_names == ("0.5", "1.5")
    assert dataset.targets.tolist() == [0, 1, 0]


@pytest.mark.parametrize("missing", ["", "NA", "n/a", "?", "null", "None", " ", '""'])
def test_rows_with_missing_values_are_dropped_and_counted(write, missing):
    content = f"a,b,kind\n1,2,x\n{missing},4,y\n5,6,{missing}\n7,8,y\n"
    dataset = read_table(write(content))
    assert dataset.inputs.tolist() == [[1.0, 2.0], [7.0, 8.0]]
    assert dataset.targets.tolist() == [0, 1]
    assert dataset.dropped_rows == 2


def test_columns_are_chosen_and_ordered_by_name(write):
    content = "name,a,b,c,kind\nRex,1,2,NA,x\nMia,4,5,6,y\n"
    dataset = read_table(write(content), columns=("b", "a"), label="kind")
    assert dataset.input_names == ("b", "a")
    assert dataset.inputs.tolist() == [[2.0, 1.0], [5.0, 4.0]]
    assert dataset.dropped_rows == 0


def test_columns_without_header_are_chosen_by_their_numbers(write):
    dataset = read_table(write("0.5,1.5,2.5,u\n3.5,4.5,5.5,v\n"), columns=("x3", "x1"))
    assert dataset.input_names == ("x3", "x1")
    assert dataset.inputs.tolist() == [[2.5, 0.5], [5.5, 3.5]]


@pytest.mark.parametrize("cell", ["1", "+1", "-1.5", ".5", "5.", "1e3", "1E-3", "007"])
def test_numbers_as_csv_files_write_them(write, cell):
    # The missing value sends the second column through the careful reader as well.
    dataset = read_table(write(f"a,b,k\n{cell},{cell},x\n{cell},NA,y\n{cell},{cell},y\n"))
    assert dataset.inputs.tolist() == [[float(cell)] * 2] * 2


@given(rows=lists(lists(floats(allow_nan=False, allow_infinity=False), min_size=3, max_size=3)))
def test_every_float_is_read_exactly(tmp_path_factory, rows):
    rows = [*rows, [0.0, 0.1, 0.5], [1.0, 2.0, 0.25]]
    path = tmp_path_factory.mktemp("floats") / "points.csv"
    path.write_text("".join(",".join(map(repr, row)) + "\n" for row in rows))
    dataset = read_table(path, task="regression")
    assert dataset.inputs.tolist() == [row[:2] for row in rows]
    assert dataset.targets.tolist() == [row[2] for row in rows]


@given(content=st.binary(max_size=300) | st.text(alphabet='01.,;\t\n\r"aNn-?é\x1b', max_size=80))
@example(content='\t""0')  # The csv module quotes the separator, which does not print.
def test_no_file_ends_in_a_traceback(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("fuzz") / "points.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    try:
        dataset = read_table(path)
    except DataError as error:
        assert str(error).isprintable()
        assert "points.csv" in str(error)
    else:
        assert np.isfinite(dataset.inputs).all()
        assert len(dataset.targets) == len(dataset.inputs) >= 2


def test_points_with_a_missing_value_have_nan_there(write):
    points = read_points(write("a,b\n1,2\n,3\n4,NA\n"), ("a", "b"))
    np.testing.assert_array_equal(points, [[1, 2], [np.nan, 3], [4, np.nan]])


@pytest.mark.parametrize(
    ("names", "label"),
    [("x,y,kind", "kind"), ("a,y,b", "y"), ("y,a,b", "y"), ("class,y,b", "class")],
)
def test_a_column_y_is_the_label_only_where_it_is_no_coordinate(write, names, label):
    table = read_table(write(f"{names}\n1,2,0\n2,1,1\n3,2,0\n4,1,1\n"))
    assert table.target_name == label


def test_large_whole_numbers_stay_different_classes(write):
    rows = "".join(f"{row},{10**20 + row % 2}\n" for row in range(8))
    dataset = read_table(write("a,k\n" + rows))
    assert dataset.class_names == (str(10**20), str(10**20 + 1))


def test_an_empty_column_is_named_where_it_leaves_no_row(write):
    with pytest.raises(DataError, match=r"column b\.") as caught:
        read_table(write("a,b,k\n1,,x\n2,,y\n"))
    assert "0 of them" in str(caught.value)

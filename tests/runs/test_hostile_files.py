"""Nothing in a run's file is trusted: it is read whole, or refused with a clear message."""

import json
import os
import socket
import struct

import msgspec
import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from safetensors.numpy import load_file, save_file

from nntui.errors import NntuiError, RunError
from nntui.runs import tensor_reader
from nntui.runs.folder import RUN_FILE
from nntui.runs.packing import KEY
from nntui.runs.resume import resume
from nntui.runs.run_file import load_run, read_summary
from nntui.training.history import MOST_SAMPLES

DELETED = object()


@pytest.fixture
def file(folder):
    return folder / RUN_FILE


@pytest.fixture
def changed(file):
    """Return a function that writes the run again, with other tensors or other text."""

    def change(tensors=None, text=None, **values):
        found = {**load_file(file), **(tensors or {})}
        found = {name: tensor for name, tensor in found.items() if tensor is not DELETED}
        metadata = text_of(file)
        for path, value in values.items():
            *parents, last = path.split("__")
            table = metadata
            for parent in parents:
                table = table[parent]
            if value is DELETED:
                del table[last]
            else:
                table[last] = value
        save_file(found, file, {KEY: json.dumps(metadata) if text is None else text})
        return file.parent

    return change


def text_of(file):
    content = file.read_bytes()
    (size,) = struct.unpack("<Q", content[:8])
    return json.loads(json.loads(content[8 : 8 + size])["__metadata__"][KEY])


def with_header(file, change):
    """Write the file again with a header that a function has changed."""
    content = file.read_bytes()
    (size,) = struct.unpack("<Q", content[:8])
    header = json.loads(content[8 : 8 + size])
    change(header)
    text = json.dumps(header).encode()
    file.write_bytes(struct.pack("<Q", len(text)) + text + content[8 + size :])


def refusal(folder):
    """Return what is said of a run that cannot be brought back."""
    with pytest.raises(NntuiError) as raised:
        resume(load_run(folder))
    message = str(raised.value)
    assert "\x1b" not in message
    assert len(message) < 600
    return message


class TestDamage:
    def test_every_cut_is_told(self, file):
        content = file.read_bytes()
        for size in [*range(0, 64, 7), len(content) // 2, len(content) - 1]:
            file.write_bytes(content[:size])
            assert RUN_FILE in refusal(file.parent) or file.parent.name in refusal(file.parent)

    def test_more_than_a_run_is_told(self, file):
        file.write_bytes(file.read_bytes() + b"\0")
        assert "damaged" in refusal(file.parent)

    @pytest.mark.parametrize("content", [b"", b"{}", b"\x80\x04pickled", b"\xff" * 100, b"\0" * 9])
    def test_something_else_is_told(self, file, content):
        file.write_bytes(content)
        assert "run" in refusal(file.parent)

    def test_a_model_file_is_no_run(self, file):
        save_file({"layers.0.weight": np.zeros(3, np.float32)}, file, {"nntui": "{}"})
        assert "something else" in refusal(file.parent)

    @settings(
        max_examples=150,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(place=st.floats(0, 1), byte=st.integers(0, 255), near_the_text=st.booleans())
    @example(place=0.0, byte=255, near_the_text=True)
    def test_any_byte_may_be_wrong(self, small_content, tmp_path, place, byte, near_the_text):
        content = bytearray(small_content)
        (size,) = struct.unpack("<Q", content[:8])
        content[int(place * ((8 + size if near_the_text else len(content)) - 1))] = byte
        (tmp_path / RUN_FILE).write_bytes(content)
        try:
            resume(load_run(tmp_path)).recorded()
        except NntuiError as error:
            assert "\x1b" not in str(error)

    @pytest.fixture
    def small_content(self, file):
        return file.read_bytes()


class TestHeader:
    def test_a_huge_header_is_not_read(self, file):
        with file.open("r+b") as opened:
            opened.write(struct.pack("<Q", tensor_reader.LARGEST_HEADER + 1))
            opened.truncate(2 * tensor_reader.LARGEST_HEADER)
        assert "header" in refusal(file.parent)

    def test_a_huge_file_is_not_read(self, file):
        with file.open("r+b") as opened:
            opened.truncate(tensor_reader.LARGEST_FILE + 1)  # A hole, which takes no room.
        assert f"{tensor_reader.LARGEST_FILE:,}" in refusal(file.parent)

    @pytest.mark.parametrize(
        ("entry", "message"),
        [
            ({"shape": [2**62, 2**62]}, "size"),
            ({"shape": [-1, -1]}, "size"),
            ({"data_offsets": [0, 2**60]}, "size"),
            ({"data_offsets": [-4, 0]}, "size"),
            ({"dtype": "F16"}, "type"),
            ({"dtype": "\x1b[2J"}, "type"),
            ({"shape": "all"}, "damaged"),
            ({"more": 1}, "damaged"),
        ],
    )
    def test_a_wrong_description_is_told(self, file, entry, message):
        with_header(file, lambda header: header["state.parameters"].update(entry))
        assert message in refusal(file.parent)

    def test_tensors_that_share_their_bytes_are_told(self, file):
        def overlap(header):
            header["history.series"]["data_offsets"] = [0, 4 * 8 * 5]
            header["history.series"]["shape"] = [4, 5]

        with_header(file, overlap)
        assert "begin" in refusal(file.parent) or "damaged" in refusal(file.parent)

    def test_deep_nesting_is_told(self, file):
        text = b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}"
        file.write_bytes(struct.pack("<Q", len(text)) + text)
        assert refusal(file.parent)


class TestTensors:
    @pytest.mark.parametrize(
        "name",
        ["state.parameters", "state.optimizer", "history.places", "spreads.quantiles"],
    )
    def test_each_has_to_be_there(self, changed, name):
        assert name in refusal(changed({name: DELETED}))

    @pytest.mark.parametrize(
        ("name", "tensor"),
        [
            ("state.parameters", np.zeros(3, np.float32)),
            ("state.parameters", np.zeros(54, np.float64)),
            ("state.optimizer", np.zeros((1, 54), np.float32)),
            ("history.places", np.zeros((2, 3), np.int64)),
            ("history.places", np.zeros((), np.int64)),
            ("history.places", np.zeros((2, MOST_SAMPLES + 1), np.int64)),
            ("spreads.steps", np.zeros(200, np.int64)),
            ("spreads.quantiles", np.zeros((4, 9, 2, 17), np.float32)),
        ],
    )
    def test_each_has_to_fit_the_experiment(self, changed, name, tensor):
        assert name.split(".")[0] in refusal(changed({name: tensor}))

    def test_no_other_is_taken(self, changed):
        assert "other" in refusal(changed({"other\x1b[2J": np.zeros(3)}))

    @pytest.mark.parametrize(
        "steps", [[3, 0, 6, 9], [0, 3, 3, 6], [-1, 3, 6, 9], [0, 3, 6, 11], [0, 3, -(2**63), 2**62]]
    )
    def test_a_history_has_to_be_in_order(self, changed, file, steps):
        places = load_file(file)["history.places"]
        count = places.shape[1]
        places[0, -4:] = steps
        places[0, : count - 4] = 0
        series = load_file(file)["history.series"]
        tensors = {"history.places": places[:, -4:].copy(), "history.series": series[:, -4:].copy()}
        assert "order" in refusal(changed(tensors))

    def test_parameters_that_are_not_finite_are_a_run_that_has_diverged(self, changed, file):
        parameters = load_file(file)["state.parameters"]
        parameters[3] = np.nan
        run = resume(load_run(changed({"state.parameters": parameters}))).recorded()
        assert run.divergence is not None


class TestText:
    @pytest.mark.parametrize(
        ("key", "value", "message"),
        [
            ("format", 99, "newer"),
            ("format", 0, "format"),
            ("format", "1", "damaged"),
            ("state", DELETED, "state"),
            ("surprise", 1, "surprise"),
            ("experiment", {"layers": 3}, "layers"),
            ("experiment__seed", -1, "seed"),
            ("experiment__layers", [{"units": 65536}] * 100, "state.parameters"),
            ("data__units", 2**40, "units"),
            ("data__units", 5, "state.parameters"),
            ("data__fingerprint", "abc", "fingerprint"),
            ("data__train_points", 0, "train_points"),
            ("state__slots", ["velocity"], "slots"),
            ("state__steps", -1, "steps"),
            ("state__steps", 1.5, "steps"),
            ("state__steps", 2**70, "damaged"),
            ("state__optimizer_steps", 11, "optimizer_steps"),
            ("state__epochs", 11, "epochs"),
            ("state__points", 30, "points"),
            ("state__dropping__bit_generator", "MT19937", "bit_generator"),
            ("state__dropping__inc", "2", "inc"),
            ("state__dropping__state", str(2**128), "2^128"),
            ("state__dropping__state", "-1", "damaged"),
            ("state__dropping__state", "9" * 5000, "damaged"),
            ("state__dropping__uinteger", 2**32, "uinteger"),
            ("state__dropping__has_uint32", 2, "has_uint32"),
            ("stride", 0, "stride"),
            ("marks", [[99, "later"]], "marks"),
            ("marks", [[1, "x"]] * 1001, "damaged"),
            ("saved_at", 1e300, "damaged"),
            ("name", "x" * 1000, "damaged"),
            ("limits__reached", ["lunch"], "lunch"),
            ("limits__until", [{"metric": "__class__", "comparison": "<", "value": 1}], "metric"),
            ("limits__until", [{"metric": "train_loss", "comparison": "!", "value": 1}], "metric"),
        ],
    )
    def test_what_is_wrong_is_told(self, changed, key, value, message):
        assert message in refusal(changed(**{key: value}))

    def test_a_text_that_is_no_json_is_told(self, changed):
        assert "damaged" in refusal(changed(text="{"))

    def test_escape_sequences_reach_nobody(self, changed):
        folder = changed(
            name="\x1b]0;owned\x07",
            version="\x1b[2J",
            marks=[[3, "\x1b[31mred"]],
            stopped_by="\x9b",
        )
        saved, summary = load_run(folder), read_summary(folder)
        texts = [saved.label.name, saved.label.version, saved.stopped_by, summary.label.name]
        texts += [label for _, label in saved.history.marks]
        assert all(text.isprintable() for text in texts)
        assert "owned" in saved.label.name

    @settings(
        max_examples=100,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(data=st.data())
    def test_any_value_may_be_another(self, changed, original_text, data):
        text = msgspec.json.decode(original_text)
        table = text
        while True:
            key = data.draw(st.sampled_from(sorted(table)))
            if not isinstance(table[key], dict) or not table[key] or data.draw(st.booleans()):
                break
            table = table[key]
        leaves = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
        table[key] = data.draw(leaves | st.lists(leaves, max_size=3))
        try:
            run = load_run(changed(text=json.dumps(text)))
        except RunError:
            return
        assert run.state.steps >= 0

    @pytest.fixture
    def original_text(self, file):
        return json.dumps(text_of(file))


class TestTheFolder:
    def test_a_link_out_of_it_is_not_followed(self, file, tmp_path):
        elsewhere = tmp_path / "elsewhere"
        file.rename(elsewhere)
        file.symlink_to(elsewhere)
        assert "link" in refusal(file.parent)

    def test_the_folder_itself_may_be_a_link(self, folder, tmp_path):
        link = tmp_path / "link"
        link.symlink_to(folder)
        assert load_run(link).state.steps == 10

    def test_a_pipe_does_not_make_it_wait(self, file):
        file.unlink()
        os.mkfifo(file)
        assert "device" in refusal(file.parent)

    def test_a_socket_and_a_folder_are_told(self, file, tmp_path, monkeypatch):
        file.unlink()
        file.mkdir()
        assert "folder" in refusal(file.parent)
        file.rmdir()
        monkeypatch.chdir(file.parent)  # The name of a socket is short.
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(file.name)
            assert "device" in refusal(file.parent)

    def test_a_folder_without_a_run_is_told(self, tmp_path):
        assert "without" in refusal(tmp_path)
        assert "nothing" in refusal(tmp_path / "missing")
        (tmp_path / "file").write_text("")
        assert "a file" in refusal(tmp_path / "file")
        assert refusal("a\0b")

    def test_a_file_that_shrinks_while_it_is_read_is_told(self, file, monkeypatch):
        read = tensor_reader.TensorReader.read

        def shrink_and_read(self, name):
            os.truncate(file, 5000)
            return read(self, name)

        monkeypatch.setattr(tensor_reader.TensorReader, "read", shrink_and_read)
        assert "shorter" in refusal(file.parent)

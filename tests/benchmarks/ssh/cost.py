"""Find out what the app's bytes are spent on, and what other ways of writing them would save.

    python tests/benchmarks/ssh/cost.py
    python tests/benchmarks/ssh/cost.py --views network --colorterm '' --seconds 20

The app trains in a terminal without a link; its output is kept, and taken apart afterwards. What
an idea would save is counted on that very output.
"""

import argparse
import re
import sys
import zlib
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "terminal"))
sys.path.insert(0, str(Path(__file__).parents[1] / "app"))

from figures import laid_out
from views import VIEWS
from watched_app import WatchedApp

SEQUENCE = re.compile(r"\x1b\[[<=>?]?[\d;:]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b.")
FRAME_END = "\x1b[?2026l"
SGR = re.compile(r"\x1b\[([\d;]*)m")
MOTION = re.compile(r"\x1b\[[\d;]*[ABCDHG]|\r")
TRUECOLOR = re.compile(r"([34])8;2;(\d+);(\d+);(\d+)")


class Recorder(WatchedApp):
    """The app, whose output is kept.

    Attributes:
        recorded: What it has written.
    """

    recorded = b""

    def _show(self, output: bytes) -> None:
        self.recorded += output
        super()._show(output)


def pieces(text: str) -> list[tuple[str, str]]:
    """Take output apart: the kind of each piece, and the piece."""
    found, position = [], 0
    for token in SEQUENCE.finditer(text):
        found += _texts(text[position : token.start()])
        found.append((_kind(token[0]), token[0]))
        position = token.end()
    return found + _texts(text[position:])


def _texts(text: str) -> list[tuple[str, str]]:
    found = []
    for part in re.findall(r" +|[^ -~\r\n]+|[!-~]+|[\r\n]+", text):
        kinds = {" ": "spaces", "\r": "motions", "\n": "motions"}
        kind = "letters, digits" if "!" <= part[0] <= "~" else "glyphs"
        found.append((kinds.get(part[0], kind), part))
    return found


def _kind(sequence: str) -> str:
    if SGR.fullmatch(sequence):
        colours = TRUECOLOR.findall(sequence) or "8;5;" in sequence
        return "colours" if colours else "other styles"
    if MOTION.fullmatch(sequence):
        return "motions"
    return "frame marks" if "2026" in sequence else "questions, modes"


def size(text: str) -> int:
    """Count the bytes of a text."""
    return len(text.encode())


def indexed(text: str) -> str:
    """Write colours as numbers of the 256 (here all as long as the longest number)."""
    return TRUECOLOR.sub(r"\g<1>8;5;100", text)


def one_character_for_half_blocks(text: str) -> str:
    """Write a space of one colour where a half block has the same colour above and below.

    Only the count matters here: all half blocks are written as if they were one byte.
    """
    return text.replace("▀", "#")


def repeated(text: str) -> str:
    """Write REP (ECMA-48, 8.3.103) instead of a run of equal glyphs."""
    return re.sub(
        r"([^\x00-\x1f])\1{3,}",
        lambda run: min(run[0], f"{run[1]}\x1b[{len(run[0]) - 1}b", key=size),
        text,
    )


def without_motions(text: str) -> str:
    """Leave out all motions: the least that could be saved by none at all."""
    return MOTION.sub("", text)


def without_one_colour(text: str) -> str:
    """Set one of the two colours where both are set, as whole blocks would need."""
    return re.sub(r"(\x1b\[)(?:38;2;[\d;]*?;)(48;2;)", r"\1\2", text)


IDEAS: dict[str, Callable[[str], str]] = {
    "256 colours for truecolor": indexed,
    "glyphs of half blocks in one byte": one_character_for_half_blocks,
    "REP for runs of equal glyphs": repeated,
    "no motions at all (a bound)": without_motions,
    "one colour a change, not two (a bound)": without_one_colour,
}
"""Other ways of writing the same."""


def compressed(text: str, level: int) -> int:
    """Count the bytes that ``ssh -C`` sends: the stream, flushed after each frame."""
    stream, count = zlib.compressobj(level), 0
    for frame in text.split(FRAME_END):
        count += len(stream.compress(frame.encode()) + stream.flush(zlib.Z_PARTIAL_FLUSH))
    return count


def report(name: str, text: str, seconds: float) -> Iterable[tuple[str, ...]]:
    """Tell what the output of one view consists of, and what it could be."""
    total, frames = size(text), max(text.count(FRAME_END), 1)
    bytes_of, count_of = Counter[str](), Counter[str]()
    for kind, piece in pieces(text):
        bytes_of[kind] += size(piece)
        count_of[kind] += 1
    rate = f"{total / seconds / 1000:.1f} kB/s, {frames / seconds:.1f} frames/s"
    yield name, "all", f"{total / frames:,.0f}", "100 %", rate
    for kind, count in bytes_of.most_common():
        each = f"{count_of[kind] / frames:.0f} a frame, {count / count_of[kind]:.1f} bytes each"
        yield name, kind, f"{count / frames:,.0f}", f"{100 * count / total:.0f} %", each
    for idea, change in IDEAS.items():
        less = size(change(text))
        yield name, f"if: {idea}", f"{less / frames:,.0f}", f"{100 * less / total:.0f} %", ""
    for level in (1, 6):
        less = compressed(text, level)
        what = f"if: compressed (zlib, level {level})"
        yield name, what, f"{less / frames:,.0f}", f"{100 * less / total:.0f} %", ""


def main() -> int:
    parser = argparse.ArgumentParser(description="What the app's bytes are spent on.")
    parser.add_argument("--views", default=",".join(VIEWS))
    parser.add_argument("--seconds", type=float, default=6.0)
    parser.add_argument("--colorterm", default="truecolor", help="the variable; or ''")
    parser.add_argument("--keep", type=Path, help="a folder for the outputs")
    arguments = parser.parse_args()
    rows = [("view", "what", "bytes a frame", "share", "note")]
    for name in arguments.views.split(","):
        with Recorder(colour=arguments.colorterm or None) as app:
            rows.append((name, "until the first picture", f"{app.bytes_seen:,}", "", ""))
            app.play()
            VIEWS[name].enter(app)
            app.spend(3.0)
            start = len(app.recorded)
            app.spend(arguments.seconds)
            text = app.recorded[start:].decode(errors="replace")
            app.pause()
            app.quit()
        rows += report(name, text, arguments.seconds)
        if arguments.keep is not None:
            (arguments.keep / f"{name}.txt").write_text(text, newline="")
    print(laid_out(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Measures how soon after a hang-up the run is saved, and everything has ended.

    python tests/benchmarks/hang_up.py

For each network it prints the seconds from the closing of the terminal to the save, and to the end
of the last process. The app trains in a pseudo-terminal.
"""

import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "terminal"))

from terminal import Terminal

from nntui.runs.folder import RUN_FILE

NETWORKS = {
    "2-32-32-3": (),
    "64-256-256-10": ("--data", "digits", "--layers", "256,256"),
    "64-1000-1000-10": ("--data", "digits", "--layers", "1000,1000"),
}


def measure(arguments: tuple[str, ...], home: Path) -> tuple[float, float]:
    """Hang up on an app that trains; return when the run was saved, and when all had ended."""
    command = [sys.executable, "-m", "nntui", *arguments]
    with Terminal(command, columns=120, rows=40, home=home) as terminal:
        terminal.wait_for(lambda screen: "epoch" in screen.lines[0] and "─╮" in screen.text)
        terminal.send(" ")
        terminal.wait_for(lambda screen: "▶ epoch" in screen.lines[0])
        terminal.wait_for(lambda screen: "▶ epoch 0 " not in screen.lines[0])
        # Files have their times from the same clock.
        began = time.time()
        terminal.hang_up()
        survivors = terminal.survivors()
        ended = time.time()
        assert not survivors
    (saved,) = home.glob(f".local/state/nntui/runs/*/{RUN_FILE}")
    return saved.stat().st_mtime - began, ended - began


def main() -> None:
    """Measure each network three times and print the longest."""
    print(f"{'network':<18}{'saved after':>14}{'all ended after':>18}")
    for name, arguments in NETWORKS.items():
        found = []
        for _ in range(3):
            with tempfile.TemporaryDirectory() as home:
                found.append(measure(arguments, Path(home)))
        saved, ended = (max(seconds) for seconds in zip(*found, strict=True))
        print(f"{name:<18}{saved:>12.2f} s{ended:>16.2f} s")


if __name__ == "__main__":
    main()

"""Measure the app at the end of real ssh links, and print the table.

    python tests/benchmarks/ssh/links.py
    python tests/benchmarks/ssh/links.py --only links --views train,network --rounds 3
    python tests/benchmarks/ssh/links.py --only rates --colorterm '' --compress

It starts a server of its own (Debian: openssh-server) on a port of this machine, connects with
``ssh -tt``, and puts a proxy between them that delays, narrows and stops the bytes. The app, the
server, the client, the proxy and the terminal share this machine, so nothing else should run. A
key's time ends when the frame that shows its effect is complete.
"""

import argparse
import os
import platform
import shlex
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "terminal"))
sys.path.insert(0, str(Path(__file__).parents[1] / "app"))

from figures import table
from link import LinkQuality
from measurements_of_links import MEASUREMENTS, Effort
from server import PROGRAM, SshServer
from ssh_app import Connection
from views import VIEWS


def main() -> int:
    parser = argparse.ArgumentParser(description="The app at the end of ssh links.")
    parser.add_argument("--only", default=",".join(MEASUREMENTS), help="what to measure")
    parser.add_argument("--views", default=",".join(VIEWS), help="of which views")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--keys", type=int, default=20, help="how many are pressed in a round")
    parser.add_argument("--seconds", type=float, default=4.0, help="how long rates are counted")
    parser.add_argument("--colorterm", default="truecolor", help="the far end's variable; or ''")
    parser.add_argument("--arguments", default="", help="nntui's, as in --arguments=--ascii")
    parser.add_argument("--compress", action="store_true", help="connect with ssh -C")
    arguments = parser.parse_args()
    names, views = arguments.only.split(","), tuple(arguments.views.split(","))
    for found, expected in ((names, MEASUREMENTS), (views, VIEWS)):
        if unknown := set(found) - set(expected):
            parser.error(f"found {', '.join(sorted(unknown))}, expected {', '.join(expected)}")
    if PROGRAM is None:
        print("Not measured: found no sshd (Debian's package is openssh-server).")
        return 0
    words = tuple(shlex.split(arguments.arguments))
    connection = Connection(
        LinkQuality(), arguments.colorterm or None, arguments.compress, arguments=words
    )
    effort = Effort(arguments.rounds, arguments.keys, arguments.seconds, views, connection)
    start, busy, figures = time.perf_counter(), os.getloadavg()[0], []
    with SshServer() as server:
        for name in names:
            for figure in MEASUREMENTS[name](server, effort):
                print(f"{figure.what}: {figure.value:.4g} {figure.unit}", file=sys.stderr)
                figures.append(figure)
    print(table(figures))
    seconds = time.perf_counter() - start
    how = f"COLORTERM={arguments.colorterm}, ssh{' -C' if arguments.compress else ''}"
    print(f"\n120x40, {how}, nntui {arguments.arguments}".rstrip() + ".")
    print(f"{platform.platform()}, {os.cpu_count()} cores.")
    print(f"Load before: {busy:.2f} (a figure above 0.5 tells little). Took {seconds:.0f} s.")
    return 0


if __name__ == "__main__":
    sys.exit(main())

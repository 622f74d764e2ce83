"""Measure the app at the end of ssh links, and many sessions at once, and print the tables.

    python -m pytest tests/benchmarks/ssh

No figure is asserted: machines differ. ``links.py`` and ``many.py`` have flags to measure longer.
"""

import os
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "terminal"))
sys.path.insert(0, str(Path(__file__).parent))

from link import LinkQuality
from proxy import Proxy
from server import PROGRAM, SshServer

HERE = Path(__file__).parent

needs_a_server = pytest.mark.skipif(
    PROGRAM is None or not sys.platform.startswith("linux"),
    reason="needs Linux and OpenSSH's sshd (Debian: apt install openssh-server)",
)


def test_the_proxy_carries_every_byte_both_ways_and_closes():
    data = bytes(range(256)) * 40
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def send_back():
            connection, _ = listener.accept()
            with connection, connection.makefile("rb") as stream:
                connection.sendall(stream.read(len(data))[::-1])

        answering = threading.Thread(target=send_back)
        answering.start()
        link = LinkQuality(round_trip=0.02, bytes_per_second=200_000, buffer=1000)
        with Proxy(listener.getsockname()[1], link) as proxy:
            with socket.create_connection(("127.0.0.1", proxy.port)) as client:
                client.sendall(data)
                with client.makefile("rb") as stream:
                    received = stream.read()
            answering.join()

    assert received == data[::-1]
    assert (proxy.to_server, proxy.to_client) == (len(data), len(data))


@needs_a_server
def test_what_a_command_writes_at_the_far_end_arrives_through_the_proxy():
    link = LinkQuality(round_trip=0.02, bytes_per_second=200_000)
    with SshServer() as server, Proxy(server.port, link) as proxy:
        done = subprocess.run(
            server.command("tty && exit 7", proxy.port),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    assert (done.stdout[:9], done.returncode) == ("/dev/pts/", 7), server.log


@needs_a_server
@pytest.mark.parametrize("script", ["links.py", "many.py"])
def test_the_tables(script, capsys):
    paths = [str(HERE.parents[2]), os.environ.get("PYTHONPATH", "")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))}
    command = [sys.executable, str(HERE / script)]
    with capsys.disabled():
        print()
        finished = subprocess.run(command, env=environment, check=False)

    assert finished.returncode == 0

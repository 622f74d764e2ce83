"""A real ssh server on this machine, with keys, settings and a port of its own.

    with SshServer() as server:
        subprocess.run(server.command("echo there", server.port))

It leaves the system's own server, its settings and the user's keys alone. It runs as the user who
starts it, and lets only that user in. Debian's package is ``openssh-server``.
"""

import os
import shutil
import socket
import subprocess
import tempfile
import threading
from pathlib import Path

PROGRAM = shutil.which("sshd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
"""The server; None where it is not installed."""

HOST = "127.0.0.1"

_PASSED_ON = "COLORTERM LANG LC_* NO_COLOR PYTHONPATH NNTUI_TEST_RUN"
"""Variables that the client sends and the server takes: what is measured, and how to find it."""

_SETTINGS = """\
ListenAddress {host}:{port}
HostKey {folder}/host
AuthorizedKeysFile {folder}/user.pub
PidFile none
UsePAM no
StrictModes no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
AllowTcpForwarding no
X11Forwarding no
PrintMotd no
PrintLastLog no
PermitUserRC no
AcceptEnv {passed_on}
"""

_LONGEST_GOODBYE = 10.0
"""Seconds."""

_SEPARATED = Path("/run/sshd")
"""An empty directory that the server wants when root starts it; its package makes it at boot."""


class SshServer:
    """An ssh server, from entering to leaving a ``with``.

    Attributes:
        port: Where it listens.
    """

    def __init__(self) -> None:
        if PROGRAM is None or shutil.which("ssh") is None:
            raise RuntimeError("found no sshd and ssh, expected OpenSSH's server and client")
        self._folder = tempfile.TemporaryDirectory()
        self._log: list[str] = []
        self.port = _free_port()
        folder = Path(self._folder.name)
        for name in ("host", "user"):
            make = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)]
            subprocess.run(make, check=True)
        settings = folder / "settings"
        settings.write_text(
            _SETTINGS.format(host=HOST, port=self.port, folder=folder, passed_on=_PASSED_ON)
        )
        host_key = (folder / "host.pub").read_text()
        (folder / "known_hosts").write_text(f"nntui-test {host_key}")
        if os.geteuid() == 0:
            _SEPARATED.mkdir(mode=0o755, exist_ok=True)
        self.process = subprocess.Popen(
            [PROGRAM, "-D", "-e", "-f", str(settings)],
            stdin=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._reader = threading.Thread(target=self._read_log, daemon=True)
        self._listens = threading.Event()
        self._reader.start()
        self._listens.wait()
        if self.process.poll() is not None:
            raise RuntimeError(f"sshd has ended:\n{self.log}")

    @property
    def log(self) -> str:
        """What the server has said."""
        return "".join(self._log)

    def __enter__(self) -> "SshServer":
        return self

    def __exit__(self, *error: object) -> None:
        self.process.terminate()
        self.process.wait()
        # The processes of connections have the log open too, until they have ended.
        self._reader.join(_LONGEST_GOODBYE)
        if self.process.stderr is not None and not self._reader.is_alive():
            self.process.stderr.close()
        self._folder.cleanup()

    def command(self, remote: str, port: int, *, compress: bool = False) -> list[str]:
        """Give the command that runs something on the server, in a terminal.

        Args:
            remote: What the user's shell on the server runs.
            port: Where to connect: to the server, or to something before it.
            compress: Whether the client asks for compression (``ssh -C``).
        """
        folder = self._folder.name
        options = {
            "IdentitiesOnly": "yes",
            "IdentityAgent": "none",
            "UserKnownHostsFile": f"{folder}/known_hosts",
            "GlobalKnownHostsFile": "none",
            "HostKeyAlias": "nntui-test",
            "StrictHostKeyChecking": "yes",
            "SendEnv": _PASSED_ON,
            "LogLevel": "ERROR",
            "Compression": "yes" if compress else "no",
        }
        words = ["ssh", "-F", "none", "-tt", "-e", "none", "-i", f"{folder}/user", "-p", str(port)]
        for name, value in options.items():
            words += ["-o", f"{name}={value}"]
        return [*words, HOST, remote]

    def _read_log(self) -> None:
        if self.process.stderr is not None:
            for line in self.process.stderr:
                self._log.append(line)
                if "Server listening" in line:
                    self._listens.set()
        self._listens.set()


def _free_port() -> int:
    with socket.socket() as one:
        one.bind((HOST, 0))
        return one.getsockname()[1]

"""The app at the far end of an ssh connection."""

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from link import LinkQuality
from proxy import Proxy
from server import SshServer
from watched_app import WatchedApp


@dataclass(frozen=True)
class Connection:
    """How the user has connected.

    Attributes:
        link: The link.
        colour: The variable COLORTERM at the far end, which ssh seldom forwards; None for none.
        compress: Whether by ``ssh -C``.
        columns: The terminal's width.
        rows: Its height.
        arguments: The app's arguments.
    """

    link: LinkQuality
    colour: str | None = "truecolor"
    compress: bool = False
    columns: int = 120
    rows: int = 40
    arguments: tuple[str, ...] = ()


class SshApp(WatchedApp):
    """The app on a server, seen through a link.

    Attributes:
        proxy: The link.
    """

    def __init__(self, server: SshServer, connection: Connection) -> None:
        self.proxy = Proxy(server.port, connection.link)

        def reached_by(command: Sequence[str], home: Path) -> Sequence[str]:
            place = shlex.quote(str(home))
            remote = f"cd {place} && HOME={place} exec {shlex.join(command)}"
            return server.command(remote, self.proxy.port, compress=connection.compress)

        super().__init__(
            connection.columns,
            connection.rows,
            arguments=connection.arguments,
            reached_by=reached_by,
            colour=connection.colour,
        )

    def close(self) -> None:
        super().close()
        self.proxy.__exit__()

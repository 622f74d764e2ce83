"""The program's start: ``nntui``, and ``python -m nntui``."""

import sys


def start() -> int:
    """Run the command line, and be quiet about Ctrl+C even before it has been imported."""
    try:
        from nntui.cli.main import main  # noqa: PLC0415 - while Ctrl+C is caught

        return main()
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(start())

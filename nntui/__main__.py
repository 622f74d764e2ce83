"""``python -m nntui`` does what ``nntui`` does."""

import sys

from nntui.cli.main import main

if __name__ == "__main__":
    sys.exit(main())

"""Let the benchmark's modules import each other, as they do when ``measure.py`` is run alone."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

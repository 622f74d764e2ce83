"""Shows an SVG picture as pixels, with a browser."""

import re
import shutil
import subprocess
import tempfile
from pathlib import Path


def as_png(svg: Path, png: Path) -> None:
    """Let chromium draw a picture; do nothing where it is not installed."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    size = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg.read_text(encoding="utf-8"))
    if browser is None or size is None:
        return
    png.parent.mkdir(parents=True, exist_ok=True)
    width, height = (round(float(number)) for number in size.groups())
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [
                browser,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
                f"--user-data-dir={profile}",
                f"--window-size={width},{height}",
                f"--screenshot={png.resolve()}",
                svg.resolve().as_uri(),
            ],
            check=True,
            capture_output=True,
        )

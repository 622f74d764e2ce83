"""What the tests of the data layer share."""

import pytest


@pytest.fixture
def write(tmp_path):
    """Return a function that writes a CSV file, text or bytes, and returns its path."""

    def write_file(content, name="flowers.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write_file

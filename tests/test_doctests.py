import doctest
import importlib
from pathlib import Path

import pytest

import nntui

PACKAGE = Path(nntui.__file__).parent
FILES = sorted(path.relative_to(PACKAGE.parent) for path in PACKAGE.rglob("*.py"))
# Importing __main__ would run the program.
MODULES = [
    ".".join(path.with_suffix("").parts).removesuffix(".__init__")
    for path in FILES
    if path.name != "__main__.py"
]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_docstrings_give_what_they_say(name):
    failed, _ = doctest.testmod(importlib.import_module(name))
    assert failed == 0


def test_the_examples_are_found():
    attempted = doctest.testmod(importlib.import_module("nntui.engine.metrics")).attempted
    assert attempted >= 3

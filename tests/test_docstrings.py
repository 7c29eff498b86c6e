"""The examples in docstrings are true: each one is run."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import channels
import knowledge
import learning

PACKAGES = (knowledge, learning, channels)
MODULES = [
    module.name for package in PACKAGES for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
]


@pytest.mark.parametrize("name", MODULES)
def test_docstring_examples_are_true(name: str) -> None:
    """Each ``Example`` of a module gives what it says."""
    module = importlib.import_module(name)

    result = doctest.testmod(module, optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)

    assert result.failed == 0


def test_docstrings_hold_examples_at_all() -> None:
    """There are examples to run, so that the test above cannot pass by finding none."""
    finder = doctest.DocTestFinder(exclude_empty=True)

    examples = [test for name in MODULES for test in finder.find(importlib.import_module(name)) if test.examples]

    assert len(examples) >= 5

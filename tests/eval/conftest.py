"""Everything is asked once; the figures stand in the summary at the end of the run."""

from __future__ import annotations

import pytest

from settings import load_settings
from tests.eval.measure import Figures, Measured, measure_all, table

FIGURES = pytest.StashKey[Figures]()


@pytest.fixture(scope="session")
def measured(pytestconfig: pytest.Config) -> Measured:
    """Give what the tutor made of every development question; trains first what is out of date."""
    found = measure_all(load_settings())
    pytestconfig.stash[FIGURES] = found.figures
    return found


@pytest.fixture(scope="session")
def figures(measured: Measured) -> Figures:
    """Give the shares that count."""
    return measured.figures


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print the figures at the end of the run."""
    if FIGURES in config.stash:
        terminalreporter.section("quality of answers (every miss: var/eval/misses.md)")
        terminalreporter.write_line(table(config.stash[FIGURES]))

"""Everything is asked once; the figures stand in the summary at the end of the run."""

from __future__ import annotations

import pytest

from settings import load_settings
from tests.eval.asking import Measured
from tests.eval.figures import Figures
from tests.eval.measure import evaluate, report
from tests.eval.report import Evaluation, table

EVALUATION = pytest.StashKey[Evaluation]()


@pytest.fixture(scope="session")
def evaluation(pytestconfig: pytest.Config) -> Evaluation:
    """Give what the tutor and the quick baselines made of every development question; trains what is out of date."""
    settings = load_settings()
    found = evaluate(settings)
    report(found, settings)
    pytestconfig.stash[EVALUATION] = found
    return found


@pytest.fixture(scope="session")
def measured(evaluation: Evaluation) -> Measured:
    """Give what was asked and parsed."""
    return evaluation.measured


@pytest.fixture(scope="session")
def figures(evaluation: Evaluation) -> Figures:
    """Give the shares that count."""
    return evaluation.figures


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print the figures at the end of the run."""
    if EVALUATION in config.stash:
        terminalreporter.section("quality of answers (every miss: var/eval/misses.md)")
        terminalreporter.write_line(table(config.stash[EVALUATION]))

"""The conversations beside this file go as they are written, and Rasa finds no fault in what it is trained on."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from commands.train import model_path, rasa_command, rasa_environment
from settings import ROOT, Settings

STORIES = ROOT / "tests" / "stories"
RUN_LIMIT_SECONDS = 300
STORIES_AT_LEAST = 18
MEANT_SO = re.compile(
    "The utterance '.+' is not used in any story or rule"  # actions say it
    "|The intent '(ask_topic|pick_option|rate_reason|edit_note|delete_note|stop_repetition)' "
    "is listed .* not found in the NLU training data"  # buttons say it
)


def _run_rasa(settings: Settings, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*rasa_command(), *words],
        cwd=ROOT,
        env=rasa_environment(settings),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        timeout=RUN_LIMIT_SECONDS,
    )


def test_stories_are_told_as_written(trained_settings: Settings, tmp_path: Path) -> None:
    """Every story gets the intents and actions that it says, from the trained model."""
    options = ["--model", str(model_path(trained_settings)), "--out", str(tmp_path), "--no-plot"]

    run = _run_rasa(
        trained_settings, "test", "core", "--e2e", "--stories", str(STORIES), "--fail-on-prediction-errors", *options
    )

    assert run.returncode == 0, run.stdout[-4000:]
    told = int(re.findall(r"Correct:\s+(\d+) / \1\b", run.stdout)[0])
    assert told >= STORIES_AT_LEAST, run.stdout[-4000:]


def test_training_data_is_found_valid(trained_settings: Settings) -> None:
    """Rasa's own checks of domain, examples, rules and stories find nothing that is not meant so."""
    data = ["--data", "bot/data", "--domain", "domain.yml", "--config", "config.yml"]

    run = _run_rasa(trained_settings, "data", "validate", *data)

    assert run.returncode == 0, run.stdout[-4000:]
    warned = re.findall(r"UserWarning: (.+)", run.stdout)
    assert [text for text in warned if not MEANT_SO.match(text)] == []

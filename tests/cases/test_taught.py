"""A conversation that went wrong becomes a test that fails, and passes once its training example is there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from commands.train import rasa_environment
from review.cases import Turn, write_examples, write_story
from settings import ROOT, Settings, load_settings

RUN_LIMIT_SECONDS = 600
MISREAD = "alright then carry on"
DOMAIN = """
version: "3.1"
intents: [greet, thank, continue_lesson]
actions: [action_continue_lesson]
responses: {utter_greet: [{text: Hello}], utter_welcome: [{text: Welcome}]}
slots: {step: {type: categorical, values: [none, card], mappings: [{type: custom}]}}
"""
CONFIG = """
recipe: default.v1
assistant_id: small
language: en
pipeline: [{name: WhitespaceTokenizer}, {name: CountVectorsFeaturizer}, {name: LogisticRegressionClassifier}]
policies: [{name: RulePolicy}]
"""
NLU = """
version: "3.1"
nlu:
- intent: greet
  examples: "- hello\\n- hi there\\n- good morning\\n"
- intent: thank
  examples: "- thanks\\n- alright then thanks\\n- thank you then\\n"
- intent: continue_lesson
  examples: "- next\\n- the next card\\n- continue\\n"
"""
RULES = """
version: "3.1"
rules:
- rule: greet
  steps: [{intent: greet}, {action: utter_greet}]
- rule: thank
  steps: [{intent: thank}, {action: utter_welcome}]
- rule: continue
  steps: [{intent: continue_lesson}, {action: action_continue_lesson}]
"""


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """Give a small assistant that takes "alright then" for thanks, with the desk's story of it."""
    for name, text in {
        "domain.yml": DOMAIN,
        "config.yml": CONFIG,
        "data/nlu.yml": NLU,
        "data/rules.yml": RULES,
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    turn = Turn(MISREAD, "thank", "card", (("utter_welcome", None),), meant="continue_lesson")
    story = write_story("from the desk", [turn], lambda intent, step: ("action_continue_lesson",))
    (tmp_path / "stories").mkdir()
    (tmp_path / "stories" / "test_desk.yml").write_text(story, encoding="utf-8")
    return tmp_path


def rasa(settings: Settings, house: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run Rasa in the small assistant's folder."""
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "bot.rasa_command", *words],
        cwd=house,
        env={**rasa_environment(settings), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=RUN_LIMIT_SECONDS,
        check=False,
    )


def is_told(settings: Settings, house: Path) -> bool:
    """Train, and tell whether the desk's story goes as it says."""
    trained = rasa(settings, house, "train", "--force", "--skip-validation", "--fixed-model-name", "small")
    assert trained.returncode == 0, trained.stdout + trained.stderr
    model = ("--model", "models/small.tar.gz", "--out", "out", "--no-plot")
    options = ("--e2e", "--stories", "stories", "--fail-on-prediction-errors")
    return rasa(settings, house, "test", "core", *options, *model).returncode == 0


def test_story_from_the_desk_fails_before_and_passes_after(house: Path) -> None:
    """The example that the desk gives is all that is needed between."""
    settings = load_settings()
    before = is_told(settings, house)
    examples = write_examples([(MISREAD, "continue_lesson")])
    (house / "data" / "desk.yml").write_text(examples, encoding="utf-8")
    after = is_told(settings, house)

    assert (before, after) == (False, True)


def test_files_of_the_desk_are_valid_among_the_rest(house: Path) -> None:
    """Rasa finds no fault in the project's own data together with the desk's files."""
    examples = write_examples([(MISREAD, "continue_lesson")])
    (house / "desk.yml").write_text(examples, encoding="utf-8")
    data = ("--data", str(ROOT / "bot" / "data"), str(house / "desk.yml"), str(house / "stories"))
    run = rasa(load_settings(), ROOT, "data", "validate", *data, "--domain", "domain.yml", "--config", "config.yml")

    assert run.returncode == 0, run.stdout[-3000:] + run.stderr[-3000:]

"""The baseline that Rasa itself offers for answering questions: its ResponseSelector, trained on the same questions.

It takes minutes to train, so its guesses are kept in ``baselines.json``. Make them anew: ``make eval-baselines``.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime, timezone
from importlib.metadata import version
from pathlib import Path
from typing import Any

from knowledge.loader import load_knowledge
from knowledge.model import Knowledge
from knowledge.retrieval import passages_of
from settings import load_settings
from tests.eval.baselines import KEPT, NAMED_TOPICS, whole_text
from tests.eval.sets import Row, practice_rows, read_set

EPOCHS = 100
SEED = 7
ASKED_SETS = ("questions", "unanswerable", "followups", "practice_followups")
PIPELINE = [
    {"name": "WhitespaceTokenizer"},
    {"name": "CountVectorsFeaturizer"},
    {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
    {
        "name": "ResponseSelector",
        "retrieval_intent": "faq",
        "epochs": EPOCHS,
        "random_seed": SEED,
        "constrain_similarities": True,
    },
]


def write_project(knowledge: Knowledge, folder: Path) -> int:
    """Write a Rasa project with one response a topic, and the questions of each as its examples.

    Returns:
        How many examples there are.
    """
    examples: dict[str, list[str]] = {topic: [] for topic in knowledge.entries}
    for passage in passages_of(knowledge):
        if passage.kind == "question" and passage.topic in examples:
            examples[passage.topic].append(" ".join(passage.text.split()))
    rows = [
        {"intent": f"faq/{topic}", "examples": "".join(f"- {text}\n" for text in texts)}
        for topic, texts in examples.items()
    ]
    told = {f"utter_faq/{topic}": [{"text": entry.answer.text}] for topic, entry in knowledge.entries.items()}
    config = {"recipe": "default.v1", "assistant_id": "response-selector", "language": "en", "pipeline": PIPELINE}
    files = {
        "config.yml": config,
        "domain.yml": {"version": "3.1", "intents": ["faq"], "responses": told},
        "data/nlu.yml": {"version": "3.1", "nlu": rows},
    }
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in content.items()]  # JSON is YAML
        (folder / name).write_text("".join(lines), encoding="utf-8")
    return sum(map(len, examples.values()))


def train(folder: Path) -> float:
    """Train the project; the log stands beside it.

    Returns:
        How long it took, in seconds.
    """
    begun = time.monotonic()
    command = [sys.executable, "-W", "ignore", "-m", "rasa", "train", "nlu", "--nlu", "data", "--config", "config.yml"]
    command += ["--domain", "domain.yml", "--out", "models", "--fixed-model-name", "faq"]
    with (folder / "train.log").open("wb") as log:
        subprocess.run(command, cwd=folder, env=_environment(), stdout=log, stderr=log, check=True)
    return time.monotonic() - begun


def _environment() -> dict[str, str]:
    quiet = {"SQLALCHEMY_SILENCE_UBER_WARNING": "1", "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "-1"}
    return {**os.environ, **quiet, "RASA_TELEMETRY_ENABLED": "false"}


def guess(model: Path, rows: list[Row]) -> Iterator[tuple[str, list[str], float]]:
    """Ask the trained model; yield each row's id, the likeliest topics, and the confidence in the first.

    A follow-up is asked together with the question before it.
    """
    os.environ.update(_environment())
    from rasa.core.agent import Agent  # slow to import
    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.ERROR)
    agent = Agent.load(str(model))
    for row in rows:
        parsed = asyncio.run(agent.parse_message(whole_text(row)))
        ranking = parsed["response_selector"]["faq"]["ranking"][:NAMED_TOPICS]
        topics = [one["intent_response_key"].removeprefix("faq/") for one in ranking]
        yield str(row["id"]), topics, round(float(ranking[0]["confidence"]), 4)


def write_record(path: Path, made_of: dict[str, Any], guesses: dict[str, dict[str, tuple[list[str], float]]]) -> None:
    """Keep the guesses, one a line, so that a difference can be read."""
    sets = {
        name: ",\n".join(f"  {json.dumps(row_id)}: {json.dumps(guess)}" for row_id, guess in rows.items())
        for name, rows in guesses.items()
    }
    body = ",\n".join(f" {json.dumps(name)}: {{\n{rows}\n }}" for name, rows in sets.items())
    path.write_text(
        f'{{\n"made_of": {json.dumps(made_of, indent=1)},\n"guesses": {{\n{body}\n}}\n}}\n', encoding="utf-8"
    )


def main() -> None:
    """Train, ask, and keep what came of it."""
    knowledge, folder = load_knowledge(), load_settings().var / "eval" / "response_selector"
    examples = write_project(knowledge, folder)
    print(f"training the ResponseSelector on {examples} questions, {EPOCHS} epochs; minutes ({folder / 'train.log'})")
    seconds = train(folder)
    sets = {name: read_set(name) for name in ASKED_SETS}
    sets["practice"] = practice_rows(knowledge)
    guesses = {
        name: {row_id: (topics, score) for row_id, topics, score in guess(folder / "models" / "faq.tar.gz", rows)}
        for name, rows in sets.items()
    }
    made_of = {
        "date": datetime.now(timezone.utc).date().isoformat(),
        "content": knowledge.version,
        "examples": examples,
        "epochs": EPOCHS,
        "seed": SEED,
        "rasa": version("rasa"),
        "training_seconds": round(seconds),
    }
    write_record(KEPT, made_of, guesses)
    print(json.dumps(made_of, indent=1))


if __name__ == "__main__":
    main()

"""How good answers and intents are, beside simpler ways to find them. Run it: ``python -m tests.eval.measure``.

The questions take the same way as in the chat: the trained model first, then retrieval. Nothing of them is trained on.
"""

from __future__ import annotations

import logging
import os
import warnings
from dataclasses import replace
from pathlib import Path

from commands.train import fingerprint, index_path, train
from knowledge.encoder import load_encoder
from knowledge.index_file import load_index
from knowledge.loader import load_knowledge
from knowledge.model import Knowledge
from settings import Settings, load_settings
from tests.eval.asking import ask_all
from tests.eval.baselines import KEPT, Baseline, ask_baselines, read_kept
from tests.eval.figures import count
from tests.eval.folds import ask_folds, count_folds, keep_folds, kept_folds
from tests.eval.pictures import as_json, draw, make_panels, read_aloud
from tests.eval.report import Evaluation, table, write_report
from tests.eval.sets import practice_rows, read_set

ASKED_SETS = ("questions", "unanswerable", "followups", "practice_followups")


def evaluate(settings: Settings) -> Evaluation:
    """Train what is out of date, ask everything, ourselves and the baselines; half a minute.

    The figures of the folds are those of the last ``make eval``, if content and code are the same.
    """
    from commands.ask import Questions  # slow to import: Rasa

    train(settings, print)
    questions = Questions(settings)
    content = questions.answerer.knowledge.version
    measured, baselines = ask_all(questions), _ask_baselines(questions.answerer.knowledge, settings)
    folds = kept_folds(report_folder(settings), _made_of(settings))
    return Evaluation(content, measured, baselines, read_kept(KEPT)[0], count(measured, baselines), folds)


def _ask_baselines(knowledge: Knowledge, settings: Settings) -> list[Baseline]:
    index = load_index(index_path(settings), knowledge).index
    sets = {name: read_set(name) for name in ASKED_SETS} | {"practice": practice_rows(knowledge)}
    return ask_baselines(index.passages, index.vectors, load_encoder(settings.encoder_dir), sets)


def _made_of(settings: Settings) -> str:
    return fingerprint(encoder_dir=settings.encoder_dir)


def report_folder(settings: Settings) -> Path:
    """Return where reports are written."""
    return settings.var / "eval"


def with_folds(evaluation: Evaluation, settings: Settings) -> Evaluation:
    """Add the figures of the folds; two minutes, unless they are there."""
    if evaluation.folds:
        return evaluation
    print("asking every variant of every entry, a fifth at a time; two minutes")
    knowledge = load_knowledge()
    rows = ask_folds(knowledge, load_encoder(settings.encoder_dir))
    folds = count_folds(rows, _made_of(settings))
    keep_folds(folds, report_folder(settings))
    return replace(evaluation, folds=folds)


def report(evaluation: Evaluation, settings: Settings) -> str:
    """Write the report and the picture; return what the picture shows, in words."""
    panels = make_panels(evaluation.measured, evaluation.baselines)
    folder = report_folder(settings)
    draw(panels, folder)
    write_report(evaluation, folder, as_json(panels))
    return read_aloud(panels)


def be_quiet() -> None:
    """Let Rasa and the libraries under it say nothing."""
    os.environ.update(RASA_TELEMETRY_ENABLED="false", SQLALCHEMY_SILENCE_UBER_WARNING="1", TF_CPP_MIN_LOG_LEVEL="3")
    import sanic.app  # noqa: F401  # sets a warnings filter at import, which the next line has to come after

    warnings.simplefilter("ignore")
    logging.getLogger("bm25s").setLevel(logging.ERROR)


def main() -> None:
    """Measure and print the table."""
    be_quiet()
    settings = load_settings()
    evaluation = with_folds(evaluate(settings), settings)
    reading = report(evaluation, settings)
    print(table(evaluation), f"\n\n{reading}")
    print(f"\nin {report_folder(settings)}: misses.md, confusion.md, coverage.svg and .png, report.json")


if __name__ == "__main__":
    main()

"""Asking and parsing from the command line, the same way as in the chat: the trained model, then retrieval."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bot.actions.refusal_view import RESPONSE_OF_REFUSAL, stops_tutoring
from bot.components.command_gate import QUESTION_INTENTS
from commands.explain import explain
from commands.train import index_path, model_path
from knowledge.answering import Answerer, Before, Finding
from knowledge.decision import Decision
from knowledge.encoder import load_encoder
from knowledge.index_file import load_index
from knowledge.loader import load_knowledge
from knowledge.markup import parse_yaml
from knowledge.text import tidy
from settings import ROOT, Settings

TAKEN_AS_QUESTIONS = QUESTION_INTENTS | {"nlu_fallback", "answer_item"}
FALLBACK = "nlu_fallback"
SECTION_OF_INTENT = {"ask_more": "more", "ask_simpler": "simpler", "ask_example": "example", "ask_sources": "answer"}
Row = dict[str, Any]


class NotTrained(Exception):
    """There is no trained model; the text says how to make one."""


class InputError(ValueError):
    """A line of the input cannot be used; the text names the line."""


@dataclass(frozen=True)
class Parsed:
    """What the model understood: the named intent that is likeliest, and whether it is sure enough to act on it.

    ``distress`` says whether it tells of danger or despair: "none", "likely" or "sure".
    """

    intent: str
    confidence: float
    is_sure: bool
    distress: str = "none"


class Understanding:
    """The trained model, for understanding only."""

    def __init__(self, settings: Settings) -> None:
        path = model_path(settings)
        if not path.exists():
            raise NotTrained(f"{path.name} is missing in {path.parent}; run tutor train")
        from rasa.core.agent import Agent  # slow to import
        from rasa.utils.log_utils import configure_structlog

        configure_structlog(logging.ERROR)  # Rasa's debug lines would stand among the answers, with people's words
        self._agent = Agent.load(str(path))

    def parse(self, text: str) -> Parsed:
        """Parse one text."""
        words = tidy(text).lstrip("/ ")
        if not words:
            return Parsed("", 0.0, False)
        result = asyncio.run(self._agent.parse_message(words))
        named = next(
            (one for one in result["intent_ranking"] if one["name"] != FALLBACK), {"name": "", "confidence": 0.0}
        )
        is_sure = result["intent"]["name"] != FALLBACK
        return Parsed(named["name"], float(named["confidence"]), is_sure, str(result.get("distress", "none")))


class Questions:
    """Answers questions as the chat does when no lesson is open."""

    def __init__(self, settings: Settings) -> None:
        knowledge = load_knowledge(settings.content_dir)
        self._understanding = Understanding(settings)
        encoder = load_encoder(settings.encoder_dir)
        self.answerer = Answerer(knowledge, load_index(index_path(settings), knowledge, encoder), encoder)

    def ask(self, turns: list[str]) -> tuple[Finding | None, Parsed, str]:
        """Ask the last of some turns, each after the ones before it.

        Returns:
            What was found, or None when the text is a command and no question; what the model understood; and the
            section of the entry that answers.
        """
        before: Before | None = None
        finding, parsed, section = None, Parsed("", 0.0, False), "answer"
        for text in turns:
            parsed = self._understanding.parse(text)
            is_command = parsed.is_sure and parsed.intent not in TAKEN_AS_QUESTIONS
            finding, section = None if is_command else self.answerer.ask(text, before), "answer"
            if is_command and before and parsed.intent in SECTION_OF_INTENT:
                section = SECTION_OF_INTENT[parsed.intent]
                finding = Finding(Decision("answer", (before.topic,), 1.0), ())
            if finding and not is_command:
                before = self._told(text, finding, before)
        return finding, parsed, section

    def _told(self, text: str, finding: Finding, before: Before | None) -> Before | None:
        """Return what the next question may lean on; after a false premise, what is true and not what was asked."""
        if finding.correction:
            topic = next(iter(finding.correction.topics), None)
            return Before(self.answerer.knowledge.course.topics[topic].title, topic) if topic else None
        if finding.decision.kind == "abstain":
            return before
        return Before(text, finding.decision.topics[0], finding.facet.key if finding.facet else "")

    def answer(self, row_id: Any, turns: list[str], *, is_explained: bool = False) -> Row:
        """Answer as the contract says: decision, topics, score, text and sources; and why, if that is asked for."""
        finding, parsed, section = self.ask(turns)
        is_distress = stops_tutoring(parsed.distress, finding)
        if finding is None or is_distress:
            text = _responses()["utter_distress"] if is_distress else f"(a command: {parsed.intent})"
            return {"id": row_id, "decision": "abstain", "topics": [], "score": 0.0, "text": text, "sources": []}
        row = {"id": row_id, **self._tell(finding, section)}
        if parsed.distress == "likely":
            row["text"] = f"{_responses()['utter_distress_likely']}\n\n{row['text']}"
        return {**row, "why": explain(finding, self.answerer.calibration)} if is_explained else row

    def _tell(self, finding: Finding, section: str) -> Row:
        decision, knowledge = finding.decision, self.answerer.knowledge
        row: Row = {"decision": decision.kind, "topics": list(decision.topics), "score": round(decision.score, 4)}
        if decision.kind == "answer":
            text, keys = self._passage(finding, section)
            sources = [{"key": one.key, "title": one.title, "url": one.url} for one in knowledge.cited(keys)]
            is_doubtful = decision.is_doubtful and not finding.facet and section == "answer"
            doubt = f"{_responses()['utter_perhaps']}\n\n" if is_doubtful else ""
            return {**row, "text": f"{doubt}{text}", "sources": sources}
        if decision.kind == "choose":
            titles = " / ".join(knowledge.course.topics[topic].title for topic in decision.choices)
            question = "utter_choose_perhaps" if decision.is_doubtful else "utter_choose_topic"
            return {**row, "text": f"{_responses()[question]}\n{titles}", "sources": []}
        return {**row, "text": self._refusal(finding), "sources": []}

    def _passage(self, finding: Finding, section: str) -> tuple[str, tuple[str, ...]]:
        entry = self.answerer.knowledge.entries[finding.decision.topics[0]]
        if finding.facet:
            facts = self.answerer.knowledge.pilots[entry.id].facts.get(finding.facet.key, ())
            told = "\n".join(f"- {fact.text}" for fact in facts) or finding.facet.none
            return told, tuple(dict.fromkeys(key for fact in facts for key in fact.sources))
        passage = getattr(entry, section) or entry.answer
        return passage.text, passage.sources

    def _refusal(self, finding: Finding) -> str:
        decision, knowledge = finding.decision, self.answerer.knowledge
        if finding.correction:
            return finding.correction.text.text
        if finding.language:
            return _responses()["utter_other_language"].replace("{sentence}", knowledge.languages[finding.language])
        if decision.planned:
            title = knowledge.course.topics[decision.planned].title
            return _responses()["utter_topic_coming"].replace("{topic}", title)
        return _responses()[RESPONSE_OF_REFUSAL.get(finding.refusal, "utter_not_covered")]


@lru_cache(maxsize=1)
def _responses() -> dict[str, str]:
    domain = parse_yaml((ROOT / "domain.yml").read_text(encoding="utf-8"), "domain.yml")
    return {name: str(rows[0]["text"]) for name, rows in domain["responses"].items()}


def standard_input() -> Iterable[str]:
    """Give the lines of standard input, read as UTF-8 whatever the terminal's language."""
    return io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8-sig", errors="replace")


def read_rows(lines: Iterable[str]) -> Iterator[tuple[Any, list[str]]]:
    """Read objects with ``id`` and ``text`` or ``turns``, one a line; empty lines are passed over.

    Raises:
        InputError: A line is not such an object.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            turns = row["turns"] if "turns" in row else [row["text"]]
            row_id = row["id"]
        except (ValueError, KeyError, TypeError) as error:
            raise InputError(f"line {number}: expected an object with id and text (or turns)") from error
        if not isinstance(turns, list) or not turns or not all(isinstance(turn, str) for turn in turns):
            raise InputError(f"line {number}: text must be a text, turns a list of texts")
        yield row_id, turns


def print_row(row: Row) -> None:
    """Print one object on one line."""
    sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
    sys.stdout.flush()

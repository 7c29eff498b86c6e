"""Conversations written as files that tests and training take: a story of Rasa's, lines to check, training examples.

Personal data is replaced by words that a sentence reads well with; what Rasa would read as more is left out.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import LiteralScalarString

from review.masking import ACCOUNT, ADDRESS, CUT, LINK, MAIL, NAME, NUMBER, PHONE, mask
from review.meant import TOPIC

STANDS_FOR = {
    NAME: "Kim",
    MAIL: "kim at example",
    PHONE: "my phone",
    NUMBER: "a number",
    ACCOUNT: "my account",
    ADDRESS: "my street",
    LINK: "a link",
    CUT: "",
}
FIRST_STEP = "none"
SURE = 0.8
OUT_OF_SCOPE = "out_of_scope"
WIDTH_CHARS = 4_096
_NOT_TEXT = re.compile(r"[\[\]{}]")  # marks of entities and slots


ActionsOf = Callable[[str, str], tuple[str, ...]]
TermsOf = Callable[[str], Iterable[tuple[str, int, int]]]


def _no_terms(text: str) -> list[tuple[str, int, int]]:
    return []


@dataclass(frozen=True)
class Turn:
    """A message and what followed.

    Attributes:
        text: As it was typed; empty for a button.
        step: Where the conversation was before it.
        did: The actions that followed, each with the step that it led to; None where it stayed.
        meant: What it meant, if somebody put it right.
        decision: Of a question: answer, choose or abstain; with ``topics``, the best first.
        confidence: How sure the tutor was, 0 to 1.
    """

    text: str
    intent: str
    step: str
    did: tuple[tuple[str, str | None], ...]
    meant: str = ""
    decision: str = ""
    topics: tuple[str, ...] = ()
    confidence: float = 1.0


def plain(text: str) -> str:
    """Write a text without personal data, on one line, and with nothing that Rasa would read as more than text."""
    hidden = mask(text)
    for sign, word in STANDS_FOR.items():
        hidden = hidden.replace(sign, word)
    told = "".join(char if char.isprintable() else " " for char in _NOT_TEXT.sub(" ", hidden))
    return " ".join(told.split()).lstrip("/ ")


def write_story(name: str, turns: Sequence[Turn], actions_of: ActionsOf, terms_of: TermsOf = _no_terms) -> str:
    """Write turns as a test story.

    Args:
        name: Of the story.
        turns: In their order. Where one does not begin at the step at which the last one ended, the step is set.
        actions_of: Gives the actions that an intent leads to at a step; for messages that were put right.
        terms_of: Finds the glossary's terms in a text: each with its place. Rasa wants them named in a story.
    """
    steps: list[dict[str, Any]] = []
    here = FIRST_STEP
    for turn in turns:
        if turn.step != here:
            steps.append(_set(turn.step))
            here = turn.step
        intent, did = _right(turn, actions_of)
        text = "" if _would_change(turn) else _with_terms(plain(turn.text), terms_of)
        steps.append({"user": LiteralScalarString(f"{text}\n"), "intent": intent} if text else {"intent": intent})
        for action, led_to in did:
            steps.append({"action": action})
            if led_to is not None and led_to != here:
                steps.append(_set(led_to))
                here = led_to
    return _to_yaml({"version": "3.1", "stories": [{"story": name, "steps": steps}]})


def _would_change(turn: Turn) -> bool:
    """Tell whether other words for personal data could be taken for something else: then its intent stands alone."""
    return not turn.meant and turn.confidence < SURE and mask(turn.text) != turn.text


def _with_terms(text: str, terms_of: TermsOf) -> str:
    """Mark the terms in a text as Rasa does: ``[words](term)``, with the glossary's own word where it is another."""
    for term, start, end in sorted(terms_of(text), key=lambda one: -one[1]):
        words = text[start:end]
        told = "(term)" if words == term else json.dumps({"entity": "term", "value": term}, ensure_ascii=False)
        text = f"{text[:start]}[{words}]{told}{text[end:]}"
    return text


def _right(turn: Turn, actions_of: ActionsOf) -> tuple[str, Iterable[tuple[str, str | None]]]:
    """Return what should have been understood and done."""
    if not turn.meant or turn.meant.startswith(TOPIC) or turn.meant == turn.intent:
        return turn.intent, turn.did
    return turn.meant, [(action, None) for action in actions_of(turn.meant, turn.step)]


def _set(step: str) -> dict[str, Any]:
    return {"slot_was_set": [{"step": step}]}


def write_lines(turns: Iterable[Turn]) -> str:
    """Write turns as lines to check: a text with the topics that answer it (none: it is refused), or its intent."""
    lines = [line for turn in turns if (line := _to_line(turn))]
    return "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines)


def line_ids(lines: str) -> list[str]:
    """Return by what the lines to check are known, in their order."""
    return [str(json.loads(line)["id"]) for line in lines.splitlines()]


def _to_line(turn: Turn) -> dict[str, Any] | None:
    text = plain(turn.text)
    if not text:
        return None
    line = {"id": f"desk-{hashlib.sha256(text.encode()).hexdigest()[:8]}", "text": text}
    if turn.meant.startswith(TOPIC):
        return {**line, "topics": [turn.meant.removeprefix(TOPIC)]}
    if turn.meant == OUT_OF_SCOPE or (not turn.meant and turn.decision == "abstain"):
        return {**line, "topics": []}
    if not turn.meant and turn.decision:
        return {**line, "topics": list(turn.topics[:1] if turn.decision == "answer" else turn.topics)}
    return {**line, "intent": turn.meant or turn.intent}


def write_examples(corrections: Iterable[tuple[str, str]]) -> str:
    """Write texts and the intents that they mean as training examples; a topic's questions are none of them."""
    examples: dict[str, dict[str, None]] = defaultdict(dict)
    for text, meant in corrections:
        if (words := plain(text)) and not meant.startswith(TOPIC):
            examples[meant][words] = None
    nlu = [
        {"intent": intent, "examples": LiteralScalarString("".join(f"- {text}\n" for text in texts))}
        for intent, texts in sorted(examples.items())
    ]
    return _to_yaml({"version": "3.1", "nlu": nlu})


def _to_yaml(data: dict[str, Any]) -> str:
    yaml = YAML()
    yaml.width = WIDTH_CHARS
    stream = io.StringIO()
    yaml.dump(data, stream)
    return stream.getvalue()

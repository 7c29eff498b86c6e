"""Conversations written as files that tests and training take: a story of Rasa's, lines to check, training examples.

Personal data is replaced by words that a sentence reads well with; what Rasa would read as more is left out.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
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
OUT_OF_SCOPE = "out_of_scope"
WIDTH_CHARS = 4_096
_NOT_TEXT = re.compile(r"[\[\]{}]")  # marks of entities and slots


@dataclass(frozen=True)
class Turn:
    """A message and what followed.

    Attributes:
        text: As it was typed; empty for a button.
        step: Where the conversation was before it.
        did: The actions that followed, each with the step that it led to; None where it stayed.
        meant: What it meant, if somebody put it right.
        decision: Of a question: answer, choose or abstain; with ``topics``, the best first.
    """

    text: str
    intent: str
    step: str
    did: tuple[tuple[str, str | None], ...]
    meant: str = ""
    decision: str = ""
    topics: tuple[str, ...] = ()


def plain(text: str) -> str:
    """Write a text without personal data, on one line, and with nothing that Rasa would read as more than text."""
    hidden = mask(text)
    for sign, word in STANDS_FOR.items():
        hidden = hidden.replace(sign, word)
    told = "".join(char if char.isprintable() else " " for char in _NOT_TEXT.sub(" ", hidden))
    return " ".join(told.split()).lstrip("/ ")


def write_story(name: str, turns: Sequence[Turn], actions_of: Any) -> str:
    """Write turns as a test story.

    Args:
        name: Of the story.
        turns: In their order. Where one does not begin at the step at which the last one ended, the step is set.
        actions_of: Gives the actions that an intent leads to at a step; for messages that were put right.
    """
    steps: list[dict[str, Any]] = []
    here = FIRST_STEP
    for turn in turns:
        if turn.step != here:
            steps.append(_set(turn.step))
            here = turn.step
        intent, did = _right(turn, actions_of)
        text = plain(turn.text)
        steps.append({"user": LiteralScalarString(f"{text}\n"), "intent": intent} if text else {"intent": intent})
        for action, led_to in did:
            steps.append({"action": action})
            if led_to is not None and led_to != here:
                steps.append(_set(led_to))
                here = led_to
    return _to_yaml({"version": "3.1", "stories": [{"story": name, "steps": steps}]})


def _right(turn: Turn, actions_of: Any) -> tuple[str, Iterable[tuple[str, str | None]]]:
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

"""Texts of every kind, asked of the real course: ``python -m tests.knowledge.fuzz --minutes 10``.

Whatever a person, a script or a broken keyboard sends, there is a decision, and what would be told is within limits.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed
from hypothesis import settings as examples
from hypothesis import strategies as st

from commands.train import index_path
from knowledge.answering import Answerer, Before, Finding
from knowledge.encoder import load_encoder
from knowledge.errors import IndexFileError
from knowledge.index_file import load_index
from knowledge.language_checks import MESSAGE_LIMIT_CHARS
from knowledge.loader import load_knowledge
from knowledge.model import Knowledge
from knowledge.readability import count_words
from knowledge.rules import BUBBLE_LIMIT_WORDS, BUTTON_LIMIT_CHARS
from knowledge.trained import Trained, learn
from settings import load_settings

NASTY = Path(__file__).parent / "nasty.txt"
KINDS = {"answer", "choose", "abstain"}
TOPICS_AT_MOST = 3
ROUND_TEXTS = 200
SHOWN_FAILURES = 20
SCRIPTS = (
    "Ѐӿ",
    "Ͱϼ",
    "֐״",
    "؀ۿ",
    "ऀॿ",
    "กๆ",
    "一龥",
    "가힣",
    "ぁヿ",
    "Ⴀჿ",
    "😀🙏",
    "🌀🗿",
    "ᚠᛸ",
    "𓀀𓐮",
    "𝐀𝟿",
    "ﬀﭏ",
    "！～",
)
CONTROLS = "".join(chr(code) for code in (*range(32), *range(127, 160), *range(0x200B, 0x2010), *range(0x202A, 0x202F)))
ISOLATES = "".join(map(chr, (*range(0x2060, 0x2070), 0xFEFF, 0xFFFC, 0xFFFD, 0xFFFE, 0xE0001, 0x00AD, 0x034F, 0x3164)))
MARKS = "".join(map(chr, (*range(0x300, 0x370), 0x489, 0x5BF, 0x64B, 0x93C, 0xE33, 0x20E3, 0xFE0F, 0x1F3FB, 0x1F3FF)))


@lru_cache(maxsize=1)
def real_answerer() -> Answerer:
    """Answer from the real course: what is trained if it is fresh, else it is learnt anew."""
    settings, knowledge = load_settings(), load_knowledge()
    encoder = load_encoder(settings.encoder_dir)
    try:
        trained = load_index(index_path(settings), knowledge)
    except IndexFileError:
        trained = Trained(knowledge, learn(knowledge, encoder))
    return Answerer(knowledge, trained, encoder)


def read_nasty() -> list[str]:
    """Read the list of nasty texts; its head says how they stand there."""
    lines = NASTY.read_bytes().decode("utf-8").split("\n")
    return [_read_line(line) for line in lines if line and not line.startswith("# ")]


def _read_line(line: str) -> str:
    try:
        value = json.loads(line)
    except ValueError:
        return line
    if isinstance(value, dict) and set(value) == {"text", "times"}:
        return str(value["text"]) * int(value["times"])
    return value if isinstance(value, str) else line


def texts(knowledge: Knowledge) -> st.SearchStrategy[str]:
    """Make texts of all kinds: any letters, other scripts, controls, storms of marks, questions bent and joined."""
    questions = st.sampled_from(sorted({question for one in knowledge.entries.values() for question in one.questions}))
    words = st.sampled_from(sorted({word for name in knowledge.places.pilots for word in (name, name.upper())}))
    any_letters = st.text(st.characters(), max_size=60)  # halves of letters too
    script = st.one_of(*(st.text(st.characters(min_codepoint=ord(a), max_codepoint=ord(b))) for a, b in SCRIPTS))
    signs = st.text(st.sampled_from(CONTROLS + ISOLATES), max_size=30)
    storm = st.builds(str.__add__, st.text(max_size=2), st.text(st.sampled_from(MARKS), max_size=300))
    plain = st.one_of(questions, words, any_letters, script, signs, storm, st.sampled_from(read_nasty()))
    joined = st.builds(str.join, st.sampled_from(["", " ", "\n", ", ", " and ", "\u202e"]), st.lists(plain, max_size=4))
    bent = st.builds(_bend, questions, st.integers(0, 60), any_letters)
    long = st.builds(str.__mul__, plain, st.integers(2, 3_000)).map(lambda text: text[:30_000])
    return st.one_of(plain, joined, bent, long)


def _bend(question: str, place: int, other: str) -> str:
    """Cut a question somewhere, and put something else in its middle."""
    return question[:place] + other + question[place + len(other) :]


def befores(knowledge: Knowledge) -> st.SearchStrategy[Before | None]:
    """Make what came before: nothing, a topic of the course, or one that is none."""
    topics = st.sampled_from([*sorted(knowledge.course.topics), "", "no.topic"]) | st.text(max_size=10)
    facets = st.sampled_from(["", *(facet.key for facet in knowledge.facets), "no facet"])
    questions = st.sampled_from(["who was it for", "", "x" * 3_000]) | st.text(st.characters(), max_size=40)
    return st.none() | st.builds(Before, question=questions, topic=topics, facet=facets)


def broken_rules(finding: Finding, knowledge: Knowledge) -> Iterator[str]:
    """Say which rule a finding breaks; none, if all is well."""
    decision = finding.decision
    if decision.kind not in KINDS:
        yield f"kind {decision.kind}"
    if not 1 <= len(decision.topics) <= TOPICS_AT_MOST or not set(decision.topics) <= set(knowledge.course.topics):
        yield f"topics {decision.topics}"
    if not set(decision.choices) <= set(knowledge.entries) or len(decision.choices) > TOPICS_AT_MOST:
        yield f"choices {decision.choices}"
    if not 0.0 <= decision.score <= 1.0:
        yield f"score {decision.score}"
    if decision.kind == "answer" and decision.topics[0] not in knowledge.entries:
        yield f"answer {decision.topics[0]} is not written"
    if finding.language and finding.language not in knowledge.languages:
        yield f"language {finding.language} has no sentence"
    for text in told_texts(finding, knowledge):
        if not text.strip() or count_words(text) > BUBBLE_LIMIT_WORDS or len(text) > MESSAGE_LIMIT_CHARS:
            yield f"text of {count_words(text)} words and {len(text)} letters: {text[:40]!r}"


def told_texts(finding: Finding, knowledge: Knowledge) -> list[str]:
    """List the texts of the course that a finding would have told, each a bubble of its own at most."""
    decision, facet = finding.decision, finding.facet
    if decision.kind == "answer" and facet:
        facts = knowledge.pilots[decision.topics[0]].facts.get(facet.key, ())
        return [fact.text for fact in facts] or [facet.none]
    if decision.kind == "answer":
        return [knowledge.entries[decision.topics[0]].answer.text]
    if decision.kind == "choose":
        return [knowledge.course.topics[topic].title[:BUTTON_LIMIT_CHARS] for topic in decision.choices]
    told = [finding.correction.text.text] if finding.correction else []
    return told + [knowledge.languages[code] for code in [finding.language] if code in knowledge.languages]


def try_text(answerer: Answerer, text: str, before: Before | None) -> None:
    """Ask a text.

    Raises:
        AssertionError: The finding breaks a rule; the text says which.
    """
    broken = list(broken_rules(answerer.ask(text, before), answerer.knowledge))
    assert not broken, "; ".join(broken)


def _round_of(answerer: Answerer, counts: Counter[str], number: int) -> Callable[[], None]:
    """Make a round of texts, another one for each number; a failing text is made as short as can be."""

    @seed(number)
    @examples(
        max_examples=ROUND_TEXTS,
        database=None,
        deadline=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    @given(text=texts(answerer.knowledge), before=befores(answerer.knowledge))
    def try_any(text: str, before: Before | None) -> None:
        counts["texts"] += 1
        counts["letters"] += len(text)
        counts["longest"] = max(counts["longest"], len(text))
        try_text(answerer, text, before)

    return try_any


def run(answerer: Answerer, minutes: float) -> int:
    """Try texts for so long, and print what was tried and what failed; the exit code is 1 if anything did."""
    counts, failures = Counter[str](), list[str]()
    begun, number = time.monotonic(), 0
    while time.monotonic() - begun < minutes * 60:
        number += 1
        try:
            _round_of(answerer, counts, number)()
        except Exception as error:  # whatever it is, it is what is looked for
            failures.append(
                f"round {number}: {type(error).__name__}: {error} {' '.join(getattr(error, '__notes__', []))}"
            )
            print(failures[-1], flush=True)
    print(
        f"{counts['texts']:,} texts of {counts['letters']:,} letters tried in {number:,} rounds, "
        f"{time.monotonic() - begun:.0f} s (the longest had {counts['longest']:,}); {len(failures)} rounds failed"
    )
    return 1 if failures else 0


def main(words: list[str] | None = None) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="tests.knowledge.fuzz", description="Ask the course texts of every kind.")
    parser.add_argument("--minutes", type=float, default=10.0, help="how long (default 10)")
    return run(real_answerer(), parser.parse_args(words).minutes)


if __name__ == "__main__":
    sys.exit(main())

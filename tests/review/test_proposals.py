"""A proposal says what is wrong with it, changes the content as told, and writes the files that say so."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.listed import form_of
from knowledge.loader import CONTENT, EVALUATION_FILE
from review.command_examples import command_examples
from review.proposals import NEW_TOPIC, TEXTS_AT_MOST, Proposal, change_of, files_of, find_faults, read_lines
from tests.review.conftest import KNOWLEDGE

VARIANT = Proposal("variant", ("who mends the bicycle shed",), ("is the shed mended",), topic="system.value")


class Files:
    """Gives the texts of the course's own content."""

    def text(self, path: str) -> str | None:
        """Return the text of a file."""
        file = CONTENT / path
        return file.read_text(encoding="utf-8") if file.exists() else None


def test_variant_changes_its_entry_and_keeps_the_others_to_judge_by() -> None:
    """One file gets the question, the other the one that is never learnt."""
    changed, files = change_of(VARIANT)(KNOWLEDGE), files_of(VARIANT, KNOWLEDGE, Files())

    assert changed.entries["system.value"].questions[-1] == "who mends the bicycle shed"
    assert [one.path for one in files] == ["answers/system/value.md", EVALUATION_FILE]
    assert "who mends the bicycle shed" in str(files[0].text)
    assert '"is the shed mended", "topics": ["system.value"]' in str(files[1].text)


def test_refusal_changes_its_kind() -> None:
    """What is not covered grows by the question; the one to judge by has no topics."""
    proposal = Proposal("refusal", ("rent of a tractor",), ("price of a plough",), kind="near")
    files = files_of(proposal, KNOWLEDGE, Files())

    assert change_of(proposal)(KNOWLEDGE).refusals["near"][-1] == "rent of a tractor"
    assert [one.path for one in files] == ["refusals.yml", EVALUATION_FILE]
    assert '"topics": []' in str(files[1].text)


def test_new_entry_is_only_tried_and_nothing_written() -> None:
    """To see what it would draw to it, a topic is there that no file has."""
    proposal = Proposal("entry", ("rent of a tractor", "price of a plough"))
    changed = change_of(proposal)(KNOWLEDGE)

    assert changed.entries[NEW_TOPIC].questions == proposal.texts
    assert NEW_TOPIC in changed.course.topics
    assert files_of(proposal, KNOWLEDGE, Files()) == []
    assert change_of(Proposal("ignore"))(KNOWLEDGE) is KNOWLEDGE


@pytest.mark.parametrize(
    ("proposal", "gist"),
    [
        (replace(VARIANT, texts=()), "at least one question"),
        (replace(VARIANT, topic="system.nothing"), "Choose the answer"),
        (Proposal("refusal", ("x y",), kind="distress"), "what kind"),
        (replace(VARIANT, texts=("ask [name] about it",)), "may tell who somebody is"),
        (replace(VARIANT, judges=("my name is Maria Virtanen, is it so",)), "“my name is [name], is it so”"),
        (replace(VARIANT, texts=("Tell me more!",)), "ask more"),
    ],
)
def test_fault_is_told_in_words(proposal: Proposal, gist: str) -> None:
    """Nothing that is wrong, or tells of somebody, is published."""
    assert gist in " ".join(find_faults(proposal, KNOWLEDGE, command_examples()))


def test_sound_proposal_has_no_fault() -> None:
    """What is well can be done; to ignore needs nothing at all."""
    assert find_faults(VARIANT, KNOWLEDGE, command_examples()) == []
    assert find_faults(Proposal("ignore"), KNOWLEDGE, {}) == []


@given(st.text(max_size=300))
def test_lines_of_any_text_are_few_and_each_once(text: str) -> None:
    """However it was typed, each question stands once, on one line."""
    lines = read_lines(text)

    assert len(lines) <= TEXTS_AT_MOST
    assert len({form_of(line) for line in lines}) == len(lines)
    assert all(line == line.strip() and "\n" not in line for line in lines)

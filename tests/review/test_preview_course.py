"""Pilots, stages, the map and the sources are previewed in the words that the chat itself says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from knowledge.loader import load_knowledge
from knowledge.model import Source
from review.preview import preview
from review.preview_course import source_pieces

KNOWLEDGE = load_knowledge()
PILOT, STAGE = KNOWLEDGE.pilots["pilot.estonia"], next(iter(KNOWLEDGE.stages.values()))


def plain(shown: str) -> str:
    """Return a bubble's words without tags."""
    return "".join(part.partition(">")[2] for part in f">{shown}".split("<"))


def test_pilot_is_shown_side_by_side_with_its_sources() -> None:
    """Each side that people ask for has a bubble, also one of which nothing is known, and so has the comparison."""
    pieces = preview(KNOWLEDGE, PILOT.place.file)

    told = [facet for facet in KNOWLEDGE.facets if facet.key != "overview"]
    assert [one.where for one in pieces] == [*(f"when somebody asks: {one.label}" for one in told), "in a comparison"]
    assert all(facet.label in piece.web for facet, piece in zip(told, pieces, strict=False))
    assert pieces[0].sources and pieces[-1].sources
    assert "Like yours:" in pieces[-1].web and "<b>Like yours:</b>" in pieces[-1].telegram


def test_stage_is_shown_from_its_opening_to_its_tips() -> None:
    """Each question stands with what is meant and its example; at the end the advice with what to read."""
    pieces = preview(KNOWLEDGE, STAGE.place.file)

    assert pieces[0].where == "opening" and STAGE.title in pieces[0].web
    assert len([one for one in pieces if one.where.endswith("what is meant")]) == len(STAGE.questions)
    end = next(one for one in pieces if one.where == "at the end of the stage")
    assert "What helps here" in end.web and any(one.startswith("Lesson: ") for one in end.buttons)
    assert {"all tips", "all pitfalls"} <= {one.where for one in pieces}


def test_map_is_shown_as_people_choose() -> None:
    """Every theme and every written lesson is a button, and so is every topic with an answer, once."""
    pieces = preview(KNOWLEDGE, "course.yml")

    buttons = [button for one in pieces for button in one.buttons]
    assert pieces[0].where == "which theme" and len(pieces[0].buttons) == len(KNOWLEDGE.course.themes)
    for plan in KNOWLEDGE.course.lessons:
        assert any(button.startswith(f"{plan.title} (") for button in buttons), plan.id
    topics = [button for one in pieces if one.where.endswith("as buttons") for button in one.buttons]
    assert len(topics) == len(KNOWLEDGE.entries)


def test_sources_are_shown_as_under_an_answer() -> None:
    """A title with its link, then who and when; what is no web address is no link, and marks stay marks."""
    odd = Source("S1", "<b>Odd</b>", "A & B", "2021", "javascript:alert(1)")
    pieces = list(source_pieces(replace(KNOWLEDGE, sources={"S1": odd})))

    assert pieces[0].web == pieces[0].telegram == "&lt;b&gt;Odd&lt;/b&gt; (A &amp; B, 2021)"
    whole = preview(KNOWLEDGE, "sources.yml")
    assert [one.where for one in whole] == list(KNOWLEDGE.sources)
    assert whole[0].web.startswith('<a href="https://')


@pytest.mark.parametrize("facet", [one.key for one in KNOWLEDGE.facets if one.key != "overview"])
def test_every_side_fits_into_a_bubble(facet: str) -> None:
    """No preview of any pilot is empty, whatever its sources say."""
    label = next(one.label for one in KNOWLEDGE.facets if one.key == facet)
    for pilot in KNOWLEDGE.pilots.values():
        shown = next(one for one in preview(KNOWLEDGE, pilot.place.file) if one.where.endswith(f": {label}"))
        assert len(plain(shown.web)) > len(label)

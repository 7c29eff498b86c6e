"""A plan's paper holds every answer, what is open, who is missing, and what helped elsewhere."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from learning import plan
from learning.notebook import Note
from learning.papers.document import Document, Figure, Heading, Paragraph, Points, Quote, References
from learning.papers.words import say
from tests.learning.papers.samples import ENGLISH, HEBREW, a_plan, question_ids, the_course


def texts(document: Document) -> list[str]:
    """List the texts of a paper, without those of pictures."""
    found = []
    for block in document.blocks:
        if isinstance(block, Heading | Paragraph | Quote):
            found.append(block.text)
        if isinstance(block, Points):
            found += block.texts
    return found


def quotes(document: Document) -> dict[str, str]:
    """Return the answers of a paper, by the id of their question."""
    return {block.mark: block.text for block in document.blocks if isinstance(block, Quote) and block.mark}


@given(answers=st.dictionaries(st.sampled_from([*question_ids(), "roadmap.gone.old"]), st.text(min_size=1)))
def test_paper_holds_every_answer_and_every_open_question(answers: dict[str, str]) -> None:
    """Each answer stands as it was written, and each question of a stage begun stands once, answered or open."""
    document = a_plan(answers)

    told = texts(document)
    begun = [one.stage for one in plan.status_of(the_course().stages, answers) if one.answered]
    assert quotes(document) == answers
    for question in (question for stage in begun for question in stage.questions):
        assert sum(text.endswith(question.ask) for text in told) == 1


def test_empty_plan_is_an_agenda() -> None:
    """Without an answer the paper says so, and asks the questions of the first stage."""
    first = next(iter(the_course().stages.values()))

    told = texts(a_plan({}))

    assert say("plan_empty") in told
    assert {question.ask for question in first.questions} <= set(told)
    assert not any(isinstance(block, References) for block in a_plan({}).blocks)


def test_picture_is_told_in_words() -> None:
    """The star map says for those who cannot see it how far each stage is."""
    figure = next(block for block in a_plan({question_ids()[0]: "x"}).blocks if isinstance(block, Figure))

    assert "Prepare: 1 of 6" in figure.alt
    assert figure.lines[0] == "★☆☆☆☆☆  Prepare: 1 of 6"
    assert "<svg" in figure.svg


def test_questions_about_people_that_are_open_are_named() -> None:
    """Who is missing has a heading of its own, as long as anybody is."""
    ethics = [
        plan.id_of(stage, question)
        for stage in list(the_course().stages.values())[:1]
        for question in stage.questions
        if question.theme == "ethics"
    ]

    without, whole = a_plan({question_ids()[0]: "x"}), a_plan(dict.fromkeys(ethics, "x"))

    assert say("gap") in texts(without) and say("gap_whole") in texts(without)
    assert say("gap") not in texts(whole)


def test_catalysts_of_stages_begun_are_recommended_with_sources() -> None:
    """Each catalyst of the stage stands with a number that leads to its sources; those of other stages do not."""
    stages = list(the_course().stages.values())
    document = a_plan({question_ids()[0]: "x" * 601})

    listed = next(block for block in document.blocks if isinstance(block, References)).sources
    told = texts(document)
    for topic in stages[0].catalysts:
        assert the_course().entries[topic].title in told
    others = set(stages[-1].catalysts) - set(stages[0].catalysts)
    assert others and not {the_course().entries[one].title for one in others} & set(told)
    keys = tuple(key for topic in stages[0].catalysts for key in the_course().entries[topic].answer.sources)
    used = {source.url for source in the_course().cited(keys)}
    assert used and used <= {one.url for one in listed}


def test_notes_stand_in_the_stage_that_their_lesson_belongs_to() -> None:
    """What was written in a lesson of the stage comes with it; a note of another lesson does not, nor one read back."""
    lesson_id = next(iter(the_course().stages.values())).lessons[0]
    notes = (Note(1, lesson_id, "own", HEBREW), Note(2, "no.lesson", "own", "elsewhere"))

    document = a_plan({question_ids()[0]: ENGLISH}, notes=notes)

    assert HEBREW in texts(document) and "elsewhere" not in texts(document)
    assert quotes(document) == {question_ids()[0]: ENGLISH}

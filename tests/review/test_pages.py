"""What the pages show: the week, what was missed, conversations with personal data hidden, marks that stay."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from knowledge.loader import load_knowledge
from learning import tables as learning
from review.audit import Audit
from tests.review.visitors import Visitor


async def test_today_counts_the_week_and_names_what_to_do(visitor: Visitor, asked: str) -> None:
    """One question was asked and not answered: it stands in the figures and first among what to do."""
    await visitor.come_in("reader")
    page = (await visitor.page("/")).text

    assert "<strong>0–2</strong> <span>about as many as the week before</span>" in page
    assert "Read one or two questions without an answer" in page


async def test_missed_question_is_shown_without_personal_data(visitor: Visitor, asked: str) -> None:
    """The mail address is hidden, the script is text, and the nearest answer has its title."""
    await visitor.come_in("reader")
    page = (await visitor.page("/questions")).text

    assert "write to [mail] &lt;script&gt;" in page
    assert "anna@example.org" not in page
    assert load_knowledge().course.topics["system.value"].title in page


async def test_conversation_is_read_masked_and_that_is_written_down(
    visitor: Visitor, asked: str, engine: Engine
) -> None:
    """A reader sees the conversation as it looked, with what the tutor made of it."""
    await visitor.come_in("reader")
    page = (await visitor.page(f"/conversations/{asked}")).text

    assert "write to [mail] &lt;script&gt;" in page
    assert "<strong>not</strong>" in page
    assert "Did not answer" in page
    assert ("reader", "read", asked) in [deed[1:4] for deed in Audit(engine).latest()]


async def test_unmasking_needs_a_reason_that_is_kept(visitor: Visitor, asked: str, engine: Engine) -> None:
    """Without a reason nothing is shown; with one it is, and the trail has it."""
    await visitor.come_in("editor")
    here = f"/conversations/{asked}"
    without = await visitor.send(f"{here}/unmask", on=here, reason="why not")
    shown = await visitor.send(f"{here}/unmask", on=here, reason="she asked us to call her back")

    assert without.status_code == 400
    assert "anna@example.org" not in without.text
    assert "anna@example.org" in shown.text
    assert "she asked us to call her back" in [deed.reason for deed in Audit(engine).latest()]


async def test_marks_stay_and_find_the_conversation(visitor: Visitor, asked: str) -> None:
    """Tags, flag, note and how far it was read are kept; the list finds by them."""
    await visitor.come_in("editor")
    here = f"/conversations/{asked}"
    form = {"tags": "Funding, money!", "note": "a <b>new</b> entry?", "flagged": "yes", "reviewed": "yes"}
    await visitor.send(f"{here}/mark", on=here, **form)
    page = (await visitor.page(here)).text

    assert "funding, money" in page
    assert "a &lt;b&gt;new&lt;/b&gt; entry?" in page
    for wanted in ("tag=money", "state=flagged", "state=reviewed", "words=SCRIPT", "decision=abstain", "days=1"):
        assert asked in (await visitor.page(f"/conversations?{wanted}")).text, wanted
    for other in ("tag=mone", "state=open", "words=%25", "decision=answer", "lesson=system.value", "intent=greet"):
        assert asked not in (await visitor.page(f"/conversations?{other}")).text, other


async def test_unhelpful_answer_is_missed_too(visitor: Visitor, asked: str, engine: Engine) -> None:
    """An answer that did not help stands among the questions, with the reason."""
    question, rating = learning.question, learning.rating
    with engine.begin() as connection:
        connection.execute(sa.update(question).values(decision="answer", text="what is value"))
        at = connection.execute(sa.select(question.c.asked_at)).scalar_one()
        values = {"learner_id": asked, "topic_id": "system.value", "is_helpful": False, "reason": "too hard"}
        connection.execute(rating.insert().values(**values, message_id="message-2", rated_at=at))
    await visitor.come_in("reader")
    page = (await visitor.page("/questions?topic=system.value")).text

    assert "what is value" in page
    assert "did not help; too hard" in page


async def test_lessons_and_content_name_every_lesson(visitor: Visitor) -> None:
    """Each lesson of the course stands on both pages, also before anybody took one."""
    await visitor.come_in("reader")
    lessons, content = (await visitor.page("/lessons")).text, (await visitor.page("/content")).text

    for plan in load_knowledge().course.lessons:
        assert plan.title in lessons
        assert plan.title in content


async def test_lessons_stand_in_the_order_of_the_course(visitor: Visitor) -> None:
    """Not in that of the files' names."""
    await visitor.come_in("reader")
    page = (await visitor.page("/lessons")).text

    places = [page.index(f'href="/lessons/{plan.id}"') for plan in load_knowledge().course.lessons]
    assert places == sorted(places)


@pytest.mark.parametrize(("score", "told"), [(0.2, "No answer is near. The closest is"), (0.9, "Nearest answer:")])
async def test_answer_that_is_far_off_is_not_called_near(
    visitor: Visitor, asked: str, engine: Engine, score: float, told: str
) -> None:
    """How sure the tutor was stands there in words."""
    with engine.begin() as connection:
        connection.execute(sa.update(learning.question).values(score=score))
    await visitor.come_in("reader")

    for path in ("/questions", "/questions/group?of=1&days=30"):
        page = (await visitor.page(path)).text
        assert told in page
        assert f"{score:.0%} sure of it" in page


async def test_trail_leads_to_conversations_that_were_read(visitor: Visitor, asked: str) -> None:
    """An owner sees which one, by a link instead of a long number; other deeds have none."""
    await visitor.come_in("owner")
    await visitor.page(f"/conversations/{asked}")
    page = (await visitor.page("/people")).text

    assert f'<a href="/conversations/{asked}">a conversation ({asked[:6]}…)</a>' in page
    assert 'href="/conversations/desk"' not in page

"""The pages of conversations, tests, exports and certificates, as each role meets them."""

from __future__ import annotations

import json
import re

import pytest
from sqlalchemy.engine import Engine

from learning.belongings import Belongings
from learning.certificate import Certified
from learning.certificates_store import Certificates
from learning.erasure import erase
from review.audit import Audit
from review.case_pages import SHOWN
from review.marks import Marks
from review.meant import Corrections
from tests.review.talking import Said, talk
from tests.review.visitors import Visitor

ANN, BEN = "a" * 32, "b" * 32
HOSTILE = "<img src=x onerror=alert(1)> {{ 7*7 }} write to anna@example.org"
TURNS = [
    Said(HOSTILE, "ask_system", "action_answer_question", decision="abstain", topics=("system.value",)),
    Said("hm, go on", "thank", "utter_welcome", confidence=0.4),
]
CODE = "ABCD0123" * 3 + "ABCD"


@pytest.fixture
def told(engine: Engine) -> list[str]:
    """Let two people talk; return the ids of Ann's messages."""
    talk(engine, BEN, [TURNS[1]])
    return talk(engine, ANN, TURNS)


async def test_list_and_page_show_hostile_text_as_text(visitor: Visitor, told: list[str]) -> None:
    """What was typed is never run, and personal data is hidden on the list and on the page."""
    await visitor.come_in("reader")

    for path in ("/conversations?words=onerror", f"/conversations/{ANN}", "/conversations?words=%3Cscript%3E%22"):
        page = (await visitor.page(path)).text
        assert "<img" not in page
        assert "anna@example.org" not in page
    assert (
        "&lt;img src=x onerror=alert(1)&gt; {{ 7*7 }} write to [mail]"
        in (await visitor.page(f"/conversations/{ANN}")).text
    )


async def test_filter_goes_along_to_the_next(visitor: Visitor, told: list[str]) -> None:
    """Who opens a conversation from a list is led through that list, also after keeping marks."""
    await visitor.come_in("editor")
    page = (await visitor.page(f"/conversations/{ANN}?words=go")).text
    kept = await visitor.send(
        f"/conversations/{ANN}/mark", on=f"/conversations/{ANN}", then=BEN, filter="?words=go&evil=1"
    )

    assert f'id="next" href="/conversations/{BEN}?words=go"' in page
    assert kept.headers["Location"] == f"/conversations/{BEN}?words=go"


async def test_conversation_is_handed_to_a_login_only(visitor: Visitor, told: list[str], engine: Engine) -> None:
    """A colleague has a login; they find what was handed to them."""
    here = f"/conversations/{ANN}"
    await visitor.come_in("editor")
    nobody = await visitor.send(f"{here}/mark", on=here, handed_to="somebody else")
    await visitor.send(f"{here}/mark", on=here, handed_to="reader")
    await visitor.come_in("reader")

    assert nobody.status_code == 400
    page = (await visitor.page("/conversations?state=mine")).text
    assert ANN in page
    assert BEN not in page


async def test_marks_of_nobody_are_refused(visitor: Visitor, told: list[str], engine: Engine) -> None:
    """No note is kept about a conversation that is not there."""
    await visitor.come_in("editor")
    answer = await visitor.send(f"/conversations/{'f' * 32}/mark", on=f"/conversations/{ANN}", note="x")

    assert answer.status_code == 404
    assert Marks(engine).find("f" * 32) == {}


async def test_message_is_put_right_and_becomes_an_example(visitor: Visitor, told: list[str], engine: Engine) -> None:
    """An editor says what a message meant: the page shows it, and training gets it."""
    here = f"/conversations/{ANN}"
    await visitor.come_in("editor")
    kept = await visitor.send(f"{here}/correct", on=here, turn=told[1], meant="continue_lesson")
    page = (await visitor.page("/corrections")).text
    file = await visitor.send("/corrections/examples", on="/corrections")

    assert kept.status_code == 303
    assert "We say it meant <strong>continue lesson</strong>" in (await visitor.page(here)).text
    assert "hm, go on" in page
    assert "intent: continue_lesson" in file.text
    assert file.headers["Content-Disposition"] == 'attachment; filename="desk.yml"'


@pytest.mark.parametrize(
    "fields", [{"meant": "drop_tables", "turn": "x"}, {"meant": "thank"}, {"meant": "topic:nothing"}]
)
async def test_what_cannot_be_meant_is_refused(
    visitor: Visitor, told: list[str], engine: Engine, fields: dict[str, str]
) -> None:
    """Neither a meaning that does not exist nor one of no message is kept."""
    await visitor.come_in("editor")
    answer = await visitor.send(f"/conversations/{ANN}/correct", on=f"/conversations/{ANN}", **fields)

    assert answer.status_code == 400
    assert Corrections(engine).all() == []


async def test_chosen_messages_become_a_story_and_lines(visitor: Visitor, told: list[str], engine: Engine) -> None:
    """Both are files with names of ours, without personal data, and the trail knows."""
    here = f"/conversations/{ANN}"
    await visitor.come_in("editor")
    story = await visitor.send(f"{here}/cases", on=here, kind="story", turn=told[0])
    lines = await visitor.send(f"{here}/cases", on=here, kind="lines")
    none = await visitor.send(f"{here}/cases", on=here, kind="lines", turn="nothing")

    assert re.search(r'filename="test_desk_\d{8}_\d{6}\.yml"', story.headers["Content-Disposition"])
    assert "anna@example.org" not in story.text
    assert "hm, go on" not in story.text
    assert [json.loads(line).get("topics") for line in lines.text.splitlines()] == [[], None]
    assert none.status_code == 400
    assert ("editor", "took as a test", ANN) in [deed[1:4] for deed in Audit(engine).latest()]


@pytest.mark.parametrize("what", ["conversations", "questions", "progress", "attempts", "figures"])
@pytest.mark.parametrize("format_", ["csv", "json", "xapi"])
async def test_export_is_masked_and_written_down(
    visitor: Visitor, told: list[str], engine: Engine, what: str, format_: str
) -> None:
    """Every file comes without personal data, and the trail says who took it."""
    await visitor.come_in("editor")
    file = await visitor.send("/exports/file", on="/exports", what=what, format=format_, days="")

    assert file.status_code == 200
    assert "anna@example.org" not in file.text
    assert ANN not in file.text
    assert ("editor", "exported") in [deed[1:3] for deed in Audit(engine).latest()]
    if format_ != "csv":
        assert isinstance(json.loads(file.text), list)


async def test_unmasked_export_needs_right_and_reason(visitor: Visitor, told: list[str], engine: Engine) -> None:
    """An editor may not, an owner must say why; then it is given, and the trail has both."""
    wanted = {"what": "questions", "format": "json", "days": "", "unmasked": "yes"}
    await visitor.come_in("editor")
    editor = await visitor.send("/exports/file", on="/exports", reason="because I want to", **wanted)
    await visitor.come_in("owner")
    without = await visitor.send("/exports/file", on="/exports", reason="why not", **wanted)
    owner = await visitor.send("/exports/file", on="/exports", reason="the data protection officer asks", **wanted)

    assert (editor.status_code, without.status_code) == (403, 400)
    assert "anna@example.org" not in editor.text + without.text
    assert "anna@example.org" in owner.text
    deeds = [(deed.name, deed.action, deed.reason) for deed in Audit(engine).latest()]
    assert ("owner", "exported unmasked", "the data protection officer asks") in deeds
    assert not [deed for deed in deeds if deed[:2] == ("editor", "exported unmasked")]


@pytest.mark.parametrize("fields", [{"what": "note"}, {"format": "exe"}, {"days": "5"}])
async def test_export_of_what_is_not_offered_is_refused(
    visitor: Visitor, told: list[str], fields: dict[str, str]
) -> None:
    """Reflections, plans and other files are never given out."""
    await visitor.come_in("owner")
    answer = await visitor.send(
        "/exports/file", on="/exports", **{"what": "questions", "format": "csv", "days": "7", **fields}
    )

    assert answer.status_code == 400


async def test_certificate_is_looked_up_revoked_and_restored(visitor: Visitor, engine: Engine) -> None:
    """A reader finds it by its code; an owner takes it back with a reason, and lets it hold again."""
    certificates = Certificates(engine)
    certificates.issue(CODE, ANN, Certified("The course", "1", ("One",), 1, 60, 30))
    await visitor.come_in("reader")
    codes = (CODE, "abcd-0123", "WXYZ", "%", "ab")
    pages = [(await visitor.page(f"/certificates?code={code}")).text for code in codes]
    await visitor.come_in("owner")
    without = await visitor.send("/certificates/revoke", on="/certificates", code=CODE, reason="no")
    await visitor.send(
        "/certificates/revoke", on="/certificates", code="ABCD0123", reason="the <b>paper</b> was changed"
    )
    revoked = (await visitor.page("/certificates")).text
    state = certificates.list()[0].state
    await visitor.send("/certificates/restore", on="/certificates", code="ABCD0123")
    unknown = await visitor.send("/certificates/revoke", on="/certificates", code="ZZZZ", reason="it was never given")

    assert ["ABCD-0123…" in page for page in pages] == [True, True, False, False, False]
    assert "/certificates/revoke" not in pages[0]
    assert (without.status_code, unknown.status_code) == (400, 400)
    assert "the &lt;b&gt;paper&lt;/b&gt; was changed" in revoked
    assert (state, certificates.list()[0].state) == ("revoked", "valid")
    assert ("owner", "revoked a certificate", "ABCD0123") in [deed[1:4] for deed in Audit(engine).latest()]


async def test_erasure_reaches_everything_on_the_desk(visitor: Visitor, told: list[str], engine: Engine) -> None:
    """Tags, notes, hand-overs, what was put right, what is searched and exports to come: nothing of Ann is left."""
    here = f"/conversations/{ANN}"
    await visitor.come_in("editor")
    marks = {"tags": "funding", "note": "call Anna back", "flagged": "yes", "handed_to": "reader"}
    await visitor.send(f"{here}/mark", on=here, **marks)
    await visitor.send(f"{here}/correct", on=here, turn=told[1], meant="continue_lesson")
    found = (await visitor.page("/conversations?words=onerror&tag=funding")).text
    with engine.begin() as connection:
        receipt = erase(Belongings(engine), connection, ANN)

    assert here in found
    assert min(receipt[name] for name in ("desk_mark", "desk_correction", "desk_said", "outbox")) > 0
    assert (await visitor.page(here)).status_code == 404
    for path in ("/conversations", "/conversations?tag=funding", "/conversations?words=onerror", "/corrections"):
        page = (await visitor.page(path)).text
        assert ANN not in page
        assert "hm, go on" not in page or BEN in page
    for what in ("conversations", "questions"):
        file = await visitor.send("/exports/file", on="/exports", what=what, format="csv", days="")
        assert "onerror" not in file.text
    assert ANN not in str([deed.target for deed in Audit(engine).latest()])


async def test_long_list_of_corrections_is_cut(visitor: Visitor, engine: Engine) -> None:
    """The page shows the newest, and says how many more the file has."""
    learner_id = "c" * 32
    turns = [Said(f"stop number {number}", "ask_course", "utter_x") for number in range(SHOWN + 2)]
    ids = talk(engine, learner_id, turns)
    Corrections(engine).put(learner_id, ids, "ask_more", "anna")
    await visitor.come_in("editor")
    page = (await visitor.page("/corrections")).text

    assert page.count("stop number") == SHOWN
    assert "And 2 older ones; the file has them all." in page

"""The pages of the content: found, written, checked while it is written, published, taken back; and tricks refused."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from html import unescape
from pathlib import Path

import httpx
import pytest
from sqlalchemy.engine import Engine
from starlette.applications import Starlette

from review.audit import Audit
from review.content_edits import add_to_list
from review.desk import create_app
from review.trainings import Trainings
from review.users import Users
from settings import load_settings
from tests.review.conftest import KNOWLEDGE
from tests.review.content import ENTRY, LESSON, TOLD, TOLD_ANEW, copy_content, reworded, text_of
from tests.review.visitors import ADDRESS, Visitor

HERE = f"/content/file/{ENTRY}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a copy of the content."""
    return copy_content(tmp_path)


@pytest.fixture
async def visitor(tmp_path: Path, folder: Path, database_url: str, users: Users) -> AsyncIterator[Visitor]:
    """Give an editor at a desk of the copy."""
    settings = load_settings({"TUTOR_VAR": str(tmp_path), "DATABASE_URL": database_url, "TUTOR_CONTENT": str(folder)})
    async with coming_in(create_app(settings, KNOWLEDGE)) as visitor:
        yield visitor


@asynccontextmanager
async def coming_in(app: Starlette) -> AsyncIterator[Visitor]:
    """Let an editor come in at a desk."""
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=ADDRESS, timeout=60) as client:
        visitor = Visitor(client)
        await visitor.come_in("editor")
        yield visitor


def field(page: str, name: str) -> str:
    """Return what stands in a hidden field of the writing form."""
    form = page.partition('id="edit"')[2]
    found = re.search(rf'name="{name}" value="([^"]*)"', form)
    assert found
    return unescape(found[1])


async def write(visitor: Visitor, deed: str, text: str, on: str = "", **fields: str) -> httpx.Response:
    """Send the writing form of the entry as it was loaded; ``on`` is an older page of it."""
    page = on or (await visitor.page(HERE)).text
    form = {name: field(page, name) for name in ("csrf", "seen", "base")}
    return await visitor.client.post(f"/content/{deed}/{ENTRY}", data={**form, "text": text, **fields})


async def test_list_names_each_lesson_and_answer(visitor: Visitor) -> None:
    """What people know it by, not the file's name alone."""
    page = (await visitor.page("/content")).text

    for one in (*KNOWLEDGE.lessons.values(), *KNOWLEDGE.entries.values()):
        assert one.title in unescape(page)


async def test_file_is_shown_with_check_and_preview(visitor: Visitor, folder: Path) -> None:
    """The text stands in the form as it is, the check says that all is well, both doors are shown."""
    page = (await visitor.page(HERE)).text

    assert unescape(page.partition("required>\n")[2].partition("</textarea>")[0]) == text_of(folder)
    assert "All well: this can be published." in page
    assert page.count(TOLD) == 3


async def test_reader_sees_and_cannot_write(visitor: Visitor) -> None:
    """A reader gets the text and the preview without a form."""
    await visitor.come_in("reader")
    page = (await visitor.page(HERE)).text

    assert TOLD in page and "<textarea" not in page and "Publish" not in page


async def test_check_answers_while_it_is_typed(visitor: Visitor, folder: Path) -> None:
    """A piece of the page: what is wrong in which line, and the text as people would see it."""
    broken = text_of(folder).replace(f"{TOLD} A", "<script>x</script> {colour: red} A")

    answer = await write(visitor, "check", broken)

    assert answer.status_code == 200 and "<html" not in answer.text
    line = broken[: broken.index("## answer")].count("\n") + 1
    assert f'data-line="{line}"' in answer.text
    assert "&lt;script&gt;" in answer.text and "<script>" not in answer.text
    assert "cannot be shown" in (await write(visitor, "check", "a\x07b")).text


async def test_draft_is_kept_and_published(visitor: Visitor, folder: Path, engine: Engine) -> None:
    """Saved, found again by the team, published with a reason, written down; the draft is gone then."""
    await write(visitor, "save", reworded(folder))
    assert TOLD in text_of(folder)
    page = (await visitor.page(HERE)).text
    assert TOLD_ANEW in page and "You see a <strong>draft</strong>, saved by editor" in page

    answer = await write(visitor, "publish", reworded(folder), why="plainer <b>words</b>")

    assert (answer.status_code, answer.headers["Location"]) == (303, "/content/history/1")
    assert TOLD_ANEW in text_of(folder)
    shown = (await visitor.page("/content/history/1")).text
    assert "plainer &lt;b&gt;words&lt;/b&gt;" in shown and f"<ins>{TOLD_ANEW}" in shown and f"<del>{TOLD}" in shown
    assert "Drafts, not published" not in (await visitor.page("/content")).text
    assert ("editor", "published", ENTRY, "plainer <b>words</b>") in [one[1:] for one in Audit(engine).latest()]


async def test_new_question_is_learnt_and_taken_back(
    tmp_path: Path, folder: Path, database_url: str, users: Users, engine: Engine
) -> None:
    """Other words in an answer are there at once; a question more, or one less, has a model trained, and says so."""
    settings = load_settings({"TUTOR_VAR": str(tmp_path), "DATABASE_URL": database_url, "TUTOR_CONTENT": str(folder)})
    trainings = Trainings(engine, lambda: None)
    async with coming_in(create_app(settings, trainings=trainings)) as visitor:
        await write(visitor, "publish", reworded(folder), why="plainer")
        assert trainings.latest() == []
        asked = add_to_list(text_of(folder), "questions", ["is worth a thing that lies in the drawer"])

        answer = await write(visitor, "publish", asked, why="as somebody put it")

        assert answer.headers["Location"] == "/content/history/2?training=yes"
        assert "is trained in the background" in (await visitor.page(answer.headers["Location"])).text
        assert [(one.why, one.asked_by) for one in trainings.latest()] == [("as somebody put it", "editor")]
        trainings.take()
        undone = await visitor.send("/content/history/2/undo", on="/content/history/2")
        assert undone.headers["Location"] == "/content/history/3?training=yes"
        assert [one.state for one in trainings.latest()] == ["waiting", "running"]


async def test_publication_that_fails_the_check_keeps_the_text(visitor: Visitor, folder: Path) -> None:
    """Nothing is published; the text stands in the form and is kept as a draft."""
    broken = text_of(folder).replace("id: system.value", "id: system.worth")

    answer = await write(visitor, "publish", broken, why="a try")

    assert answer.status_code == 409
    assert "It cannot be published yet" in answer.text and "id: system.worth" in answer.text
    assert "id: system.value" in text_of(folder)
    assert "id: system.worth" in (await visitor.page(HERE)).text


async def test_publication_without_a_reason_is_asked_for_one(visitor: Visitor, folder: Path) -> None:
    """The text stays in the form."""
    answer = await write(visitor, "publish", reworded(folder))

    assert answer.status_code == 409
    assert "Please say in a few words why" in answer.text and TOLD_ANEW in answer.text
    assert TOLD in text_of(folder)


async def test_second_editor_is_told_and_both_texts_are_there(visitor: Visitor, folder: Path) -> None:
    """Two load the page; the second to save sees the other's text beside theirs, and can save then."""
    page = (await visitor.page(HERE)).text
    await write(visitor, "save", reworded(folder), on=page)
    mine = text_of(folder).replace("A service makes an offer", "Any service makes an offer")

    second = await write(visitor, "save", mine, on=page)

    assert second.status_code == 409
    assert "editor saved this draft" in second.text
    assert TOLD_ANEW in second.text and "Any service makes an offer" in second.text
    assert (await write(visitor, "save", mine, on=second.text)).status_code == 303
    assert "Any service makes an offer" in (await visitor.page(HERE)).text


async def test_file_published_meanwhile_is_not_written_over(visitor: Visitor, folder: Path) -> None:
    """Who loaded the page before is told, sees the file as it is, and goes on after a look."""
    page = (await visitor.page(HERE)).text
    await write(visitor, "publish", reworded(folder), on=page, why="first")
    mine = text_of(folder).replace(TOLD_ANEW, "Value is no parcel.")

    second = await write(visitor, "publish", mine, on=page, why="second")

    assert second.status_code == 409
    assert "changed by editor at the desk" in second.text
    assert TOLD_ANEW in second.text and "Value is no parcel." in second.text
    assert TOLD_ANEW in text_of(folder)
    await visitor.send(f"/content/discard/{ENTRY}", on=HERE, then="keep", seen=field(second.text, "seen"))
    assert (await write(visitor, "publish", mine, why="second")).status_code == 303
    assert "Value is no parcel." in text_of(folder)


async def test_undo_takes_a_publication_back_once(visitor: Visitor, folder: Path, engine: Engine) -> None:
    """The file is as before; a second time, and after a later change, it is refused kindly."""
    before = text_of(folder)
    await write(visitor, "publish", reworded(folder), why="plainer")

    answer = await visitor.send("/content/history/1/undo", on="/content/history/1")

    assert answer.headers["Location"] == "/content/history/2"
    assert text_of(folder) == before
    again = await visitor.send("/content/history/1/undo", on=HERE)
    assert again.status_code == 409 and "taken back already" in again.text
    (folder / ENTRY).write_text(reworded(folder), encoding="utf-8")
    later = await visitor.send("/content/history/2/undo", on=HERE)
    assert later.status_code == 409 and "outside the desk" in later.text
    assert ("editor", "took back", "revision 1") in [one[1:4] for one in Audit(engine).latest()]


async def test_draft_is_thrown_away(visitor: Visitor, folder: Path) -> None:
    """The page shows the file again."""
    await write(visitor, "save", reworded(folder))

    await visitor.send(f"/content/discard/{ENTRY}", on=HERE)

    assert TOLD_ANEW not in (await visitor.page(HERE)).text


async def test_new_answer_begins_with_what_was_asked(visitor: Visitor) -> None:
    """Another page links here with questions; personal data in them is hidden; both drafts are made."""
    link = "/content/new?question=how+are+volunteers+paid&question=write+to+anna%40example.org+%3Cb%3E"
    page = (await visitor.page(link)).text
    assert "how are volunteers paid\nwrite to [mail] &lt;b&gt;" in page

    form = {"title": "Paying <volunteers>", "home": "about", "questions": "how are volunteers paid\r\nand taxes?"}
    answer = await visitor.send("/content/new", on="/content/new", **form)

    assert answer.headers["Location"] == "/content/file/answers/about/paying-volunteers.md"
    draft = (await visitor.page(answer.headers["Location"])).text
    assert "how are volunteers paid" in draft and "and taxes?" in draft
    assert 'value="course.yml" checked' in draft
    wrong = await visitor.send("/content/new", on="/content/new", **{**form, "home": "../x"})
    assert wrong.status_code == 400 and "no lesson of the course" in wrong.text


@pytest.mark.parametrize(
    "path",
    [
        "../settings.py",
        "..%2Fsettings.py",
        "/etc/passwd",
        "distress.yml",
        "answers/x%00.md",
        "a" * 300,
        "images/x.svg",
    ],
)
async def test_path_trick_finds_nothing(visitor: Visitor, path: str) -> None:
    """Neither read nor written, whatever the address says."""
    read = await visitor.page(f"/content/file/{path}")
    written = await visitor.send(f"/content/publish/{path}", on=HERE, text="x", why="a trick")

    assert read.status_code == 404
    assert written.status_code == 404


async def test_number_that_is_none_does_no_harm(visitor: Visitor, folder: Path) -> None:
    """Nonsense in hidden fields counts as an old page; a huge number of a revision is not found."""
    page = (await visitor.page(HERE)).text
    await write(visitor, "save", reworded(folder))
    answer = await write(
        visitor, "save", text_of(folder), on=page.replace('name="seen" value="0"', 'name="seen" value="²x"')
    )

    assert answer.status_code == 409
    assert (await visitor.page("/content/history/99999999999999999999")).status_code == 404


async def test_history_of_one_file_names_its_publications_only(visitor: Visitor, folder: Path) -> None:
    """The newest first, each with who and why."""
    await write(visitor, "publish", reworded(folder), why="plainer words")

    mine, other = [(await visitor.page(f"/content/history?path={path}")).text for path in (ENTRY, LESSON)]

    assert "plainer words" in mine
    assert "plainer words" not in other and "Nothing was published" in other

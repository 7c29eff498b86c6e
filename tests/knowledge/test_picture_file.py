"""Reading the list of pictures, and how large each drawing is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.errors import ContentError
from knowledge.picture_file import DRAWINGS, read_pictures
from tests.knowledge.content_tree import ContentTree

IMAGES, SHED = "images/images.yml", "images/shed.svg"
NO_SIZE = "shed.svg does not say how large it is"


def test_pictures_read_have_words_and_size(tree: ContentTree) -> None:
    """Each picture has its title, its words for who cannot see it, its sources, its line and its size."""
    pictures, problems = read_pictures(tree.folder / IMAGES, IMAGES)

    assert problems == [] and list(pictures) == ["shed"]
    shed = pictures["shed"]
    assert (shed.name, shed.title, shed.sources, shed.place.line) == ("shed", "One shed for all", ("S1",), 1)
    assert shed.alt.startswith("A drawing") and min(shed.size) > 0


@pytest.mark.parametrize(
    ("drawing", "size"),
    [
        ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 360 240"></svg>', (360, 240)),
        ("<svg viewBox='0 0 360 240'/>", (360, 240)),
        ('<?xml version="1.0"?>\n<!-- drawn -->\n<svg\n  viewBox = " -10 -5.5 100.4 99.6 ">', (100, 100)),
        ('<svg viewBox="0,0,12,34">', (12, 34)),
    ],
)
def test_size_of_drawing_is_read(tree: ContentTree, drawing: str, size: tuple[int, int]) -> None:
    """Width and height are those of the drawing's own frame, rounded, however it is written."""
    tree.write(SHED, drawing)

    pictures, problems = read_pictures(tree.folder / IMAGES, IMAGES)

    assert problems == [] and pictures["shed"].size == size


@pytest.mark.parametrize(
    "drawing",
    [
        pytest.param("", id="empty"),
        pytest.param("no drawing", id="words"),
        pytest.param('<svg width="360" height="240">', id="without a frame"),
        pytest.param('<svg viewBox="0 0 0 240">', id="no width"),
        pytest.param('<svg viewBox="0 0 360 0.2">', id="no height"),
        pytest.param('<svg viewBox="0 0 . .">', id="dots"),
        pytest.param('<svg viewBox="0 0 1.2.3 4">', id="no number"),
        pytest.param('<svg viewBox="0 0 360">', id="three numbers"),
        pytest.param('<g viewBox="0 0 360 240">', id="another element"),
        pytest.param(b"\xff\xfe<svg>", id="not UTF-8"),
    ],
)
def test_drawing_without_size_is_one_problem(tree: ContentTree, drawing: str | bytes) -> None:
    """A drawing that does not say how large it is is named, with what to write."""
    tree.write(SHED, drawing)

    pictures, problems = read_pictures(tree.folder / IMAGES, IMAGES)

    assert [(one.file, one.line, one.text.startswith(NO_SIZE)) for one in problems] == [(IMAGES, 1, True)]
    assert pictures["shed"].size == (0, 0)


def test_picture_without_drawing_is_one_problem(tree: ContentTree) -> None:
    """A picture without its file is named, and the others are read."""
    (tree.folder / SHED).unlink()

    pictures, problems = read_pictures(tree.folder / IMAGES, IMAGES)

    assert [one.text.partition(";")[0] for one in problems] == ["no drawing shed.svg beside this file"]
    assert pictures["shed"].title == "One shed for all"


@pytest.mark.parametrize("key", ["title", "alt"])
def test_picture_without_words_is_one_problem(tree: ContentTree, key: str) -> None:
    """A picture needs its title, and words for who cannot see it."""
    text = (tree.folder / IMAGES).read_text(encoding="utf-8")
    tree.write(IMAGES, text.replace(f"  {key}:", "  other:"))

    _, problems = read_pictures(tree.folder / IMAGES, IMAGES)

    assert [(one.line, one.text.partition(";")[0]) for one in problems] == [(2, f"no {key}")]


def test_list_of_pictures_unreadable_is_refused(tree: ContentTree) -> None:
    """A list that is no data is refused with its name."""
    path = tree.write(IMAGES, "- shed\n")

    with pytest.raises(ContentError, match=IMAGES):
        read_pictures(path, IMAGES)


def test_real_drawings_stand_beside_their_list() -> None:
    """Every picture of the course has its drawing, and every drawing its words."""
    pictures, problems = read_pictures(DRAWINGS / "images.yml", IMAGES)

    assert problems == []
    assert set(pictures) == {path.stem for path in DRAWINGS.glob("*.svg")}


@given(drawing=st.text(max_size=60) | st.from_regex(r'<svg viewBox="[-0-9., ]{0,20}">', fullmatch=True))
def test_any_drawing_has_a_size_or_is_a_problem(tmp_path_factory: pytest.TempPathFactory, drawing: str) -> None:
    """Whatever stands in the file, there is a size above nought, or a problem."""
    folder = tmp_path_factory.getbasetemp()
    (folder / "any.yml").write_text("shed:\n  title: a\n  alt: b\n", encoding="utf-8")
    (folder / "shed.svg").write_text(drawing, encoding="utf-8", errors="replace")

    pictures, problems = read_pictures(folder / "any.yml", "any.yml")

    assert (min(pictures["shed"].size) > 0) != bool(problems)

"""Every page of the desk is measured, and decisions are asked for as the page itself asks."""

from __future__ import annotations

import pytest

from benchmarks.desk_decision import group_addresses, has_begun, is_whole, read_decision
from benchmarks.desk_pages import Found, Page, pages, routes_of, unmeasured
from benchmarks.processes import BenchmarkError
from review.desk import create_app
from settings import load_settings
from tests.benchmarks.test_desk_people import KNOWLEDGE

FOUND = Found(["a"], ["system.value"], ["/questions/group?of=1&days=30"], [1], [1])
FORM = """
<input type="hidden" name="csrf" value="c"><input type="hidden" name="of" value="7">
<input type="hidden" name="days" value="30">
<select id="topic" name="topic"><option value="">choose</option>
<option value="a.b">A</option><option value="c.d" selected>C</option></select>
<textarea id="texts" name="texts" rows="4">who pays &amp; why
who paid</textarea>
"""


def test_every_route_of_the_desk_is_measured(tmp_path: object) -> None:
    """A page that is added to the desk is added to the benchmark."""
    settings = load_settings({"TUTOR_VAR": str(tmp_path), "DATABASE_URL": f"sqlite:///{tmp_path}/tutor.db"})

    assert unmeasured(routes_of(create_app(settings, KNOWLEDGE)), pages(FOUND)) == []


def test_every_page_has_addresses_with_real_ids() -> None:
    """Nothing of a route's pattern is left in what is asked for, and no two figures have one name."""
    found = pages(FOUND)

    assert not [address for page in found for address in page.addresses if "{" in address]
    assert all(page.addresses for page in found)
    assert len({page.what for page in found}) == len(found)


def test_route_that_no_page_stands_for_is_named() -> None:
    """A new page is not forgotten."""
    assert unmeasured(["/", "/new"], [Page("/", "today", ("/",))]) == ["/new"]


def test_groups_are_found_on_the_page_of_questions() -> None:
    """By the links that lead to them."""
    page = (
        '<a class="button" href="/questions/group?of=7&amp;days=30">Decide</a> <a href="/questions?days=7">7 days</a>'
    )

    assert group_addresses(page) == ["/questions/group?of=7&days=30"]


def test_decision_is_asked_for_as_it_is_offered() -> None:
    """With the visit's token, the questions, and the answer that is chosen already."""
    assert read_decision(FORM) == {
        **{"csrf": "c", "of": "7", "days": "30", "deed": "variant", "topic": "c.d", "part": "yes"},
        "texts": "who pays & why\nwho paid",
    }
    assert read_decision(FORM.replace(" selected", ""))["topic"] == "a.b"


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("The tutor's past questions are being loaded.", False),
        ("So far 128 of 900 different past questions are read", False),
        ("So far 12 of the 40 questions that this could change were asked again", True),
        ("2 of 900 different past questions would get something else", True),
    ],
)
def test_whole_log_is_told_from_part_of_it(told: str, *, expected: bool) -> None:
    """A figure over the whole log is never one of an empty one."""
    assert is_whole(told) is expected


@pytest.mark.parametrize(("known", "expected"), [(0, False), (128, True)])
def test_reading_has_begun_when_something_is_known(known: int, *, expected: bool) -> None:
    """A decision over nothing yet is quick, and tells nothing."""
    assert has_begun(f"So far {known} of 900 different past questions are read") is expected


def test_page_without_a_decision_is_told() -> None:
    """Somebody who may not decide, or a page that changed."""
    with pytest.raises(BenchmarkError, match="no form"):
        read_decision("<h1>Questions</h1>")

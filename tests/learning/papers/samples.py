"""Texts in several scripts and of awkward kinds, and papers made of them."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from knowledge.loader import load_knowledge
from knowledge.model import Knowledge
from learning import plan
from learning.notebook import Note
from learning.papers.document import Block, Document
from learning.papers.plan_document import PlanContent, make_plan_document
from learning.plan import Project

TODAY = date(2026, 11, 26)
POLISH = "Zażółć gęślą jaźń: młodzież z Wrocławia chce dłużej korzystać z biblioteki."
GREEK = "Η ομάδα των νέων αποφασίζει μαζί μας ποιες ημέρες ανοίγει το εργαστήριο."
ESTONIAN = "Õpilased ütlesid, et öösel on bussid tühjad; žürii ja šokolaad."
ARABIC = "يريد سكان الحي أن يقرروا معنا أوقات العمل."
HEBREW = "הדיירים רוצים להחליט יחד איתנו."
ENGLISH = "More young people should find help with homework, in a way they like."
EMOJI = "We agreed 👍 and ❤️ the idea 🚀."
ODD = "=cmd|' /C calc'!A0\n<b>bold</b> & <script>x</script>\n**stars** _under_ [link](http://x.y)\n# hash\n\n1. one"
LONG_WORD = "Donaudampfschifffahrtsgesellschaft" * 12
LONG = (ENGLISH + " ") * 56  # 4,000 characters
TEXTS = (POLISH, GREEK, ESTONIAN, ARABIC, HEBREW, ENGLISH, EMOJI, ODD, LONG_WORD)


@lru_cache(maxsize=1)
def the_course() -> Knowledge:
    """Load the course once."""
    return load_knowledge()


def question_ids() -> list[str]:
    """List every question of the Roadmap."""
    return [one for stage in the_course().stages.values() for one in plan.ids_of(stage)]


def a_plan(answers: dict[str, str], name: str = "Homework club", notes: tuple[Note, ...] = ()) -> Document:
    """Lay out a plan of the real Roadmap."""
    return make_plan_document(PlanContent(the_course(), Project(1, name), answers, notes, TODAY))


def a_short_plan() -> Document:
    """Lay out a plan with three answers in as many scripts."""
    ids = question_ids()
    return a_plan({ids[0]: ENGLISH, ids[1]: POLISH, ids[3]: ARABIC})


def a_long_plan() -> Document:
    """Lay out a plan of some twelve pages: every question answered but two, in all kinds of texts."""
    answers = {one: " ".join([TEXTS[number % len(TEXTS)]] * 2) for number, one in enumerate(question_ids())}
    answers[question_ids()[5]] = LONG
    del answers[question_ids()[13]], answers[question_ids()[14]]
    notes = (Note(1, "system.conditions", "own", ENGLISH), Note(2, "ethics.parameters", "own", HEBREW))
    return a_plan(answers, "Õismäe – Ψυχή – حي – ☀", notes)


def a_document(*blocks: Block, title: str = "A title") -> Document:
    """Make a paper of some blocks."""
    return Document("plan", title, "A subtitle", "A footer", TODAY, blocks)

"""The filter of conversations as it stands in an address: read kindly, and written again for links."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from knowledge.model import Knowledge
from review.door import text_of
from review.wanted import CONFIDENCES, STATES, Wanted

DAYS = ("1", "7", "30", "365")
CHOICES: dict[str, tuple[str, ...]] = {
    "days": DAYS,
    "channel": ("web", "telegram"),
    "decision": ("answer", "choose", "abstain"),
    "feedback": ("helpful", "unhelpful"),
    "confidence": tuple(CONFIDENCES),
    "state": STATES,
}
TYPED = {"theme": 40, "lesson": 120, "intent": 80, "words": 120, "tag": 30, "from": 10, "to": 10}


@dataclass(frozen=True)
class Filter:
    """What was chosen, by name of the field; what is not one of the choices is empty."""

    chosen: Mapping[str, str]

    @property
    def address(self) -> str:
        """The filter as the end of an address; empty when nothing was chosen."""
        kept = {name: value for name, value in self.chosen.items() if value}
        return f"?{urlencode(kept)}" if kept else ""

    def wanted(self, knowledge: Knowledge, reader: str, now: datetime) -> Wanted:
        """Say what a conversation must have.

        Args:
            knowledge: The course, for the lessons of a theme.
            reader: Who looks.
            now: UTC without a zone.
        """
        chosen = self.chosen
        first, last = _day(chosen["from"]), _day(chosen["to"])
        since = datetime.combine(first, time()) if first else None
        if chosen["days"] and not since:
            since = now - timedelta(days=int(chosen["days"]))
        until = datetime.combine(last + timedelta(days=1), time()) if last and last < date.max else None
        themes = {theme.id: tuple(lesson.id for lesson in theme.lessons) for theme in knowledge.course.themes}
        kept = {name: chosen[name] for name in ("channel", "decision", "feedback", "lesson", "intent", "words", "tag")}
        more = {name: chosen[name] for name in ("confidence", "state", "theme")}
        lessons = themes.get(chosen["theme"], ())
        return Wanted(since=since, until=until, **kept, **more, theme_lessons=lessons, reader=reader)


def read_filter(query: Mapping[str, str], knowledge: Knowledge) -> Filter:
    """Read the filter from an address."""
    picked = {name: text_of(query, name, 20) for name in CHOICES}
    typed = {name: text_of(query, name, limit) for name, limit in TYPED.items()}
    themes = {theme.id for theme in knowledge.course.themes}
    checked = {name: value if value in CHOICES[name] else "" for name, value in picked.items()}
    days = {name: typed[name] if _day(typed[name]) else "" for name in ("from", "to")}
    return Filter({**checked, **typed, **days, "theme": typed["theme"] if typed["theme"] in themes else ""})


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None

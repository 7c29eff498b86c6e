"""Taking the plan or the notes along: a PDF, a Word file and a Markdown file, as links or documents."""

from __future__ import annotations

import re

from bot.actions.answer_view import way_back
from bot.actions.plan_place import quote
from bot.actions.turn import Button, Event, Turn, TutorAction, button
from learning.downloads import address
from learning.papers.library import NOTES, PLAN
from learning.papers.paper import file_name
from learning.papers.words import say
from learning.plan import Project

TITLES = {"pdf": "PDF, to print or to send", "docx": "Word file, to work on", "md": "Markdown, plain text"}
NOTES_FILE = button("My notes as a document", "export_plan", move=NOTES)
_NOTES = re.compile(r"\b(?:notes?|notebook|reflections?|diary|journal)\b", re.I)
_FILE = re.compile(
    r"\b(?:export|download|save|print(?:able|ed)?|pdf|docx?|word|markdown|file|document|attachment)\b", re.I
)


class ActionExportPlan(TutorAction):
    """Give out a plan as a document, or the notes."""

    def name(self) -> str:
        """Return the name in ``domain.yml``."""
        return "action_export_plan"

    def tell(self, turn: Turn) -> list[Event]:
        """Make the links; with several projects, ask which one is meant."""
        if turn.entity("move") == NOTES or _NOTES.search(turn.text):
            return tell_notes_file(turn)
        projects = turn.parts.plan.projects(turn.learner_id)
        if not projects:
            ways = [button("Plan my own project", "start_roadmap"), *_notes_button(turn)]
            turn.say("utter_export_no_plan", [*way_back(turn), *ways])
            return []
        project = _meant(turn, projects)
        if project is None:
            buttons = [button(one.name, "export_plan", project_id=str(one.id)) for one in reversed(projects)]
            turn.say("utter_export_which", [*buttons, *way_back(turn)])
            return []
        files = _links(turn, PLAN, str(project.id), project.name)
        ways = [button("My plan", "show_plan"), *_notes_button(turn)]
        response = "utter_export_plan_telegram" if turn.gets_documents else "utter_export_plan"
        turn.say(response, [*way_back(turn), *ways], files=files, project=quote(project.name))
        return []


def tell_notes_file(turn: Turn) -> list[Event]:
    """Make the links to the notes; without any, say how to write one."""
    if not turn.parts.notebook.latest(turn.learner_id):
        turn.say("utter_no_notes", way_back(turn) or [button("Take a lesson", "start_course")])
        return []
    files = _links(turn, NOTES, "", say("notes_title"))
    response = "utter_export_notes_telegram" if turn.gets_documents else "utter_export_notes"
    turn.say(response, [*way_back(turn), button("All my notes", "show_notes")], files=files)
    return []


def wants_notes_file(text: str) -> bool:
    """Tell whether somebody wants their notes as a file, and not to look at them."""
    return bool(_NOTES.search(text) and _FILE.search(text))


def _meant(turn: Turn, projects: list[Project]) -> Project | None:
    """Return the project that a button or a text names, or the only one."""
    if named := turn.entity("project_id"):
        return next((one for one in projects if str(one.id) == named), None)
    if len(projects) == 1:
        return projects[0]
    written = [one for one in projects if one.name.lower() in turn.text.lower()]
    return max(written, key=lambda one: len(one.name), default=None)


def _links(turn: Turn, kind: str, subject: str, title: str) -> list[dict[str, str]]:
    """Make a link for each format; one that the person named comes first."""
    named = [one for one in TITLES if re.search(rf"\b{one}\b|\b{TITLES[one].split()[0].strip(',')}\b", turn.text, re.I)]
    today = turn.parts.store.read(turn.learner_id, lambda records: records.today())
    return [
        {
            "url": address(_token(turn, kind, subject, format)),
            "title": TITLES[format],
            "name": file_name(title, format, str(today)),
        }
        for format in dict.fromkeys((*named, *TITLES))
    ]


def _token(turn: Turn, kind: str, subject: str, format: str) -> str:
    return turn.parts.downloads.make(
        turn.learner_id, turn.message_id, kind=kind, subject=subject, format=format, channel=turn.channel
    )


def _notes_button(turn: Turn) -> list[Button]:
    return [NOTES_FILE] if turn.parts.notebook.latest(turn.learner_id) else []

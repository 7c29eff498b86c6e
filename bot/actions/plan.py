"""A person's own project: beginning its plan, choosing a stage, changing an answer, seeing what is there."""

from __future__ import annotations

import re

from bot.actions.notebook import take_note_wish
from bot.actions.plan_place import interview_slots, quote, stage_slots
from bot.actions.plan_status import tell_status, tell_status_of_stage, tell_which_answer
from bot.actions.plan_view import tell_plan
from bot.actions.stage_view import tell_pitfalls, tell_tips
from bot.actions.turn import Event, Turn, TutorAction, button
from knowledge.stage_search import find_question, find_stage
from learning import plan

_NEW = re.compile(r"\b(?:new|another|second|third|further|one more) (?:project|plan)\b", re.I)
_OTHERS = re.compile(r"\b(?:switch|change to|other|my|list|all) (?:the |my |of my )?projects?\b|\bswitch\b", re.I)
_NAME = re.compile(r"\b(?:re)?nam(?:e|ing)\b|\bcall (?:it|my project)\b|\btitle\b", re.I)


class ActionStartRoadmap(TutorAction):
    """Begin the plan of a project, or go on with it; make one more, or turn to another."""

    def name(self) -> str:
        """Return the name in ``domain.yml``."""
        return "action_start_roadmap"

    def tell(self, turn: Turn) -> list[Event]:
        """Begin, resume, or change the project."""
        walk = turn.parts.plan
        if project_id := turn.entity("project_id"):
            return tell_plan(turn, walk.turn_to(turn.learner_id, turn.message_id, project_id))
        projects = walk.projects(turn.learner_id)
        named = [one for one in projects if len(projects) > 1 and one.name.lower() in turn.text.lower()]
        if named:
            return tell_plan(turn, walk.turn_to(turn.learner_id, turn.message_id, str(named[-1].id)))
        if projects and (turn.entity("move") == "new" or _NEW.search(turn.text)):
            turn.say("utter_project_name", [button("Back to my plan", "start_roadmap")])
            return interview_slots("new_project")
        if projects and (turn.entity("move") == "projects" or _OTHERS.search(turn.text)):
            return _tell_projects(turn)
        return tell_plan(turn, walk.begin(turn.learner_id, turn.message_id))


def _tell_projects(turn: Turn) -> list[Event]:
    projects = turn.parts.plan.projects(turn.learner_id)
    found = turn.parts.plan.where(turn.learner_id)
    present = found[0].name if found else ""
    buttons = [
        *(button(one.name, "start_roadmap", project_id=str(one.id)) for one in projects),
        button("New project", "start_roadmap", move="new"),
        button("Rename this one", "edit_plan", move="rename"),
    ]
    turn.say("utter_projects", buttons, count=len(projects), name=quote(present))
    return stage_slots()


class ActionChooseStage(TutorAction):
    """Open the stage that a person names, in any order."""

    def name(self) -> str:
        """Return the name in ``domain.yml``."""
        return "action_choose_stage"

    def tell(self, turn: Turn) -> list[Event]:
        """Open it, tell its advice, or list the stages."""
        walk, stages = turn.parts.plan, turn.parts.knowledge.stages
        stage_id = turn.entity("stage_id") or (find_stage(stages, turn.text) if turn.text else None)
        if stage_id in stages and turn.entity("move") in ("tips", "pitfalls"):
            return (tell_tips if turn.entity("move") == "tips" else tell_pitfalls)(turn, stages[stage_id])
        if stage_id is None:
            return tell_plan(turn, walk.list_stages(turn.learner_id, turn.message_id))
        return tell_plan(turn, walk.open_stage(turn.learner_id, turn.message_id, stage_id))


class ActionShowPlan(TutorAction):
    """Show what is in the plan, at a glance or stage by stage."""

    def name(self) -> str:
        """Return the name in ``domain.yml``."""
        return "action_show_plan"

    def tell(self, turn: Turn) -> list[Event]:
        """Show it."""
        stages = turn.parts.knowledge.stages
        stage_id = turn.entity("stage_id") or (find_stage(stages, turn.text) if turn.text else None)
        return tell_status_of_stage(turn, stages[stage_id]) if stage_id in stages else tell_status(turn)


class ActionEditPlan(TutorAction):
    """Change an answer, or the project's name; the buttons under a question come here, too."""

    def name(self) -> str:
        """Return the name in ``domain.yml``."""
        return "action_edit_plan"

    def tell(self, turn: Turn) -> list[Event]:
        """Open the answer that is meant, or let the person choose one; "rewrite it" at a note means the note."""
        about_note = take_note_wish(turn)
        if about_note is not None:
            return about_note
        found = turn.parts.plan.where(turn.learner_id)
        if question_id := turn.entity("question_id"):
            return _move(turn, question_id)
        if found and (turn.entity("move") == "rename" or _NAME.search(turn.text)):
            turn.say("utter_project_rename", [button("Back to my plan", "start_roadmap")], name=quote(found[0].name))
            return interview_slots("rename")
        if found and (named := _named_answer(turn, found[1])):
            return tell_plan(turn, turn.parts.plan.open_question(turn.learner_id, turn.message_id, named))
        stage_id = find_stage(turn.parts.knowledge.stages, turn.text) if turn.text else None
        if found and stage_id:
            return tell_status_of_stage(turn, turn.parts.knowledge.stages[stage_id])
        return tell_which_answer(turn)


def _move(turn: Turn, question_id: str) -> list[Event]:
    """Do what a button under a question says; one without a move opens the question."""
    walk, move = turn.parts.plan, turn.entity("move")
    names = turn.learner_id, turn.message_id
    if move in ("help", "example"):
        return tell_plan(turn, walk.look_up(*names, move, question_id))
    if move == "skip":
        return tell_plan(turn, walk.skip(*names, question_id))
    if move == "back":
        return tell_plan(turn, walk.go_back(*names, question_id))
    return tell_plan(turn, walk.open_question(*names, question_id))


def _named_answer(turn: Turn, answers: dict[str, str]) -> str | None:
    stages = turn.parts.knowledge.stages
    asked = [(one, found[1]) for one in answers if (found := plan.question_at(stages, one))]
    return find_question(asked, turn.text) if turn.text else None

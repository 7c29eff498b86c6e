"""Commands that a text may have meant, as buttons, when the classifier was not sure enough to run one."""

from __future__ import annotations

from bot.actions.turn import Button, Turn, button
from learning.slips import is_slip

UNCLEAR_AT_LEAST = 0.15  # a command that is so likely is worth asking about
NOISE_LIMIT_WORDS = 2
LIKELY_AT_LEAST = 0.5  # one that is so likely is worth asking about beside answers, too
COMMANDS_OFFERED = 2
TALK_AT_LEAST = 0.4
TALK = frozenset({"greet", "thank", "affirm", "deny", "bot_challenge", "rate_helpful", "rate_unhelpful"})
TITLE_OF_COMMAND = {
    "start_course": "Take a lesson",
    "choose_lesson": "Choose a lesson",
    "continue_lesson": "Next step",
    "previous_card": "One step back",
    "repeat_card": "Show me where I am",
    "skip_step": "Skip this step",
    "start_quiz": "Test me",
    "ask_hint": "A hint",
    "ask_progress": "My progress",
    "start_repetition": "Practise again",
    "show_notes": "My notes",
    "get_certificate": "My certificate",
    "start_roadmap": "Plan my own project",
    "choose_stage": "A stage of my plan",
    "show_plan": "My plan",
    "edit_plan": "Change my plan",
    "export_plan": "My plan as a document",
    "compare_setting": "Compare my service",
    "set_reminder": "Remind me",
    "stop_reminders": "No more reminders",
    "link_channel": "Go on on another device",
    "unlink_channel": "Take a device out",
    "ask_privacy": "What you store about me",
    "export_my_data": "Give me my data",
    "delete_my_data": "Delete my data",
    "contact_team": "Talk to the course team",
    "ask_sources": "Where that comes from",
    "ask_more": "Tell me more",
    "ask_simpler": "Say it simpler",
    "ask_example": "An example",
    "ask_help": "What can you do?",
    "goodbye": "Stop for today",
}


def unclear_commands(turn: Turn, at_least: float = UNCLEAR_AT_LEAST) -> list[Button]:
    """Make buttons for the commands that a text may have meant; none when a question or an answer is likelier.

    Args:
        turn: Of which the classifier's ranking counts, if it was not sure.
        at_least: How likely the likeliest command has to be, 0 to 1.
    """
    likely = [(name, share) for name, share in turn.intent_ranking if share >= UNCLEAR_AT_LEAST]
    if turn.intent != "nlu_fallback" or not likely or likely[0][0] not in TITLE_OF_COMMAND or likely[0][1] < at_least:
        return []
    wanted = [name for name, _ in likely if name in TITLE_OF_COMMAND][:COMMANDS_OFFERED]
    return [button(TITLE_OF_COMMAND[name], name) for name in wanted]


def is_talk(turn: Turn) -> bool:
    """Tell a greeting, thanks or the like that was not clear enough: no question, and nothing to refuse."""
    return (
        turn.intent == "nlu_fallback"
        and bool(turn.intent_ranking)
        and turn.intent_ranking[0][0] in TALK
        and turn.intent_ranking[0][1] >= TALK_AT_LEAST
    )


def is_noise(turn: Turn) -> bool:
    """Tell a slip of the keyboard where a text would be kept as it is: a word or two that mean nothing at all.

    Where the classifier is not sure of that, the word has to look like a slip, too: it may be of another language.
    """
    is_unsure = turn.intent == "nlu_fallback" and is_slip(turn.text)
    if len(turn.text.split()) > NOISE_LIMIT_WORDS or not (turn.intent == "out_of_scope" or is_unsure):
        return False
    return means_nothing(turn)


def means_nothing(turn: Turn) -> bool:
    """Tell whether a text is taken for no words at all, in no language."""
    finding = turn.parts.answerer.ask(turn.text)
    return finding.decision.kind == "abstain" and finding.refusal == "noise" and not finding.language

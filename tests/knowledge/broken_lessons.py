"""Lessons and entries broken in one place each: the edit, the line that is blamed, and what is said."""

from __future__ import annotations

from tests.knowledge.content_tree import FILES, LESSON, SHARING, TOOLS, broken

LONG = "word " * 141
STORY = FILES[LESSON][FILES[LESSON].index("## story:") : FILES[LESSON].index("## card: Who decides")]
REFLECTION = FILES[LESSON][FILES[LESSON].index("## reflect:") : FILES[LESSON].index("## quiz: plants")]
TWO_ITEMS = FILES[LESSON][FILES[LESSON].index("## quiz: rain") : FILES[LESSON].index("## quiz: first-bed")]
HARD = (
    "Organisational transformation necessitates interdisciplinary collaboration, "
    "participatory methodologies and institutional accountability. "
)
LESSON_CASES = [
    broken(LESSON, "id: system.garden", "id: system.yard", "---", "lesson 'system.yard' is not in course.yml"),
    broken(LESSON, "system.tools]", "system.tools, system.x]", "---", "'system.x' is not a topic of course.yml"),
    broken(
        LESSON, "topics: [system.sharing, system.tools]", "topics: [system.tools]", "---", "system.sharing is missing"
    ),
    broken(LESSON, "next: [system.kitchen]", "next: [system.tools]", "---", "'system.tools' is not a lesson"),
    broken(
        LESSON, "## card: One shed", "## card: Who decides!", "## card: Who decides!", "a second step 'who-decides'"
    ),
    broken(LESSON, "quiz: shed (", "quiz: plants (", "## quiz: plants (several", "a second step 'plants'"),
    broken(LESSON, "A garden belongs to all when", LONG, "---", "words; at most 90"),
    broken(LESSON, "all decide. A", "all decide {soruces: S1}. A", "---", "{soruces: S1} is not understood"),
    broken(LESSON, "## card: One shed\nAll tools", "All tools", "---", "5 cards and stories; a lesson has 6 to 10"),
    broken(LESSON, "## story:", "## card:", "---", "no story; tell at least one"),
    broken(LESSON, REFLECTION, "", "---", "0 reflections; a lesson has one or two"),
    broken(LESSON, TWO_ITEMS, "", "---", "3 quiz items; a lesson has at least 4"),
    broken(
        LESSON,
        "## quiz: plants",
        REFLECTION.replace("Your own yard", "Your street") + "## quiz: plants",
        "## reflect: Your street",
        "'empty-place' is kept at lessons/system/01-garden.md:34 too",
    ),
    broken(LESSON, "title: A garden that", "title: A yard of the poor that", "---", "'the poor' names people by"),
]
CARD_CASES = [
    broken(LESSON, "that nobody used.", LONG, "## card: The empty", "150 words with title and note; at most 90"),
    broken(LESSON, "All tools stand in one shed, and all have the key.\n", "", "## card: One shed", "no text"),
    broken(LESSON, "{sources: S1, S2; pilot", "{sources: S1, S9; pilot", "## story", "source S9 is not in sources.yml"),
    broken(LESSON, "{sources: S1, S2; pilot", "{sources: S1; pilto", "## story", "is not understood; use sources"),
    broken(
        LESSON,
        "one neighbour brought a spade",
        "a spade came from the elderly",
        "## story",
        "'the elderly' names people by a problem",
    ),
    broken(LESSON, "{note: the tutor's own reading}", "", "## card: What", "no sources; add {sources: ...}"),
    broken(LESSON, "{keep-as: empty-place}", "", "## reflect", "no {keep-as: ...}"),
    broken(LESSON, "card: One shed", f"card: {'o' * 61}", "## card: ooo", "title of 61 letters; at most 60"),
    broken(LESSON, "pilot: pilot.north", "pilot: pilot.south", "## story", "'pilot.south' is not a pilot"),
    broken(LESSON, "pilot: pilot.north", "pilot: system.tools", "## story", "'system.tools' is not a pilot"),
    broken(
        LESSON, "the tutor's own reading", "own " * 91, "## card: What", "102 words with title and note; at most 90"
    ),
    broken(LESSON, "image: shed", "image: barn", "## card: One shed", "picture 'barn' is not in images.yml"),
    broken(LESSON, "All tools stand", f"All {'t' * 1000} stand", "## card: One", "letters under a picture; Telegram"),
    broken(
        LESSON, "It rained for", f"It {'r' * 4100} for", "## card: A rainy", "letters; a message in Telegram has at"
    ),
    broken(LESSON, "It rained for", HARD + "It rained for", "## card: A rainy", "at most 13, aim at 9 or less"),
    broken(LESSON, "{note: the", "{reading: ; note: the", "## card: What", "{reading: } without a reason"),
    broken(LESSON, "{note: the", "{reading: a law; note: the", "## card: What", "{reading: ...} excuses nothing"),
    broken(LESSON, "card: A rainy year", "card: A year of drug users", "## card: A year", "'drug users' names people"),
    broken(
        LESSON, "Which place near", "Which elderly or the elderly. Near", "## reflect", "'the elderly' names people"
    ),
]
ORDER = "## quiz: first-bed"
ITEM_CASES = [
    broken(LESSON, "(one right, sure)", "(one right)", "---", "no item asks how sure people are"),
    broken(LESSON, "(several right)", "(several right, sure)", "## quiz: shed", "a second item that asks how sure"),
    broken(LESSON, "(put in order)", "(put in order, sure)", ORDER, "an order is never asked about with 'sure'"),
    broken(LESSON, "- [x] The neighbours.", "- [ ] The neighbours.", "## quiz: plants", "item has no right option"),
    broken(LESSON, "- [ ] The mayor.", "- [x] The mayor.", "## quiz: plants", "item has 2 right options; mark one"),
    broken(
        LESSON, "- [x] It holds all", "- [ ] It holds all", "## quiz: shed", "one right option; call it (one right)"
    ),
    broken(LESSON, "- [ ] True", "- [ ] Yes", "## quiz: rain", "has the options True and False"),
    broken(
        LESSON, "- [x] Ask the neighbours.\n  > Yes, they decide too.\n", "", "## quiz: begin", "1 options; an item"
    ),
    broken(
        LESSON, "- [ ] Buy", "- [ ] A\n- [ ] B\n- [ ] C\n- [ ] D\n- [ ] E\n- [ ] Buy", "## quiz: begin", "7 options"
    ),
    broken(LESSON, "- [ ] The mayor.", "- [ ] The  neighbours.", "## quiz: plants", "two options say the same"),
    broken(LESSON, "Who chose the plants in Northtown?\n", "", "## quiz: plants", "no text"),
    broken(LESSON, "Think of the people with", "{hint}", "## quiz: plants", "{hint} is not understood"),
    broken(LESSON, "  > The mayor only came to look.\n", "", "- [ ] The mayor", "option without feedback; add a line"),
    broken(LESSON, "  > {misconception: those in office decide}\n", "", "- [ ] The mayor", "no {misconception: ...}"),
    broken(LESSON, "- [ ] The mayor.", f"- [ ] {'m' * 181}", "- [ ] mmm", "option of 181 letters; at most 180"),
    broken(LESSON, "The mayor only came", LONG, "- [ ] The mayor", "words; at most 90"),
    broken(LESSON, "Think of the key.", "Think of an offender.", "## quiz: shed", "'offender' names people"),
    broken(
        LESSON, "- [ ] It is locked.", "- [ ] It is for the homeless.", "## quiz: shed", "'the homeless' names people"
    ),
    broken(LESSON, "It is open to all.", "It is open to offenders.", "- [ ] It is", "'offenders' names people"),
    broken(LESSON, "must be locked}", "keep offenders out}", "- [ ] It is", "'offenders' names people"),
    broken(
        LESSON, "3. Choose the plants together.\n   > Last, with all who said yes.\n", "", ORDER, "2 steps; an item to"
    ),
    broken(LESSON, "{misconception: plants come before people}", "", ORDER, "name what another order shows"),
    broken(LESSON, "   > Then, before anybody buys plants.\n", "", "2. Ask", "option without feedback; add a line"),
    broken(LESSON, "3. Choose the plants together.", "3. Ask who lives beside it.", ORDER, "two options say the same"),
]
ENTRY_CASES = [
    broken(SHARING, "id: system.sharing", "id: system.share", "---", "id 'system.share' is not a topic"),
    broken(SHARING, "## more\nIn", "In", "---", "no section 'more'; add ## more"),
    broken(SHARING, "and each has a say.", LONG, "## answer", "words; at most 70"),
    broken(SHARING, "Whoever came", LONG, "## more", "words; at most 140"),
    broken(SHARING, "All plant.", LONG, "## simpler", "words; at most 70"),
    broken(SHARING, "began with one spade.", LONG, "## example", "words; at most 70"),
    broken(SHARING, "## example: pilot.north", "## example", "## example", "'' is not a pilot"),
    broken(SHARING, "sources: [S1, S2]", "sources: []", "---", "no sources; an answer without a source"),
    broken(SHARING, "  - who waters the plants in summer\n", "", "---", "9 questions; at least 10"),
    broken(SHARING, "[system.tools, system.cooking]", "[system.tools]", "---", "1 topics under next; name two"),
    broken(SHARING, "[system.tools, system.cooking]", "[system.tools, system.x]", "---", "'system.x' is not a topic"),
    broken(
        SHARING, "[system.tools, system.cooking]", "[system.tools, system.garden]", "---", "'system.garden' is not a to"
    ),
    broken(SHARING, "lesson: system.garden", "lesson: system.tools", "---", "'system.tools' is not a lesson"),
    broken(
        SHARING,
        "who waters the plants in summer",
        "How do we SHARE a garden?",
        "- How do",
        "stands under system.sharing",
    ),
    broken(
        TOOLS, "must i bring my own spade", "how do we share a garden", "- how do", "stands under system.sharing too"
    ),
    broken(
        TOOLS,
        "must i bring my own spade",
        "please, anybody pick the beans?",
        "- please, anybody",
        "of system.tools is nearly 'may anybody pick the beans' of system.sharing",
    ),
    broken(SHARING, "title: Sharing a garden", f"title: {'t' * 61}", "---", "title of 61 letters; at most 60"),
    broken(TOOLS, "All tools stand in one", HARD, "## answer", "at most 13, aim at 9 or less"),
    broken(
        TOOLS, "One shed.", "Everybody participates in collective decision-making.", "## simpler", "at most 8, aim at 6"
    ),
    broken(TOOLS, "Many keys.", "Many keys.\n{reading: it is short}", "## simpler", "{reading: ...} excuses nothing"),
    broken(TOOLS, "Many keys.", "Many keys.\n{image: key}", "## simpler", "picture 'key' is not in images.yml"),
    broken(
        TOOLS, "on the first Sunday", "by the elderly on Sunday", "## more", "'the elderly' names people by a problem"
    ),
    broken(SHARING, "{sources: S2}", "{sources: S2, S7}", "## more", "source S7 is not in sources.yml"),
    broken(SHARING, "sources: [S1, S2]", "sources: [S1, S8]", "---", "source S8 is not in sources.yml"),
]

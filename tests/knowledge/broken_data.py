"""Data broken in one place each: the edit, the line that is blamed, and what is said."""

from __future__ import annotations

from tests.knowledge.content_tree import FILES, PILOT, STAGE, broken

LONG = "word " * 141
IMAGES = "images/images.yml"
ALT = FILES[IMAGES][FILES[IMAGES].index("A drawing") : FILES[IMAGES].index("\n  sources")]
DATA_CASES = [
    broken(PILOT, "It began with a spade.", LONG, "story:", "words; at most 140"),
    broken(PILOT, "Four neighbours took", LONG, '- {text: "word', "words; at most 90"),
    broken(PILOT, 'first.", sources: [S1]', 'first.", sources: []', '- {text: "Four', "every fact of a pilot carries"),
    broken(PILOT, "id: pilot.north", "id: system.tools", "id:", "'system.tools' is not a pilot of course.yml"),
    broken("glossary.yml", "A small house for tools.", LONG, "- term: shed", "141 words; at most 70"),
    broken("glossary.yml", "sources: [S2]", "sources: [S7]", "- term: shed", "source S7 is not in sources.yml"),
    broken("glossary.yml", "topic: system.sharing", "topic: system.x", "- term: bed", "topic 'system.x' is not in"),
    broken("glossary.yml", "[tool shed]", "[Flower Bed]", "- term: shed", "'Flower Bed' stands under 'bed' too"),
    broken(
        "sources.yml", "year: 2020", "year: 2020\nbook:\n  title: a\n  author: b", "book:", "a key is an S and a number"
    ),
    broken("sources.yml", "https://example.org", "www.example.org", "S1:", "a link begins with https://"),
    broken(
        "planned.yml", "roadmap.begin:", "system.tools:\n  - a tool\n\nroadmap.begin:", "system.tools", "answer now"
    ),
    broken("planned.yml", "roadmap.begin:", "roadmap.end:", "system.cooking", "roadmap.begin has no answer and no"),
    broken(
        "planned.yml", "roadmap.begin:", "x.y:\n  - a\n\nroadmap.begin:", "x.y", "'x.y' is not a topic of course.yml"
    ),
    broken(
        "planned.yml",
        "who cooks the soup",
        "who waters the plants in summer?",
        "system.cooking",
        "under system.sharing",
    ),
    broken("glossary.yml", "A small house", "A small house of the poor", "- term: shed", "'the poor' names people"),
    broken(
        "sources.yml", "S2:", "S3:\n  title: Nothing\n  author: Nobody\n\nS2:", "S3:", "nobody cites S3; cite it or"
    ),
    broken("sources.yml", "example.org/yard", "example.org/the yard", "S1:", "a link has no spaces"),
    broken("sources.yml", "example.org/yard", "example/yard", "S1:", "a link names a site with a dot in it"),
    broken("sources.yml", "https://example", "ftp://example", "S1:", "a link begins with https://"),
    broken("sources.yml", "https://example", "https:///example", "S1:", "a link names a site with a dot in it"),
    broken("sources.yml", "example.org/yard", "example.org:yard", "S1:", "that is no address"),
    broken("sources.yml", "example.org/yard", "[example.org", "S1:", "that is no address"),
    broken("words.yml", "[offender*]", "[offender*, 'x.y']", "- words: [offender*", "'x.y' is no word; write letters"),
    broken("words.yml", "  why: it blames\n", "", "- words: [drug", "no why; write why:"),
]
CERTIFICATE_CASES = [
    broken(
        "course.yml", "lessons: all", "lessons: 3", "certificate:", "asks for 3 lessons; the course has 2, or write all"
    ),
    broken(
        "course.yml", "score_percent: 60", "score_percent: 101", "certificate:", "score_percent is 101; at most 100"
    ),
]
COVERAGE_CASES = [
    broken(
        "planned.yml", "lessons: [system.kitchen]", "lessons: [system.kitchen, x.y]", "lessons", "'x.y' is not a lesson"
    ),
    broken(
        "planned.yml", "[system.kitchen]", "[system.kitchen, system.garden]", "lessons", "system.garden is written now"
    ),
    broken(
        "course.yml",
        "roadmap:",
        "  - id: more\n    title: More\n    question: Why?\n    lessons:\n      - id: more.one\n        title: One\n"
        "        objective: Say one.\n\nroadmap:",
        "- id: more.one",
        "lesson more.one has no file; write it, or name it under lessons: in planned.yml",
    ),
    broken(
        "course.yml",
        "pilots:",
        "    - id: roadmap.end\n      title: The end\n      about: the last meeting\npilots:",
        "- id: roadmap.end",
        "stage roadmap.end has no file; write it in roadmap/",
    ),
    broken(
        IMAGES, "shed:", f"roof:\n  title: A roof\n  alt: {ALT}\n\nshed:", "roof:", "nothing shows roof; place {image:"
    ),
    broken(IMAGES, "shed:", "roof:\n  title: A roof\n  alt: A roof.\n\nshed:", "roof:", "no drawing roof.svg beside"),
]
PILOT_CASES = [
    broken(
        PILOT, "  place: [yard]", "  plaice: [yard]", "plaice:", "'plaice' is not in comparison.yml; use place, size"
    ),
    broken(
        PILOT, "[yard]", "[yard, cellar]", "place: [yard", "place has no value 'cellar' in comparison.yml; use yard"
    ),
    broken(PILOT, "size: few", "size: [few, many]", "size:", "2 values of size; comparison.yml allows one"),
    broken(PILOT, "compare_sources: [S1]\n", "", "id:", "no compare_sources; name what the comparison rests on"),
    broken(PILOT, "compare_sources: [S1]", "compare_sources: [S4]", "id:", "source S4 is not in sources.yml"),
    broken(PILOT, "Four neighbours took", "Four drug users took", '- {text: "Four', "'drug users' names people"),
    broken("comparison.yml", "- key: size", "- key: place", "- key: place", "'place' stands twice; keep one"),
    broken(
        "comparison.yml", "    - {key: roof, label: On a roof}\n", "", "- key: place", "1 values; give at least two"
    ),
    broken("comparison.yml", "On a roof", "r" * 181, "- key: place", "button of 181 letters; at most 180"),
    broken(IMAGES, ALT, "A shed with keys.", "shed:", "4 words in alt; a picture has 20 to 120"),
    broken(IMAGES, ALT, LONG, "shed:", "141 words in alt; a picture has 20 to 120"),
    broken(IMAGES, "one for each neighbour", "one for the elderly", "shed:", "'the elderly' names people by a problem"),
    broken(IMAGES, "sources: [S1]", "sources: [S6]", "shed:", "source S6 is not in sources.yml"),
    broken("places.yml", "pilot.north: [", "pilot.south: [", "pilots:", "'pilot.south' is not a pilot of course.yml"),
    broken("corrections.yml", "The mayor only", LONG, "- id: mayor", "words; at most 45"),
    broken("corrections.yml", "sources: [S2]", "sources: []", "- id: mayor", "no sources; name them, or say in a note"),
    broken("corrections.yml", "[system.sharing]", "[]", "- id: mayor", "0 topics; a correction has 1 to 3"),
    broken(
        "corrections.yml", "[system.sharing]", "[system.x]", "- id: mayor", "'system.x' is not a topic of course.yml"
    ),
    broken(
        "corrections.yml",
        "the mayor decided everything, right",
        "is the shed locked at night",
        "- id",
        "under",
    ),
]
STAGE_CASES = [
    broken(STAGE, "id: roadmap.begin", "id: roadmap.end", "id:", "'roadmap.end' is not a stage of course.yml"),
    broken(STAGE, "Meet once before you dig.", LONG, "purpose:", "words; at most 60"),
    broken(STAGE, "sources: [S1]\nquestions", "questions", "purpose:", "no sources; name them, or say in a note"),
    broken(
        STAGE, FILES[STAGE][FILES[STAGE].index("  - key: rain") : FILES[STAGE].index("tips:")], "", "id:", "3 questions"
    ),
    broken(STAGE, "theme: catalysts", "theme: tools", "- key: tools", "theme 'tools'; use system, ethics, catalysts"),
    broken(STAGE, "theme: ethics", "theme: system", "id:", "no question of the theme ethics; ask about people"),
    broken(STAGE, "- key: rain", "- key: place", "- key: place", "a second question 'place'; give each its own key"),
    broken(STAGE, "What will your project do", "what " * 31, "- key: rain", "words; at most 30"),
    broken(STAGE, "The beans can be lost.", "help " * 61, "- key: rain", "help: 70 words; at most 60"),
    broken(STAGE, "We meet in the school", "meet " * 51, "- key: rain", "words; at most 50"),
    broken(
        STAGE, "    sources: [S1, S2]\n    note: made-up example\n", "", "- key: rain", "no sources; name them, or say"
    ),
    broken(
        STAGE, "    help: The beans", "    helps: The beans", "- key: rain", "no help; write help: followed by a text"
    ),
    broken(
        STAGE,
        '  - {text: "Bring soup to the first meeting.", note: our own advice}\n',
        "",
        "id:",
        "1 tips; a stage has",
    ),
    broken(STAGE, "Bring soup", "soup " * 41, '- {text: "soup', "words; at most 40"),
    broken(STAGE, 'yard.", sources: [S2]', 'yard."', '- {text: "Meet each', "no sources; name them, or say in a note"),
    broken(
        STAGE,
        '  - {text: "The shed was locked, and nobody knew where the key was.", sources: [S2]}\n',
        "",
        "id:",
        "1 pitf",
    ),
    broken(STAGE, "The shed was locked", "lock " * 41, '- {text: "lock', "words; at most 40"),
    broken(STAGE, "catalysts: []", "catalysts: [catalysts.x]", "id:", "'catalysts.x' is not a topic of course.yml"),
    broken(STAGE, "catalysts: []", "catalysts: [system.tools]", "id:", "'system.tools' is no catalyst; name a topic"),
    broken(STAGE, "lessons: [system.garden]", "lessons: [system.x]", "id:", "'system.x' is not a lesson of course.yml"),
    broken(
        STAGE, "pilots: [pilot.north]", "pilots: [pilot.south]", "id:", "'pilot.south' is not a pilot of course.yml"
    ),
    broken(STAGE, "sources: [S1, S2]", "sources: [S1, S5]", "- key: rain", "source S5 is not in sources.yml"),
    broken(
        STAGE, "Eleven families.", "Eleven hard-to-reach people.", "- key: say", "'hard-to-reach people' names people"
    ),
]

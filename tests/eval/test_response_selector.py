"""The project of Rasa's own baseline holds every topic, and no question that it is asked later."""

from __future__ import annotations

from pathlib import Path

from knowledge.loader import load_knowledge
from knowledge.markup import parse_yaml
from tests.eval.response_selector import EPOCHS, write_project


def test_project_holds_every_topic_and_its_questions(tmp_path: Path) -> None:
    """One response a topic, the questions of each as examples, Rasa's own defaults."""
    knowledge = load_knowledge()

    examples = write_project(knowledge, tmp_path)

    files = {
        name: (tmp_path / name).read_text(encoding="utf-8") for name in ("config.yml", "domain.yml", "data/nlu.yml")
    }
    config, domain, nlu = (parse_yaml(text, name) for name, text in files.items())
    listed = {str(row["intent"]): str(row["examples"]).splitlines() for row in nlu["nlu"]}
    assert set(domain["responses"]) == {f"utter_faq/{topic}" for topic in knowledge.entries}
    assert set(listed) == {f"faq/{topic}" for topic in knowledge.entries}
    assert all(
        f"- {question}" in listed[f"faq/{topic}"]
        for topic, one in knowledge.entries.items()
        for question in one.questions
    )
    assert sum(map(len, listed.values())) == examples
    assert [one["name"] for one in config["pipeline"]][-1] == "ResponseSelector"
    assert config["pipeline"][-1]["epochs"] == EPOCHS
    assert files["data/nlu.yml"].splitlines()[1].startswith("nlu:")  # Rasa knows such a file by this line

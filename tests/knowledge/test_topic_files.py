"""A faulty topic or page file is refused with the file, the key and what is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest
import yaml

from bot.knowledge import pages
from bot.knowledge.pages import PagesError
from bot.knowledge.topics import TopicError, load, topics
from bot.understanding import Subject

SOUND = {
    "id": "sound",
    "group": "basics",
    "title": {"en": "Sound", "fr": "Correct"},
    "question": {"en": "Is it sound?", "fr": "Est-ce correct?"},
    "answer": [{"en": "You have {rule:deadlines.ita}.", "fr": "Vous avez {rule:deadlines.ita}."}],
    "link": "express_entry",
    "reviewed_on": "2026-11-22",
    "reviewed_by": "maintainers",
}


def written(directory: Path, *entries: dict[str, object]) -> Path:
    for entry in entries:
        (directory / f"{entry['id']}.yml").write_text(yaml.safe_dump(entry, allow_unicode=True), encoding="utf-8")
    return directory


def test_a_sound_topic_is_read(tmp_path: Path) -> None:
    topic = load(written(tmp_path, SOUND))["sound"]
    assert topic.depends_on == ("deadlines.ita",)


def line(en: str, fr: str, when: dict[str, object] | None = None) -> dict[str, object]:
    return {"answer": [{"en": en, "fr": fr, "when": when or {}}]}


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"link": "no_such_page"}, "link: no_such_page is not a page"),
        ({"answer": []}, "answer"),
        ({"title": {"en": "Sound"}}, "title.fr"),
        ({"notice": "urgent"}, "offer_person"),
        ({"unheard_of": 1}, "unheard_of"),
        ({"reviewed_on": "last week"}, "reviewed_on"),
        ({"next": ["sound"]}, "cannot follow itself"),
        ({"next": ["elsewhere"]}, "there is no topic elsewhere"),
        (line("On {fact:invited_on}.", "Le {fact:invited_on}."), "needs `when: {invited_on: known}`"),
        (
            line("To {derived:ita_deadline}.", "Au {derived:ita_deadline}."),
            "needs `when: {derived.ita_deadline: known}`",
        ),
        (line("Call {firm:contact}.", "Appelez {firm:contact}."), "needs `when: {firm.contact: known}`"),
        (line("{earlier:crs.grand_total}", "{earlier:crs.grand_total}"), "incomplete"),
        (line("{rule:deadlines.ita}", "rien"), "the places of en and fr differ"),
        (line("{figure:deadlines.ita}", "{figure:deadlines.ita}"), "is not a place"),
        (line("{derived:doom}", "{derived:doom}"), "expected one of"),
        (line("Yes.", "Oui.", {"shoe_size": "known"}), "shoe_size is not a fact"),
        (line("Yes.", "Oui.", {"stage": ["asleep"]}), "stage cannot be 'asleep'"),
        (line("Yes.", "Oui.", {"firm.motto": "known"}), "motto is not one of"),
        (line("Yes.", "Oui.", {"derived.ita_deadline": "soon"}), "expected one of known, unknown, ahead, past"),
        (line("Yes.", "Oui.", {"moon.phase": "full"}), "expected a fact"),
    ],
)
def test_a_faulty_topic_is_refused(tmp_path: Path, change: dict[str, object], complaint: str) -> None:
    with pytest.raises(TopicError) as error:
        load(written(tmp_path, {**SOUND, **change}))
    assert str(error.value).startswith("sound.yml")
    assert complaint in str(error.value)


def test_the_file_is_named_after_the_topic(tmp_path: Path) -> None:
    (tmp_path / "other.yml").write_text(yaml.safe_dump(SOUND), encoding="utf-8")
    with pytest.raises(TopicError, match="must be the name of its file"):
        load(tmp_path)


def test_unreadable_yaml_names_the_file(tmp_path: Path) -> None:
    (tmp_path / "broken.yml").write_text("id: [", encoding="utf-8")
    with pytest.raises(TopicError, match=r"^broken\.yml"):
        load(tmp_path)


@pytest.mark.parametrize(
    "address", ["http://www.canada.ca/en.html", "https://canada.ca.example.com/", "https://visa-help.example/"]
)
def test_a_page_is_official_or_refused(tmp_path: Path, address: str) -> None:
    path = tmp_path / "pages.yml"
    entry = {"title": {"en": "Fees", "fr": "Frais"}, "url": {"en": address, "fr": "https://www.canada.ca/fr.html"}}
    path.write_text(yaml.safe_dump({"pages": {"fees": entry}}), encoding="utf-8")
    with pytest.raises(PagesError, match=r"pages\.yml: fees: url"):
        pages.load(path)


def test_every_page_is_cited() -> None:
    subjects = set(get_args(Subject)) & set(pages.pages())
    assert set(pages.pages()) == {topic.link for topic in topics().values()} | subjects

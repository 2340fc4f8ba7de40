"""The vocabulary of facts: one place, read strictly, in step with the texts and with Rasa's domain."""

from pathlib import Path

import pytest
import yaml

from bot.facts import JointQuestion, VocabularyError, vocabulary
from bot.facts.vocabulary import load
from bot.knowledge.catalogue import LANGUAGES, catalogue

DOMAIN = yaml.safe_load(Path("domain.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("fact_id", list(vocabulary()))
def test_every_fact_has_its_words_in_both_languages(fact_id: str) -> None:
    fact = vocabulary()[fact_id]
    keys = [f"fact.{fact_id}.{part}" for part in ("label", "question", "why", "form")]
    keys += [f"fact.{fact_id}.value.{value}" for value in fact.values]
    for key in keys:
        assert all(catalogue()[key][language] for language in LANGUAGES), key


@pytest.mark.parametrize("question", vocabulary().questions, ids=lambda question: question.id)
def test_every_question_for_several_facts_has_its_words_in_both_languages(question: JointQuestion) -> None:
    keys = [f"question.{question.id}.{part}" for part in ("ask", "why", "form")]
    keys += [f"question.{question.id}.option.{name}" for name in question.choices(question.facts)]
    keys += [f"question.{question.id}.more"] if question.holding else []
    for key in keys:
        assert all(catalogue()[key][language] for language in LANGUAGES), key


def test_every_topic_of_the_vocabulary_has_a_heading() -> None:
    assert set(vocabulary().topics) == set(catalogue().under("topic"))


@pytest.mark.parametrize("fact_id", list(vocabulary()))
def test_every_fact_is_a_slot_filled_from_its_own_entity_and_a_slot_of_the_form(fact_id: str) -> None:
    slot = DOMAIN["slots"][fact_id]
    assert slot["mappings"] == [{"type": "from_entity", "entity": fact_id}]
    assert slot["influence_conversation"] is False
    assert fact_id in DOMAIN["entities"]
    assert fact_id in DOMAIN["forms"]["assessment_form"]["required_slots"]
    assert f"action_ask_{fact_id}" in DOMAIN["actions"]


def test_the_form_asks_in_the_order_of_the_vocabulary_and_confirms_at_the_end() -> None:
    assert DOMAIN["forms"]["assessment_form"]["required_slots"] == [*vocabulary(), "summary_confirmed"]


def test_slots_that_are_not_facts_are_only_the_known_ones() -> None:
    conversation = {"language", "assessed", "result", "later", "skipped", "sooner", "last_topic", "misses", "signs"}
    conversation |= {"doubts", "settled", "early_range", "assessment_consent"}
    handoff = {"summary_confirmed", "handoff_consent", "contact_name", "contact_reach", "assessment_paused"}
    assert set(DOMAIN["slots"]) == set(vocabulary()) | conversation | handoff


def write(tmp_path: Path, *facts: dict) -> Path:
    path = tmp_path / "vocabulary.yml"
    path.write_text(yaml.safe_dump({"version": 1, "facts": list(facts)}), encoding="utf-8")
    return path


AGE = {"id": "age", "type": "integer", "topic": "you", "needed": ["crs"], "privacy": "personal"}


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ([{**AGE, "colour": "red"}], "fact age: unknown key colour"),
        ([AGE, AGE], "fact age stands twice"),
        ([{**AGE, "when": {"height": [1]}}], "fact age: when: height is not an earlier fact"),
        ([AGE, {**AGE, "id": "b", "when": {"age": ["old"]}}], "fact b: when: age cannot be 'old'"),
        ([{"id": "age", "type": "integer"}], "fact age: .*topic"),
    ],
)
def test_a_fault_names_the_file_the_fact_and_the_key(tmp_path: Path, facts: list, message: str) -> None:
    with pytest.raises(VocabularyError, match=f"vocabulary.yml: {message}"):
        load(write(tmp_path, *facts))

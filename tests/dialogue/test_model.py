"""What the classifier of intents and topics promises, on a part of the training data."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogue.nlu.model import ModelFileError, TextClassifier
from tests.evaluate.examples import training

PART = {"greet", "thanks", "affirm", "deny", "inform", "skip", "ask_score", "start_assessment", "crisis"} | {
    f"faq/{topic}" for topic in ("ita_deadline", "proof_of_funds", "eca", "quebec", "sibling", "fees", "biometrics")
}
EXAMPLES = [example for example in training() if example.label in PART]


def trained() -> TextClassifier:
    return TextClassifier.train([example.text for example in EXAMPLES], [example.label for example in EXAMPLES])


@pytest.fixture(scope="module")
def model() -> TextClassifier:
    return trained()


def first(model: TextClassifier, text: str) -> str:
    return model.rank(text).labels[0][0]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("by what day must I send everything once I have the ITA?", "faq/ita_deadline"),
        ("jusqu’à quand puis-je répondre à l’IPD?", "faq/ita_deadline"),
        ("what savings do three people need", "faq/proof_of_funds"),
        ("quelles économies pour trois personnes", "faq/proof_of_funds"),
        ("must my diploma go through WES", "faq/eca"),
        ("mon diplôme doit-il passer par une équivalence", "faq/eca"),
        ("can I settle in Trois-Rivières with Express Entry", "faq/quebec"),
        ("ça coûte combien, les frais d’IRCC", "faq/fees"),
        ("do we all give our fingerprints", "faq/biometrics"),
        ("many thanks, that was useful", "thanks"),
        ("next question please", "skip"),
        ("je n’ai plus envie de vivre", "crisis"),
    ],
)
def test_other_words_than_those_of_the_training_data_are_understood(
    model: TextClassifier, text: str, label: str
) -> None:
    assert text not in {example.text for example in EXAMPLES}
    assert first(model, text) == label


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("combien d'économies faut-il à une famille", "COMBIEN D’ÉCONOMIES FAUT-IL À UNE FAMILLE"),
        ("est-ce que l'évaluation du diplôme est exigée", "est-ce que l´évaluation du diplôme est exigée"),
        ("quel montant, 15 000 $ ou plus", "quel montant, 15000 $ ou plus"),
        ("helloooooo", "helloo"),
        ("what's the deadline", "what’s the deadline"),
    ],
)
def test_capitals_apostrophes_and_spaces_in_figures_change_nothing(model: TextClassifier, one: str, other: str) -> None:
    assert [label for label, _ in model.rank(one).labels] == [label for label, _ in model.rank(other).labels]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("combien d'économies faut-il à une famille", "combien d economies faut il a une famille"),
        ("l'évaluation du diplôme est-elle exigée", "l evaluation du diplome est elle exigee"),
        ("what's the deadline", "whats the deadline"),
    ],
)
def test_without_accents_and_apostrophes_the_same_is_understood(model: TextClassifier, one: str, other: str) -> None:
    assert first(model, one) == first(model, other)


def test_another_figure_is_the_same_question(model: TextClassifier) -> None:
    assert {first(model, f"how much money must {n} people show") for n in (2, 3, 5, 7)} == {"faq/proof_of_funds"}


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("how many days to sumbit after the invitaton", "faq/ita_deadline"),
        ("are fingerprnts needed", "faq/biometrics"),
        ("la preuve de fods, quel montnat", "faq/proof_of_funds"),
        ("is a credental evalution needed", "faq/eca"),
    ],
)
def test_slips_of_the_keyboard_are_forgiven(model: TextClassifier, text: str, label: str) -> None:
    assert first(model, text) == label


def test_telling_is_not_asking(model: TextClassifier) -> None:
    assert first(model, "my brother lives in Regina") == "inform"
    assert first(model, "does my brother in Regina give points?") == "faq/sibling"


@pytest.mark.parametrize("text", ["", " ", "👍", "???", ".", "你好", "34", "7,5", "\u200b", "_", "٣٤", "ʼ"])
def test_nothing_known_is_said_to_be_nothing(model: TextClassifier, text: str) -> None:
    assert model.rank(text).known == 0


def test_known_counts_words_and_slips_of_known_words(model: TextClassifier) -> None:
    assert model.rank("hello 34 你好").known == 1
    assert model.rank("biometrcis").known == 1
    assert model.rank("xqzvwk").known == 0


@settings(deadline=None)
@given(st.text())
def test_any_text_gets_a_ranking(model: TextClassifier, text: str) -> None:
    ranking = model.rank(text, most=5)
    probabilities = [probability for _, probability in ranking.labels]
    assert len(ranking.labels) == len({label for label, _ in ranking.labels}) == 5
    assert probabilities == sorted(probabilities, reverse=True)
    assert all(probability >= 0 for probability in probabilities)
    assert sum(probability for _, probability in model.rank(text, most=len(PART)).labels) <= 1 + 1e-9
    assert ranking.known >= 0


def test_a_very_long_text_is_read_as_far_as_its_beginning(model: TextClassifier) -> None:
    long = "how much money do we need to show " * 60
    assert model.rank(long + "bye " * 50_000) == model.rank(long)


def test_training_twice_gives_the_same_classifier(model: TextClassifier, tmp_path: Path) -> None:
    model.save(tmp_path / "one")
    trained().save(tmp_path / "other")
    with np.load(tmp_path / "one") as one, np.load(tmp_path / "other") as other:
        assert one.files == other.files
        assert all(np.array_equal(one[name], other[name]) for name in one.files)


def test_background_texts_teach_words_of_their_label_and_no_new_label() -> None:
    texts, labels = ["pay the fees", "what fees", "hello", "good morning"], ["fees", "fees", "greet", "greet"]
    model = TextClassifier.train(texts, labels, [("a hippopotamus ledger", "fees"), ("a giraffe", "animals")] * 4)
    assert first(model, "hippopotamus ledger") == "fees"
    assert {label for label, _ in model.rank("giraffe").labels} == {"fees", "greet"}


def test_one_label_is_not_enough() -> None:
    with pytest.raises(ValueError, match="two intents"):
        TextClassifier.train(["hello", "hi"], ["greet", "greet"])


def test_a_saved_classifier_ranks_as_before(model: TextClassifier, tmp_path: Path) -> None:
    path = tmp_path / "classifier"
    model.save(path)
    loaded = TextClassifier.load(path)
    for text in ("how much for 4 people", "bonjour", "", "l’IPD expire quand?"):
        assert loaded.rank(text) == model.rank(text)


def test_a_file_with_objects_in_it_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "classifier.npz"
    np.savez(path, format=np.array(1), labels=np.array([{"code": "runs"}], dtype=object))
    with pytest.raises(ModelFileError, match=r"classifier\.npz.*assistant train"):
        TextClassifier.load(path)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut short", b"\x80\x04\x95 a pickle"])
def test_a_file_that_is_no_classifier_is_named_with_the_mend(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "classifier"
    path.write_bytes(content)
    with pytest.raises(ModelFileError, match="assistant train"):
        TextClassifier.load(path)


def test_a_file_of_another_version_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "classifier").open("wb") as file:
        np.savez(file, format=np.array(99))
    with pytest.raises(ModelFileError, match="another version"):
        TextClassifier.load(tmp_path / "classifier")


def test_a_missing_file_is_missing(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        TextClassifier.load(tmp_path / "nothing")

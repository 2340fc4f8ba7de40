"""What the sentence encoder promises: near meanings are near, in both languages, for any text."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogue.nlu import encoder
from bot.dialogue.nlu.encoder import SIZE, EncoderError, SentenceEncoder, installed


@pytest.fixture(scope="module")
def sentences() -> SentenceEncoder:
    return installed()


def nearness(sentences: SentenceEncoder, one: str, other: str) -> float:
    first, second = sentences.encode([one, other])
    return float(first @ second)


@pytest.mark.parametrize(
    ("said", "near", "far"),
    [
        ("how much does it cost", "what is the price", "where is your office"),
        ("how much does it cost", "combien ça coûte", "où est votre bureau"),
        ("my wife stays at home", "ma femme reste au pays", "le tirage d'hier"),
        ("can I see the last question again", "répétez la question", "I have two children"),
    ],
)
def test_the_same_meaning_is_nearer_than_another(sentences: SentenceEncoder, said: str, near: str, far: str) -> None:
    assert nearness(sentences, said, near) > nearness(sentences, said, far) + 0.1


def test_capitals_and_spaces_change_nothing(sentences: SentenceEncoder) -> None:
    # Each by itself: the rows of one matrix product may differ in the last bit.
    one, other = (sentences.encode([said]) for said in ("Combien  de POINTS ?", "combien de points ?"))
    assert np.array_equal(one, other)


@settings(deadline=None)
@given(st.lists(st.text(max_size=600), max_size=5))
def test_any_texts_get_points_of_length_one(sentences: SentenceEncoder, texts: list[str]) -> None:
    points = sentences.encode(texts)
    assert points.shape == (len(texts), SIZE)
    assert np.allclose(np.linalg.norm(points, axis=1), 1, atol=1e-4)


def test_a_text_counts_for_itself(sentences: SentenceEncoder) -> None:
    texts = ["proof of funds", "l'IPD expire quand", "x" * 900, ""] * 60
    together = sentences.encode(texts)
    assert np.allclose(together[:4], [sentences.encode([text])[0] for text in texts[:4]], atol=1e-5)


def test_pieces_are_words_that_were_learnt(sentences: SentenceEncoder) -> None:
    """Start, one piece a common word, end; letters that nobody writes in English or French are unknown."""
    assert len(sentences.pieces("how much money")) == 5
    assert 0 in sentences.pieces("你")


def test_it_is_the_same_after_saving(sentences: SentenceEncoder) -> None:
    again = SentenceEncoder(sentences.saved())
    assert np.array_equal(again.encode(["bonjour à tous"]), sentences.encode(["bonjour à tous"]))


def test_missing_or_foreign_weights_are_refused_with_the_mend(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    monkeypatch.setattr(encoder, "find_spec", lambda name: None)
    with pytest.raises(EncoderError, match="make environment"):
        encoder._resources()
    (tmp_path / "resources").mkdir()
    for name in ("sp.model", "weights.npz"):
        (tmp_path / "resources" / name).write_bytes(b"something else")
    monkeypatch.setattr(encoder, "find_spec", lambda name: type("Spec", (), {"submodule_search_locations": [tmp_path]}))
    with pytest.raises(EncoderError, match="not the expected weights"):
        encoder._resources()

"""Words, ideas of the lexicon, slips and features: the steps from a message to what the classifier weighs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.nlu import lexicon
from bot.dialogue.nlu.features import features
from bot.dialogue.nlu.lexicon import Lexicon, LexiconError
from bot.dialogue.nlu.spelling import Spelling
from bot.dialogue.nlu.text import LONGEST, shape, words

FIELD = lexicon.read(lexicon.PATH.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("J’ai 7,5 à l’écoute!", ["j", "ai", "7,5", "a", "l", "ecoute"]),
        ("Qu'est-ce que l'IPD?", ["qu", "est", "ce", "que", "l", "ipd", "?"]),
        ("Compte-t-elle?", ["compte", "elle", "?"]),
        ("What's WRONG, don't you know", ["whats", "wrong", "dont", "you", "know"]),
        ("ma sœur et 15 000 $", ["ma", "soeur", "et", "15000"]),
        ("sooooo long", ["soo", "long"]),
        ("👍🇨🇦", []),
    ],
)
def test_words_of_a_message(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@given(st.text())
def test_nothing_but_words_figures_and_question_marks_is_left(text: str) -> None:
    assert all(word == "?" or word[0].isdigit() or word.isalnum() for word in words(text))
    assert len(words(text * 2_000)) <= 2 * LONGEST


@pytest.mark.parametrize(
    ("word", "expected"),
    [("2026", "#year"), ("480", "#3"), ("7,5", "#decimal"), ("7.5", "#decimal"), ("ita", "ita")],
)
def test_a_figure_stands_for_its_kind(word: str, expected: str) -> None:
    assert shape(word) == expected


@pytest.mark.parametrize(
    ("english", "french", "idea"),
    [
        ("my ITA", "mon IPD", "invited"),
        ("the CRS", "le SCG", "score"),
        ("my wife", "ma conjointe", "spouse"),
        ("proof of funds", "la preuve de fonds", "funds"),
        ("an ECA by WES", "une EDE", "eca"),
        ("a PNP", "le PCP", "nomination"),
        ("PGWP", "PTPD", "work_permit"),
        ("the COPR", "la CRP", "copr"),
        ("my NOC and TEER", "ma CNP et ma FEER", "noc"),
        ("an LMIA", "une EIMT", "lmia"),
        ("living common law", "en union de fait", "common_law"),
        ("is it refundable, a refund", "un remboursement", "refund"),
        ("how long", "combien de temps", "how_long"),
    ],
)
def test_both_languages_meet_in_one_idea(english: str, french: str, idea: str) -> None:
    assert idea in FIELD.ideas(words(english))
    assert idea in FIELD.ideas(words(french))


def test_words_beginnings_phrases_and_first_words() -> None:
    small = Lexicon({"ask": {"en": "^can i", "fr": "puis je"}, "invite": {"en": "invit*", "fr": "ipd, tire au sort*"}})
    assert small.ideas(words("can I be invited, and can I invite")) == ["ask", "invite", "invite"]
    assert small.ideas(words("I can")) == []
    assert small.ideas(words("l'IPD, tirée au sort")) == ["invite"]
    assert small.ideas(words("tirer au sort")) == []
    assert small.ideas(words("tire au")) == []
    assert small.knows("invitation")
    assert not small.knows("tire")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("a: {en: word}", "a: give its words in en and fr"),
        ("a: {en: one, fr: deux, de: drei}", "a: give its words in en and fr"),
        ("a: {en: one, fr: élu}", "a: 'élu': write a word in lower case without accents"),
        ("a: {en: One, fr: deux}", "a: 'One'"),
        ("a: {en: 'one, , two', fr: deux}", "a: ''"),
        ("a: {en: 'perm* resident', fr: deux}", "only a later word"),
        ("- a", "mapping of ideas"),
    ],
)
def test_a_faulty_line_of_the_lexicon_is_named(text: str, complaint: str) -> None:
    with pytest.raises(LexiconError, match=complaint.replace("*", r"\*")):
        lexicon.read(text)


@given(st.lists(st.sampled_from([*FIELD.words(), "?", "480", "xqz"]), max_size=60))
def test_any_words_have_features(said: list[str]) -> None:
    word, letters, ideas, pairs = features(said, FIELD)
    assert len(word) >= len(said)
    assert all(len(part) <= 4 for part in letters)
    assert ideas
    assert len(pairs) == len(set(pairs))


def test_asking_and_telling_differ() -> None:
    asked, told = (features(words(text), FIELD)[2] for text in ("does my brother count", "my brother lives in regina"))
    assert "#asks" in asked
    assert "#tells" in told


def test_spelling_finds_the_nearest_known_word() -> None:
    spelling = Spelling(["invitation", "nomination", "fees", "diploma"])
    assert spelling.meant("invittion") == "invitation"
    assert spelling.meant("inivtaton") == "invitation"
    assert spelling.meant("diplomas") == "diploma"
    assert spelling.meant("fee") == "fee"
    assert spelling.meant("xnvitation") == "xnvitation"
    assert spelling.meant("привет") == "привет"

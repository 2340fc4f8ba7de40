"""The linter passes the project and catches each fault that is planted."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.knowledge import lint
from bot.knowledge.catalogue import CatalogueError, load
from bot.knowledge.lint import Said, bare_figures, forbidden, long_lines, long_sentences
from bot.knowledge.lint import lint as faults
from bot.knowledge.topic import Topic
from bot.knowledge.topics import topics

LONG = " ".join(["word"] * 21) + "."


def test_the_project_is_clean() -> None:
    assert [str(fault) for fault in faults()] == []


@pytest.mark.parametrize(
    "text",
    [
        "You qualify for this program.",
        "you are eligible now",
        "We guarantee a result.",
        "A guaranteed nomination",
        "It is 100% safe.",
        "You will be invited soon.",
        "You’ll get an invitation",
        "This gives you the best chance.",
        "We recommend this program.",
        "You should decline the invitation.",
        "Approved by IRCC.",
        "A government-approved firm",
        "Book a free consultation!",
        "your AI lawyer",
        "our success rate",
        "Ask our immigration consultant.",
    ],
)
def test_forbidden_english(text: str) -> None:
    assert list(forbidden([Said("here", "en", text)]))


@pytest.mark.parametrize(
    "text",
    [
        "Vous êtes admissible à ce programme.",
        "Vous n’êtes pas admissible.",
        "Résultat garanti.",
        "Succès assuré",
        "à 100 %",
        "Vous serez invitée bientôt.",
        "Vos chances sont bonnes.",
        "Nous vous recommandons ce programme.",
        "Vous devriez refuser l’invitation.",
        "Approuvé par IRCC",
        "Une consultation gratuite",
        "taux de réussite",
        "notre consultante en immigration",
    ],
)
def test_forbidden_french(text: str) -> None:
    assert list(forbidden([Said("here", "fr", text)]))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "You may be eligible, on the facts you gave."),
        ("en", "Some qualifying offers count."),
        ("en", "A consultation starts with a written agreement."),
        ("fr", "Vous pourriez être admissible, selon vos réponses."),
        ("fr", "Les travailleurs qualifiés"),
    ],
)
def test_allowed_words_stay_allowed(language: lint.Language, text: str) -> None:
    assert not list(forbidden([Said("here", language, text)]))


def test_the_rest_of_a_word_is_not_the_phrase() -> None:
    assert not list(forbidden([Said("here", "fr", "Elle a rassuré la famille.")]))


def test_long_sentences_and_lines() -> None:
    assert list(long_sentences([Said("here", "en", LONG)]))
    two = "One two three four five six seven eight nine ten. " * 2
    assert not list(long_sentences([Said("here", "en", two)]))
    assert not list(long_lines(iter([Said("here", "en", two)])))
    assert list(long_lines(iter([Said("here", "en", two + "One more.")])))


@pytest.mark.parametrize(
    ("language", "text", "bare"),
    [
        ("en", "You have 60 days.", True),
        ("en", "You have {rule:deadlines.ita}.", False),
        ("en", "You have sixty days.", True),
        ("en", "It counts for two years.", True),
        ("fr", "Pendant deux ans.", True),
        ("fr", "Il y a trois programmes.", False),
        ("en", "There are three programs.", False),
        ("en", "CLB 7 is needed.", True),
        ("en", "TEER 0 or 1 and form IMM 1017B, NOC 2021", False),
        ("fr", "FEER 2 ou 3, feuillet T4", False),
        ("en", "Call 9-8-8.", False),
    ],
)
def test_bare_figures(language: lint.Language, text: str, bare: bool) -> None:
    assert bool(list(bare_figures(iter([Said("here", language, text)])))) is bare


def topic(**changes: object) -> Topic:
    entry = topics()["one_profile"].model_dump()
    return Topic.model_validate({**entry, **changes})


def test_too_many_lines() -> None:
    six = [{"en": f"Line {letter}.", "fr": f"Ligne {letter}."} for letter in "abcdef"]
    assert list(lint.too_many_lines([topic(answer=six)]))
    alternatives = [
        {**line, "when": {"stage": [stage]}} for line, stage in zip(six, ("invited", "in_pool") * 3, strict=True)
    ]
    assert not list(lint.too_many_lines([topic(answer=alternatives)]))


def test_a_rule_that_does_not_exist() -> None:
    assert list(lint.unknown_rules([topic(rules=["deadlines.doom"])]))
    assert not list(lint.unknown_rules([topic(rules=["deadlines.ita", "cec.language.0"])]))


ENOUGH = {
    ("one_profile", "en"): [f"question {n}" for n in range(25)],
    ("one_profile", "fr"): [f"question fr {n}" for n in range(15)],
}
TESTED = {
    ("one_profile", "en"): [f"unseen {n}" for n in range(5)],
    ("one_profile", "fr"): [f"unseen fr {n}" for n in range(5)],
}


def complaints(
    trained: dict[tuple[str, lint.Language], list[str]], tested: dict[tuple[str, lint.Language], list[str]]
) -> str:
    return "\n".join(str(fault) for fault in lint.questions({"one_profile": topic()}, trained, tested))


def test_enough_questions_are_enough() -> None:
    assert complaints(dict(ENOUGH), dict(TESTED)) == ""  # type: ignore[arg-type]


def test_too_few_strange_and_repeated_questions() -> None:
    few = {**ENOUGH, ("one_profile", "en"): ["only one"]}
    assert "1 training questions of at least 25" in complaints(few, dict(TESTED))  # type: ignore[arg-type]
    strange = {**ENOUGH, ("no_such_topic", "en"): ["hm"]}
    assert "there is no topic no_such_topic" in complaints(strange, dict(TESTED))  # type: ignore[arg-type]
    leaked = {**TESTED, ("one_profile", "en"): ["Question 3?", *(f"unseen {n}" for n in range(4))]}
    assert "“question 3” stands 2 times" in complaints(dict(ENOUGH), leaked)  # type: ignore[arg-type]


def test_an_allowed_place_needs_a_reason(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "phrases.yml"
    words = "forbidden: {en: [{phrase: guarantee, instead: nothing}], fr: []}\nterms: {en: [CRS], fr: [SCG]}\n"
    for why, faulty in (("said to warn of those who do", False), ("", True)):
        path.write_text(f'{words}allowed: [{{where: here, phrase: guarantee, why: "{why}"}}]\n', encoding="utf-8")
        monkeypatch.setattr(lint, "PHRASES", path)
        lint.phrases.cache_clear()
        assert bool(list(forbidden([Said("here", "en", "Nobody can guarantee it.")]))) is faulty
        assert list(forbidden([Said("elsewhere", "en", "We guarantee it.")]))
    lint.phrases.cache_clear()


def test_a_key_that_yaml_does_not_read_as_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "one.yml").write_text("failed:\n  off: {en: It is off., fr: Il est fermé.}\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"one.yml: failed: .*quotes"):
        load(tmp_path)

"""The language tests people name, their scales, and the words for the four abilities."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from bot.understanding.words import words

_W = words("test_names")

ABILITIES: Final = ("listening", "reading", "writing", "speaking")
TEST_FACTS: Final = frozenset({"language_test", *ABILITIES})
"""The test and its scores, as the facts of the applicant's first one are called."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Lowest and highest score and the step between two, for listening and reading, writing and speaking."""

    lowest: float
    highest: float
    step: float
    expression_highest: float | None = None

    def holds(self, ability: str, score: float) -> bool:
        highest = self.highest
        if self.expression_highest is not None and ability in ("writing", "speaking"):
            highest = self.expression_highest
        return self.lowest <= score <= highest and (score / self.step).is_integer()


# The tests' own scales, as their reports print them; what a score is worth is rule data.
SCALES: Final[dict[str, Scale]] = {
    "ielts_general": Scale(0, 9, 0.5),
    "celpip_general": Scale(1, 12, 1),
    "pte_core": Scale(10, 90, 1),
    "tef_canada": Scale(0, 699, 1),
    "tcf_canada": Scale(0, 699, 1, expression_highest=20),
    "clb": Scale(1, 12, 1),
    "nclc": Scale(1, 12, 1),
}
# A score whose test is not named: bands and levels.
UNNAMED: Final = Scale(0, 12, 0.5)
ENGLISH: Final = frozenset({"ielts_general", "celpip_general", "pte_core", "clb"})
FRENCH: Final = frozenset({"tef_canada", "tcf_canada", "nclc"})

LEVELS: Final = frozenset({"clb", "nclc"})

# Score sheets that print the abilities as L, R, W, S; four bare numbers are read so (and said back).
PRINTED_LRWS: Final = frozenset({"ielts_general", "celpip_general", "clb", "nclc"})

_TEST = _W["test"]
LANGUAGE_WORD: Final = _W["language_word"]

ABILITY: Final = _W["ability"]
CODES: Final = {"co": "listening", "ce": "reading", "ee": "writing", "eo": "speaking"}
# "NCLC 9 en compréhension, 7 en expression": each is of the spoken and of the written word.
PAIRS: Final = {"understanding": ("listening", "reading"), "expressing": ("writing", "speaking")}
LETTERS: Final = {"l": "listening", "r": "reading", "w": "writing", "s": "speaking"}

TestKind = Literal["test", "academic", "not_accepted"]


@dataclass(frozen=True, slots=True)
class TestName:
    """A test as named in the text. ``test``: id of the vocabulary; None for one that does not count."""

    __test__ = False

    start: int
    end: int
    test: str | None
    kind: TestKind
    exact: bool

    @property
    def options(self) -> tuple[str, ...]:
        """What to ask about instead of an academic test."""
        return ("ielts_general",) if self.kind == "academic" else ()


def find_tests(text: str) -> tuple[TestName, ...]:
    """The tests named in the text, in order."""
    found = []
    for match in _TEST.finditer(text):
        name = str(match.lastgroup)
        if name in ("academic", "not_accepted"):
            found.append(
                TestName(*match.span(), None, "academic" if name == "academic" else "not_accepted", exact=True)
            )
        else:
            exact = name not in ("ielts_general", "pte_core") or match.group() not in ("ielts", "pte", "pearson")
            found.append(TestName(*match.span(), name, "test", exact))
    return tuple(found)


def language_of(test: str | None) -> Literal["en", "fr"] | None:
    if test in ENGLISH:
        return "en"
    return "fr" if test in FRENCH else None

"""How hard a text is to read: school grade in English (Flesch-Kincaid), ease in French (Kandel and Moles).

Both formulas weigh the words of a sentence and the syllables of a word. Syllables are counted here by groups of
vowels, which is right for nine words in ten; over a whole answer the slips even out. Names that nobody can put more
simply (programs, documents, acronyms: ``terms`` of ``phrases.yml``) and places to fill count as one short word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from bot.knowledge.catalogue import Language

_WORD: Final = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*|\d[\d,.]*")
_VOWELS: Final = {"en": re.compile(r"[aeiouy]+"), "fr": re.compile(r"[aeiouyàâäéèêëîïôöùûüÿœæ]+")}
_SILENT: Final = {"en": re.compile(r"(?<=[^aeiouyl])(?:e|es|ed)$"), "fr": re.compile(r"(?<=[^aeiouyé])(?:e|es|ent)$")}
_SOUNDED: Final = re.compile(r"(?:[td]ed|[sxz]es|ches|shes|ges|ces)$")
"""English endings in which the last e is heard: rated, judges."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Words a sentence and syllables a word of a text."""

    words_a_sentence: float
    syllables_a_word: float

    def grade(self) -> float:
        """Flesch-Kincaid: the school grade that reads an English text with ease."""
        return 0.39 * self.words_a_sentence + 11.8 * self.syllables_a_word - 15.59

    def ease(self) -> float:
        """Kandel and Moles: ease of a French text, 100 very easy, below 30 very hard."""
        return 207 - 1.015 * self.words_a_sentence - 73.6 * self.syllables_a_word


def reading(sentences: Iterable[str], language: Language) -> Reading:
    """Measure sentences that belong together. A text without words reads as one of one short word."""
    found = [words for sentence in sentences if (words := _WORD.findall(sentence))]
    count = sum(map(len, found)) or 1
    parts = sum(syllables(word, language) for words in found for word in words) or 1
    return Reading(count / (len(found) or 1), parts / count)


def syllables(word: str, language: Language) -> int:
    """Syllables of a word, at least one; a number or an acronym counts as one."""
    if not any(letter.islower() for letter in word):
        return 1
    plain = word.lower()
    if not (language == "en" and _SOUNDED.search(plain)):
        plain = _SILENT[language].sub("", plain)
    return max(1, len(_VOWELS[language].findall(plain)))

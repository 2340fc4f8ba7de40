"""Age and date of birth."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from bot.understanding.dates import DateFound, find_dates
from bot.understanding.message import Candidate, Message

_OLDEST: Final = 120
_N = r"(?P<n>\d{1,3})"
_NOT_AN_AGE = (
    r"(?! ?(?:[%/:$°]|\.\d|-\d|\+|st\b|nd\b|rd\b|th\b|months?|mois|weeks?|days?|hours?|minutes?|points?|pts|k\b|cad|usd|lakhs?|kids?|children|enfants?"
    r"|in (?:ielts|listening|reading|writing|speaking|all|each)|out of|years? (?:of |in |as |at |into |in a |work|exp|experience|full|canadian|foreign|post)"
    r"|years?,? (?:diploma|degree|program|bachelor)|ans? (?:d'|de |en |comme |dans |au |a )|people|personnes|persons|lrws|each|band|bands))"
)
_PATTERNS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:i am|me,?|we are|she is|he is|they are|self,?|now|turned|just turned|husband|wife|spouse|partner)(?: just| only| currently| already| now| about| almost| nearly| a| an| single| married| male| female)* {_N}(?=(?: ?-? ?(?:years?[- ]old|years of age|years?(?= ?[,.!?)]|$| and| old| male| female| single| married| indian)|now|currently|male|female|m\b|f\b|and\b|with\b|single|married|unmarried|from\b|this\b)| ?[,.!?;)/\n]|$)){_NOT_AN_AGE}",
        rf"\b{_N}(?: ?\+)?[- ]?(?:years?[- ]olds?|years? of age|ans d'age)\b",
        rf"\b(?:age|aged|ages|agee?(?: de)?)\b(?: is| now| est| currently| of| was|:|-|=| \()* ?(?:about |de )?{_N}\b{_NOT_AN_AGE}",
        rf"(?:^|[,.;\n(] ?|\b(?:i am|am|single|married|unmarried|a|an|indian|male|female) ){_N} ?[-/]?(?:m|f|male|female|/m|/f)\b(?![/'.])",
        rf"(?:^|[,.;\n(] ?)(?:m|f|male|female) ?[-/,]? ?{_N}\b(?! ?(?:[.:/]\d|years? (?:of|exp)|months?|points?))",
        rf"\b(?:j'ai|a|ai|avons|et|moi,?|elle a|il a|ayant) (?:actuellement |deja |maintenant |presque |juste |seulement |tout juste )*{_N} ?ans\b(?! (?:d'|de |en |comme |dans |au |a |et \w+ mois))",
        rf"(?:^|[,;.\n(]) ?{_N} ?ans\b(?= ?(?:[,;.\n)]|$|celibataire|marie|et (?:je|celibataire|marie)))",
        rf"^(?:hi|hello|hey|bonjour|salut|so|well|ok|profile|my profile|details?|about me|here is my profile|mon profil)?\W{{0,3}}(?:i am )?{_N}(?= ?(?:,|/|;|\n|- |(?:years?|single|married|unmarried|male|female|divorced|celibataire|mariee?)\b(?! of| exp)))(?! ?years? (?:of|exp|in|as|work))",
    )
)
_FUTURE = re.compile(
    r"\b(?:turn(?:ing|s)?|will (?:be|turn)|going to (?:be|turn)|about to (?:be|turn)|soon|would be|become|becoming|j'aurai|aurai|aura|vais avoir|va avoir|aurais|bientot|before (?:i )?turn\w*|until|till)\b[^,.;]{0,14}$"
)
_WAS = re.compile(r"\b(?:when|since|at|was|were|were|had|j'avais|avait|quand|a l'age|des)\b[^,.;]{0,16}$")
_GUESS = re.compile(r"(?:\babout|\balmost|\bnearly|~|\benviron|\bpresque)\s*$")
_AGO = re.compile(
    r"^[ -]?(?:years?[- ]olds?|ans)? ?(?:ago|back|kids?|child(?:ren)?|sons?|daughters?|bab(?:y|ies)|boy|girl|toddler|car|house|company|degree|diploma|passport|result)\b"
)
_BORN = re.compile(r"\b(?:born|d\.?o\.?b\.?|birth ?(?:date|day|year)?|date of birth|nee?|naissance|year of birth)\b")
_YEAR = re.compile(r"\b(19[3-9]\d|20[01]\d)\b")


def read(message: Message) -> Iterator[Candidate]:
    yield from _birth(message)
    for pattern in _PATTERNS:
        for match in message.finditer(pattern):
            start, end = match.span("n")
            if not message.free(start, end):
                continue
            if match.group() and pattern is _PATTERNS[-1] and not _profile_follows(message, end):
                continue
            age = int(match["n"])
            before, after = message.around(start, end)
            if _AGO.match(after) or age < 1:
                continue
            if pattern in (_PATTERNS[0], _PATTERNS[3], _PATTERNS[4]) and age < 14:
                continue
            message.take(start, end)
            if _FUTURE.search(before):
                yield Candidate("age", age, start, end, reason="target", said_plainly=True)
            elif _WAS.search(before):
                yield Candidate("age", age, start, end, reason="past", said_plainly=True)
            else:
                yield candidate(age, start, end, estimated=bool(_GUESS.search(before)), likely=pattern is _PATTERNS[-1])


def candidate(age: int, start: int, end: int, *, estimated: bool = False, likely: bool = False) -> Candidate:
    """An age, or the report of one that nobody has."""
    impossible = age > _OLDEST
    return Candidate(
        "age", age, start, end, estimated=estimated, likely=likely, reason="impossible_value" if impossible else None,
        options=(0, _OLDEST) if impossible else (),
    )  # fmt: skip


def _profile_follows(message: Message, place: int) -> bool:
    """A bare number that opens a message is an age if it looks like one and a self-portrait follows."""
    number = re.search(r"\d+$", message.text[:place])
    plausible = number is not None and 17 <= int(number.group()) <= 65
    return plausible and bool(re.search(r"[a-z]", message.text[place:]))


def _birth(message: Message) -> Iterator[Candidate]:
    for match in _BORN.finditer(message.text):
        if match.group() in ("ne", "nee") and not re.search(
            r"\b(?:suis|est|sommes|etes) $", message.text[: match.start()]
        ):
            continue
        sentence = message.sentence_at(match.start())
        end = min(sentence.end, match.end() + 40)
        found = next((d for d in find_dates(message.text, message.as_of) if match.end() <= d.start < end), None)
        if found is None:
            year = _YEAR.search(message.text, match.end(), end)
            if year:
                message.take(*year.span())
                value = int(year.group())
                ages = (message.as_of.year - value - 1, message.as_of.year - value)
                yield Candidate("date_of_birth", value, *year.span(), reason="incomplete_date", options=ages)
            continue
        message.take(found.start, found.end)
        yield from birth_date(found, message.as_of)


def birth_date(found: DateFound, as_of: date) -> Iterator[Candidate]:
    """The date of birth and the age it gives, or why it is not one."""
    start, end = found.start, found.end
    if found.options:
        yield Candidate("date_of_birth", None, start, end, reason="ambiguous_date", options=found.options)
    elif found.value is None or found.precision != "day" or not found.year_given:
        yield Candidate("date_of_birth", found.value, start, end, reason="incomplete_date")
    elif not 0 <= years_between(found.value, as_of) <= _OLDEST or found.value > as_of:
        yield Candidate("date_of_birth", found.value, start, end, reason="impossible_value")
    else:
        yield Candidate("date_of_birth", found.value, start, end, said_plainly=True)
        yield Candidate("age", years_between(found.value, as_of), start, end, said_plainly=True)


def years_between(birth: date, as_of: date) -> int:
    """Completed years of age."""
    return as_of.year - birth.year - ((as_of.month, as_of.day) < (birth.month, birth.day))

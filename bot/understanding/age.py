"""Age and date of birth."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from bot.facts import vocabulary
from bot.understanding.dates import DateFound
from bot.understanding.message import Candidate, Message
from bot.understanding.words import words

_W = words("age")

_OLDEST: Final = 120
# A smaller number after "I am" is hardly an age unless "years old" is said.
_YOUNGEST_UNSAID: Final = 14
_PATTERNS: Final = {
    name: _W[f"age.{name}"]
    for name in (
        "i_am",
        "years_old",
        "aged",
        "set_to",
        "and_gender",
        "gender_and",
        "j_ai",
        "ans",
        "status_and",
        "in_parentheses",
        "a_person_of",
        "birthday",
        "and_me",
        "and_status",
        "at_present",
        "before_status",
        "here",
        "so",
        "both",
        "by_name",
        "between_commas",
        "in_list",
        "sentence",
        "opening",
        "years_alone",
        "ans_alone",
        "i_am_any",
        "after_noun",
        "name_here",
        "i_have",
    )
}
_OF_TODAY: Final = frozenset({"set_to", "at_present", "here", "so", "and_me"})
_GUESSED: Final = frozenset(
    {"opening", "sentence", "between_commas", "by_name", "years_alone", "ans_alone", "after_noun", "name_here"}
)
# "prof de physique, 14 ans": so long somebody has worked.
_WITHOUT_A_WORD: Final = frozenset({"ans", "ans_alone", "years_alone", "between_commas", "in_list", "after_noun"})
_A_JOB: Final = words("work")["work"]
_FUTURE = _W["future"]
_LATER = _W["later"]
_TURNED = re.compile(r"\b(?:turned|eu|fete\w*)(?: mes)? $")
_WAS = _W["was"]
_GUESS = re.compile(r"(?:\babout|\balmost|\bnearly|~|\benviron|\bpresque)\s*$")
_AGO = _W["ago"]
_MY_AGE = re.compile(r"\b(?:my|mon) age(?: is| est| of| de)? ?[(:=]? ?$")
_POINTS_LIST = re.compile(
    r"\b(?:education|language|ielts|skills?|experience|french) ?[:=-]? ?\d{2,3}\b(?! ?(?:years?|months?))"
)
_MAY_BE_TWO: Final = frozenset({"i_am", "i_am_any", "j_ai", "ans", "ans_alone"})
# "our 3 year old" is a child; "I am 12 years old" is the one who writes.
_A_CHILD: Final = re.compile(r"\b(?:an?|1|our|my|with|un|une) $")
_OF_CHILDREN = _W["of_children"]
_PAIR_AFTER = _W["pair_after"]
_PAIR_BEFORE = _W["pair_before"]
_OF_THE_PARTNER = re.compile(rf"\b(?:my|mon|ma) (?:{words('people').source('partner')}),? \(?$")
_OF_A_PERSON = re.compile(rf"\b(?:my|mon|ma) (?:{words('people').source('kin')}),? \(?$")
_NOT_AGE_BEFORE = _W["not_age_before"]
_BORN = _W["born"]
_ANOTHER_SCALE = _W["another_scale"]
_GROWN: Final = 18
_YOUNG_PERSON = re.compile(r"[ -]?(?:years?[- ]olds?|ans)? ?(?:boy|girl)\b")
_BELONGS_TO = re.compile(r"[ ,:(-]*(?:(?:is|was|est|c'est|etait) )?(?:my|mon|ma|me )? ?(?:date (?:of|de) )?")
_PART_OF_DATE = re.compile(r"[/-]\d|\.\d\d?\.\d")
_YEAR = re.compile(r"\b(19[3-9]\d|20[01]\d)\b")


def read(message: Message) -> Iterator[Candidate]:
    yield from _birth(message)
    if not re.search(r"\d", message.text):
        return
    other_number_asked = message.asked is not None and _asks_for_another_number(message.asked)
    for name, pattern in _PATTERNS.items():
        if other_number_asked and name in ("ans", "opening", "years_alone", "ans_alone"):
            continue
        for match in message.finditer(pattern):
            group = next(name for name in ("n", "n2", "n3") if match.groupdict().get(name))
            start, end = match.span(group)
            if not message.free(start, end):
                continue
            if name == "opening" and not _profile_follows(message, end):
                continue
            if name in ("between_commas", "after_noun") and _ANOTHER_SCALE.search(message.text):
                continue
            age = int(match[group])
            before, after = message.around(start, end)
            grown = age >= _GROWN and _YOUNG_PERSON.match(after)
            if name == "ans_alone" and _NOT_AGE_BEFORE.search(before):
                continue
            if name in _MAY_BE_TWO and (_PAIR_AFTER.match(after) or _PAIR_BEFORE.search(before)):
                continue
            if (_AGO.match(after) and not grown) or _PART_OF_DATE.match(after) or age < 1:
                continue
            if name in ("i_am", "and_gender", "gender_and", "status_and", "ans") and age < _YOUNGEST_UNSAID:
                continue
            if name == "years_old" and age < _YOUNGEST_UNSAID and _A_CHILD.search(before):
                continue
            if name in _WITHOUT_A_WORD and age < _GROWN and _A_JOB.search(before):
                continue
            if name == "aged" and age < _YOUNGEST_UNSAID and _OF_CHILDREN.search(before):
                continue
            message.take(start, end)
            if (_FUTURE.search(before) and name not in _OF_TODAY) or (
                _LATER.match(after) and not _TURNED.search(before)
            ):
                yield Candidate("age", age, start, end, reason="target", said_plainly=True)
            elif _WAS.search(before) and name != "birthday":
                yield Candidate("age", age, start, end, reason="past", said_plainly=True)
            elif not _is_points(message, name, start):
                found = candidate(
                    age,
                    start,
                    end,
                    estimated=bool(_GUESS.search(before)),
                    likely=name in _GUESSED,
                )
                found.said_plainly = name in _OF_TODAY or bool(_MY_AGE.search(before))
                if _OF_A_PERSON.search(before):
                    found.holder = "other"
                elif name in _GUESSED and _OF_THE_PARTNER.search(before):
                    found.holder = "partner"
                yield found


def _asks_for_another_number(asked: str) -> bool:
    """Whether a bare number answers the question at hand."""
    if asked in ("age", "date_of_birth") or asked not in vocabulary():
        return False
    return vocabulary()[asked].type not in ("choice", "boolean")


def _is_points(message: Message, name: str, place: int) -> bool:
    """ "age 110, education 135" are points of the ranking, not years."""
    sentence = message.sentence_at(place)
    return name == "aged" and _POINTS_LIST.search(message.text, sentence.start, sentence.end) is not None


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
            r"(?:\b(?:suis|est|sommes|etes)|^|[,.;:\n(]) ?$", message.text[: match.start()]
        ):
            continue
        sentence = message.sentence_at(match.start())
        end = min(sentence.end, match.end() + 40)
        dates = message.dates
        found = next((d for d in dates if match.end() <= d.start < end), None) or next(
            (d for d in dates if _BELONGS_TO.fullmatch(message.text, d.end, match.start())), None
        )
        if found is None:
            year = _YEAR.search(message.text, match.end(), end) or _YEAR.search(
                message.text, max(sentence.start, match.start() - 6), match.start()
            )
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

"""A short answer read in the light of the question that was asked: "7.5", "no", "four", "not yet"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, Final

from bot.facts import Job, Stay, vocabulary
from bot.understanding import age, situation
from bot.understanding.durations import find_durations
from bot.understanding.message import Candidate, Message
from bot.understanding.places import ABROAD, CANADA, COUNTRY
from bot.understanding.words import words
from bot.understanding.yesno import plain_yes_no

_W = words("answers")

_LEADS = _W.source("leads")
_NUMBER = re.compile(rf"^[\s,.:~=-]*{_LEADS}(?P<n>-?\d+(?:\.\d+)?)(?P<rest>.*)$", re.DOTALL)
_ABOUT = _W["about"]
_REST_OK: Final = {
    "years": re.compile(r"^ ?\+? ?(?:y|years?|ans?|annees?|old|yo)?[\s\w.,!)]{0,12}$"),
    "people": _W["rest_ok"],
    "points": _W["rest_ok.2"],
    "age": _W["rest_ok.age"],
}
_SOON = _W["soon"]
_ONE = re.compile(r"\W*(?:just |only |seulement )?(?:one|une?)\W*")
_NOT_N = re.compile(r"\b(?:not|pas|instead of|au lieu de) (?:a )?-?\d+(?:\.\d+)?")
_NONE_WORDS = _W["none_words"]

# What a yes or a no says when a choice was asked for.
_CHOICE_NO: Final = {
    "job_offer": "none",
    "canadian_study": "none",
    "language_test": "none",
    "second_language_test": "none",
    "spouse_language_test": "none",
    "eca": "not_done",
    "education": None,
}
_CHOICE_YES: Final = {"eca": "done", "job_offer": "other"}
_CHOICE_WORDS: Final[dict[str, tuple[tuple[str, re.Pattern[str]], ...]]] = {
    "stage": (
        ("trouble", re.compile(r"\b(?:refus\w*|problem|probleme|trouble|reject\w*|appeal)\b")),
        ("submitted", _W["choice_words.submitted"]),
        ("invited", re.compile(r"\b(?:invited|ita|invitation|ipd|invitee?)\b")),
        ("in_pool", re.compile(r"\b(?:pool|profile|bassin|profil)\b")),
        ("considering", _W["choice_words.considering"]),
    ),
    "marital_status": (
        ("common_law", _W["choice_words.common_law"]),
        ("separated", re.compile(r"\bsepar\w+")),
        ("divorced", re.compile(r"\bdivorc\w+")),
        ("widowed", re.compile(r"\b(?:widow\w*|veuf|veuve)\b")),
        ("single", _W["choice_words.single"]),
        ("married", re.compile(r"\b(?:marri?ed|mariee?)\b")),
    ),
    "education": (
        ("doctorate", re.compile(r"\b(?:phd|doctor\w*|doctorat)\b")),
        ("professional", _W["choice_words.professional"]),
        ("master", _W["choice_words.master"]),
        ("two_or_more", _W["choice_words.two_or_more"]),
        ("bachelor", _W["choice_words.bachelor"]),
        ("two_year", re.compile(r"\b(?:2[- ]years?|two[- ]years?|2 ans|bts|dut|associates?)\b")),
        ("one_year", re.compile(r"\b(?:1[- ]year|one[- ]year|1 an|certificate|un an)\b")),
        ("secondary", _W["choice_words.secondary"]),
        ("none", _W["choice_words.none"]),
    ),
    "canadian_study": (
        ("none", _W["asked.canadian_study.none"]),
        ("three_or_more_years", _W["choice_words.three_or_more_years"]),
        ("one_or_two_years", _W["choice_words.one_or_two_years"]),
    ),
    "eca": (
        ("not_needed", _W["choice_words.not_needed"]),
        ("in_progress", _W["choice_words.in_progress"]),
        ("not_done", _W["choice_words.not_done"]),
        ("done", _W["choice_words.done"]),
    ),
    "job_offer": (
        ("none", re.compile(r"\b(?:no|none|not|never|nope|aucune?|non|pas)\b")),
        ("major_group_00", _W["choice_words.major_group_00"]),
        ("other", _W["choice_words.other"]),
    ),
    "destination": (
        ("undecided", _W["choice_words.undecided"]),
    ),
}  # fmt: skip
_BOOLEAN_NO = _W["boolean_no"]
_BOOLEAN_YES = _W["boolean_yes"]
_ASKED_YES: Final = {
    "spouse_accompanying": _W["asked.spouse_accompanying.yes"],
    "sibling_in_canada": _W["asked.sibling_in_canada.yes"],
}
_ASKED_NO: Final = {
    "spouse_accompanying": _W["asked.spouse_accompanying.no"],
    "sibling_in_canada": _W["asked.sibling_in_canada.no"],
}
_CHANGES_MIND = _W["changes_mind"]


def read(message: Message, already: list[Candidate]) -> Iterator[Candidate]:
    """The asked fact, when no reader found it in the message. ``already``: what the readers found."""
    asked = message.asked
    if asked is None or asked not in vocabulary() or not message.text.strip():
        return
    fact = vocabulary()[asked]
    if "?" in message.text and (fact.type in ("boolean", "choice") or not re.search(r"\d", message.text)):
        return
    reader: Callable[[Message, str], Iterator[Candidate]] | None = {
        "boolean": _boolean,
        "integer": _number,
        "number": _number,
        "date": _date,
        "choice": _choice,
        "noc": _noc,
        "jobs": _jobs,
        "stays": _stays,
    }.get(fact.type)
    if reader is None:
        return
    taken = [(c.start, c.end) for c in already if c.reason is None]
    for found in reader(message, asked):
        if not any(found.start < end and start < found.end for start, end in taken) or fact.type in (
            "boolean",
            "choice",
        ):
            yield found


def _whole(message: Message, fact: str, value: Any, *, likely: bool = False, estimated: bool = False) -> Candidate:
    start = len(message.text) - len(message.text.lstrip())
    end = len(message.text.rstrip())
    return Candidate(fact, value, start, end, "self", likely=likely, estimated=estimated, said_plainly=True)


def _boolean(message: Message, asked: str) -> Iterator[Candidate]:
    answer = plain_yes_no(message.plain)
    text = message.text.strip()
    if answer is not None:
        yield _whole(message, asked, answer)
    elif _CHANGES_MIND.search(text) or len(text) > 160:
        return
    elif asked in _ASKED_YES and _ASKED_NO[asked].search(text):
        yield _whole(message, asked, False, likely=True)
    elif asked in _ASKED_YES and _ASKED_YES[asked].search(text):
        yield _whole(message, asked, True, likely=True)
    elif _BOOLEAN_NO.match(text):
        yield _whole(message, asked, False, likely=True)
    elif _BOOLEAN_YES.match(text):
        yield _whole(message, asked, True, likely=True)


def _number(message: Message, asked: str) -> Iterator[Candidate]:
    fact = vocabulary()[asked]
    text = message.text
    years = fact.unit == "years" and asked != "age"
    if years and (plain_yes_no(message.plain) is False or _NONE_WORDS.match(text)):
        yield _whole(message, asked, 0)
        return
    if years:
        lengths = find_durations(text, message.as_of)
        if len(lengths) == 1 and len(text) < 120:
            length = lengths[0]
            if length.years is None:
                yield Candidate(asked, None, length.start, length.end, "self", reason="unclear_amount")
            elif fact.accepts(length.years):
                value: float = int(length.years) if length.years.is_integer() else length.years
                yield Candidate(
                    asked, value, length.start, length.end, "self", estimated=length.estimated, said_plainly=True
                )
            return
    one = _ONE.fullmatch(text)
    if one and fact.accepts(1):
        yield _whole(message, asked, 1)
        return
    match = _NUMBER.match(_NOT_N.sub(lambda found: " " * len(found.group()), text))
    kind = "age" if asked == "age" else fact.unit or "people"
    if match is None or not _REST_OK.get(kind, _REST_OK["people"]).match(match["rest"].strip() and match["rest"]):
        return
    start, end = match.span("n")
    number = float(match["n"])
    guess = bool(_ABOUT.search(text[: match.start("n")]))
    if asked == "age":
        if _SOON.search(text[: match.start("n")]):
            yield Candidate(asked, int(number), start, end, "self", reason="target")
        elif number >= 1:
            yield age.candidate(int(number), start, end, estimated=guess)
        return
    whole = int(number) if number.is_integer() else number
    stepped = fact.step is None or (number / fact.step).is_integer()
    if not fact.accepts(whole) or not stepped:
        yield Candidate(asked, whole, start, end, "self", reason="impossible_value", options=(fact.min, fact.max))
        return
    yield Candidate(asked, whole, start, end, "self", estimated=guess, said_plainly=True)


def _date(message: Message, asked: str) -> Iterator[Candidate]:
    found = message.dates
    if len(found) != 1:
        year = re.fullmatch(r"\W*(?:in |en )?((?:19|20)\d\d)\W*", message.text)
        if year:
            yield Candidate(asked, int(year[1]), *year.span(1), "self", reason="incomplete_date")
        return
    if asked == "date_of_birth":
        yield from age.birth_date(found[0], message.as_of)
    else:
        yield situation.dated(asked, found[0], message)


def _choice(message: Message, asked: str) -> Iterator[Candidate]:
    fact = vocabulary()[asked]
    base = message.asked_base or asked
    text = message.text.strip()
    answer = plain_yes_no(message.plain)
    value: str | None = None
    if answer is False or (base.endswith("language_test") and _NONE_WORDS.match(text)):
        value = _CHOICE_NO.get(asked, _CHOICE_NO.get(base))
    elif answer is True:
        value = _CHOICE_YES.get(asked)
    if value is None and text.replace(" ", "_") in fact.values:
        value = text.replace(" ", "_")
    likely = False
    if value is None and len(text) <= 80 and answer is None:
        for name, pattern in _CHOICE_WORDS.get(base, ()):
            if pattern.search(text):
                value, likely = name, True
                break
    if asked == "destination" and value is None and len(text) <= 80 and CANADA.search(text):
        value = situation.place(text) or ("outside_quebec" if not re.fullmatch(r"\W*canada\W*", text) else None)
    if value is not None and value in fact.values:
        yield _whole(message, asked, value, likely=likely and len(text.split()) > 3)


def _noc(message: Message, asked: str) -> Iterator[Candidate]:
    match = re.fullmatch(r"\W*(?:it is |c'est )?(?:noc |cnp )?(?P<code>\d{4,5})\W*", message.text)
    if match is None:
        return
    code = match["code"]
    if len(code) == 5:
        reason = None if code[1] <= "5" else "impossible_value"
        yield Candidate(asked, code, *match.span("code"), "self", reason=reason)  # type: ignore[arg-type]
    else:
        yield Candidate(asked, code, *match.span("code"), "self", reason="old_noc")


def _jobs(message: Message, asked: str) -> Iterator[Candidate]:
    """One job with its dates: "cook, Canada, May 2022 to June 2024, 40 hours a week"."""
    dated = [d for d in message.durations if d.start_on is not None]
    if len(dated) != 1:
        return
    length = dated[0]
    text = message.text
    hours = re.search(r"(\d{1,3}(?:\.\d)?) ?(?:h\b|hours?|heures?)", text)
    code = re.search(r"(?<!\d)(\d[0-5]\d{3})(?!\d)", text)
    place = (
        "canada"
        if CANADA.search(text) and not re.search(r"outside (?:of )?canada", text)
        else "abroad"
        if ABROAD.search(text)
        else None
    )
    if place is None or length.start_on is None:
        return
    status = (
        "self_employed"
        if re.search(r"self[- ]?employ|freelanc|autonome|own business", text)
        else "student"
        if re.search(r"student|etudiant", text)
        else "employee"
    )
    title = re.split(r"[,;]| from | in | at |\bde \b", text.strip())[0].strip()
    job = Job(
        start=length.start_on,
        end=length.end_on,
        noc=code[1] if code else None,
        hours=float(hours[1]) if hours and float(hours[1]) <= 168 else 30.0,
        place="canada" if place == "canada" else "abroad",
        status=status,  # type: ignore[arg-type]
        remote=bool(re.search(r"\bremote|teletravail", text)),
        title=title if title and not re.search(r"\d", title) else None,
    )
    yield _whole(message, asked, (job,), estimated=True)


def _stays(message: Message, asked: str) -> Iterator[Candidate]:
    """Countries with years: "India 2010-2018, UAE 2018-2022"."""
    stays = []
    for length in message.durations:
        if length.start_on is None:
            continue
        sentence = (
            re.split(r"[,;\n]|\bthen\b|\bpuis\b", message.text[: length.start])[-1]
            + " "
            + re.split(r"[,;\n]", message.text[length.end :])[0]
        )
        country = COUNTRY.search(sentence)
        if country:
            stays.append(Stay(country.group().title(), length.start_on, length.end_on))
    if stays:
        yield _whole(message, asked, tuple(stays), estimated=True)

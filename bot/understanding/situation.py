"""Where the person stands with Express Entry, the days that matter, and where they plan to live."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bot.understanding.dates import DateFound
from bot.understanding.message import Candidate, Message
from bot.understanding.places import CANADA, OUTSIDE_QUEBEC, QUEBEC
from bot.understanding.test_names import TEST_FACTS
from bot.understanding.words import words

_W = words("situation")

_STAGES: Final = (
    (
        "trouble",
        _W["stages.trouble"],
    ),
    (
        "submitted",
        _W["stages.submitted"],
    ),
    (
        "invited",
        _W["stages.invited"],
    ),
    (
        "in_pool",
        _W["stages.in_pool"],
    ),
    (
        "considering",
        _W["stages.considering"],
    ),
)
_ITEM: Final = re.compile(r"[,;|+/]| - ")
_ABOUT_ECA = re.compile(
    r"\b(?:eca|wes|iqas|icas|ede|pnp|oinp|sinp|aaip|mpnp|nsnp|bcpnp|provincial\w*|nomination|ielts)\b"
)
_WAS_ONCE = re.compile(r"\b(?:was|were|had|used to be|etais|etait)\b[^,.;]{0,10}$")
_OTHER_REFUSAL = re.compile(r"\b(?:nomination|pnp|oinp|sinp|aaip|eca|loan|credit|job|employer|designation)\b")
_OTHER_MATTER = _W["other_matter"]
_NOT = _W["not"]
_PNP_NEAR = _W["pnp_near"]

_SETTLE_AFTER = _W["settle_after"]
_UNDECIDED_PLACE = _W["undecided_place"]
_UNDECIDED = _W["undecided"]
_OUTSIDE_ONLY = _W["outside_only"]
_NO_QUEBEC = _W["no_quebec"]
_ANY_PROVINCE = _W["any_province"]
_NOT_THERE = _W["not_there"]
_LEAD_NO = _W["lead_no"]
_INTENT = _W["intent"]
_THERE = _W["there"]
_PROFILE_WORDS = _W["profile_words"]
_ITA_WORDS = _W["ita_words"]
_TEST_WORDS = re.compile(r"\b(?:ielts|celpip|pte|tef|tcf|test|exam|examen|trf)\b")
_POOL_SINCE: Final = re.compile(r"\b(?:pool|bassin|profile|profil)\b[^.;]{0,14}\b(?:since|depuis)(?: le)? $")
# What ran out since is dated all the same.
_EXPIRED_NOW: Final = re.compile(
    r"\b(?:so |now |already |just |is |it is |has |donc |deja |est |maintenant |n'est )+(?:now |already |deja )?"
    r"(?:expired|perimee?|expiree?|plus valid\w+|no longer valid|not valid|too old)\b(?! (?:on|in|le|en)\b)"
)
_FROM_RESULT: Final = re.compile(r"\b(?:ielts|celpip|pte|tef|tcf|test|exam|results?|resultats?)(?: \w+){0,2} from $")
_TEST_NOT = _W["test_not"]
_THESE_DAYS: Final = re.compile(r"today|yesterday|this|last|aujourd|hier|ce|cette")
# "Got my results today": the day they came, not the day of the test.
_RESULTS_CAME: Final = re.compile(r"\b(?:results?|resultats?|notes)(?: [a-z]+){0,2}[ !:,(]*$")
_TAKEN_LABEL = _W["taken_label"]
_ECA_WORDS = _W["eca_words"]
_LIVES: Final = re.compile(r"\b(?:lives?|is|are|settled|habite(?:nt)?|vit|vivent|est|sont|reside)\b")
_DATED: Final = re.compile(r"\bdated (?:on |the )?$")
# Questions that a place in Canada answers, or that are about somebody or something else there.
_OF_PLACES: Final = frozenset(
    {"canadian_work_years", "foreign_work_years", "canadian_study", "sibling_in_canada", "spouse_canadian_work_years"}
    | {"jobs", "countries", "provincial_nomination", "job_offer", "certificate_of_qualification", "noc"}
)
_SMALL: Final = re.compile(r"\b(?:in|at|near|around|the|area|or|and|a|au|en|ou|et|on|bc|ab|sk|mb|ns|nb|pe|nl)\b")
_SHORT: Final = 40
_OTHER_PAPERS: Final = (_ITA_WORDS, _PROFILE_WORDS, _ECA_WORDS)


def read(message: Message) -> Iterator[Candidate]:
    yield from _dates(message)
    yield from _stage(message)
    yield from _destination(message)


def _stage(message: Message) -> Iterator[Candidate]:
    found: list[Candidate] = []
    for stage, pattern in _STAGES:
        for match in pattern.finditer(message.text):
            before, after = message.around(*match.span(), 28, 30)
            item = _ITEM.split(before)[-1] + match.group() + _ITEM.split(after)[0]
            if stage != "considering" and (
                _NOT.search(before) or re.search(r"\b(?:not|never|no|pas)\b", match.group())
            ):
                continue
            if stage == "invited" and _PNP_NEAR.search(before[-15:] + match.group() + after[:25]):
                continue
            if stage == "in_pool" and _WAS_ONCE.search(before):
                continue
            if stage in ("submitted", "considering") and _ABOUT_ECA.search(item):
                continue
            if stage == "trouble" and _OTHER_REFUSAL.search(before[-20:] + match.group()):
                continue
            if stage == "trouble" and _OTHER_MATTER.search(before + match.group() + after):
                continue
            holder = message.people.at(match.start())
            if holder == "other":
                continue
            found.append(
                Candidate(
                    "stage",
                    stage,
                    *match.span(),
                    "self",
                    rank=len(_STAGES) - len(found),
                    said_plainly=stage == "considering",
                )
            )
            break
    later = ["considering", "in_pool", "invited", "submitted", "trouble"]
    for candidate in found:
        candidate.rank = later.index(candidate.value)
        yield candidate


def _dates(message: Message) -> Iterator[Candidate]:
    for one in message.dates:
        if not message.free(one.start, one.end):
            continue
        fact = _purpose(message, one) or ("language_taken_on" if _of_the_test(message, one) else None)
        if fact:
            message.take(one.start, one.end)
            found = dated(fact, one, message)
            yield found
            if fact == "eca_issued_on" and found.reason != "impossible_value":
                yield Candidate("eca", "done", one.start, one.end, likely=True)


def _asks_of_a_test(message: Message) -> bool:
    """Whether a day in the answer is that of a test: it was asked for, or results of the second or a partner's were."""
    of_another = message.asked != message.asked_base and message.asked_base in TEST_FACTS
    return of_another or message.asks_for("language_taken_on")


def _of_the_test(message: Message, one: DateFound) -> bool:
    """Whether the question at hand, or "taken on" before it, makes it the day of the language test."""
    if _asks_of_a_test(message):
        return True
    before, after = message.around(one.start, one.end, 60, 30)
    if any(paper.search(before) for paper in _OTHER_PAPERS):
        return False
    about_test = message.asked in TEST_FACTS and _W["day_alone"].fullmatch(before) and not after.strip(" .!,")
    return bool(about_test) or _W["taken_on"].search(before) is not None


def dated(fact: str, one: DateFound, message: Message) -> Candidate:
    """A day for a fact, or why it is not one. A month alone gives its first day, as an estimate."""
    if one.options:
        past = tuple(day for day in one.options if day <= message.as_of)
        if len(past) == 1:
            return Candidate(fact, past[0], one.start, one.end, likely=True)
        return Candidate(fact, None, one.start, one.end, reason="ambiguous_date", options=one.options)
    if one.value is None or one.precision == "year":
        return Candidate(fact, one.value, one.start, one.end, reason="incomplete_date")
    if one.value > message.as_of:
        return Candidate(fact, one.value, one.start, one.end, reason="impossible_value")
    return Candidate(fact, one.value, one.start, one.end, estimated=one.precision == "month", likely=not one.year_given)


def _purpose(message: Message, one: DateFound) -> str | None:
    """Which fact a day belongs to, by the nearest telling word of its sentence."""
    sentence = message.sentence_at(one.start)
    before = message.text[sentence.start : one.start]
    before = before[-60:]
    after = message.text[one.end : min(sentence.end, one.end + 30)]
    in_pool_since = _POOL_SINCE.search(before) is not None
    if _W["other_purpose"].search(before) and not in_pool_since and not _FROM_RESULT.search(before):
        return None
    dated = _DATED.search(before) is not None and not any(p.search(before) for p in _OTHER_PAPERS)
    if (dated or _TAKEN_LABEL.search(before)) and _TEST_WORDS.search(message.text, 0, one.start):
        return "language_taken_on"
    best: tuple[int, str] | None = None
    for fact, pattern in (
        ("invited_on", _ITA_WORDS),
        ("profile_submitted_on", _PROFILE_WORDS),
        ("eca_issued_on", _ECA_WORDS),
        ("language_taken_on", _TEST_WORDS),
    ):
        matches = list(pattern.finditer(before))
        near = len(before) - matches[-1].end() if matches else None
        if near is None:
            later = pattern.search(after[:25])
            near = later.start() + 15 if later and re.match(r"^[\s,:(-]*(?:i |we |my |je |j'ai )?", after) else None
        if near is not None and near <= 45 and (best is None or near < best[0]):
            best = (near, fact)
    if best is None:
        return None
    fact = best[1]
    words = before + after
    if fact == "language_taken_on" and _THESE_DAYS.match(message.text, one.start) and _RESULTS_CAME.search(before):
        return None
    if fact in ("language_taken_on", "eca_issued_on") and _TEST_NOT.search(_EXPIRED_NOW.sub("", words)):
        return None
    if fact in ("invited_on", "profile_submitted_on") and re.search(
        r"\b(?:not|never|no|waiting|expire\w*|expir\w+|deadline|hope|if|pas|attends)\b", before
    ):
        return None
    if fact == "invited_on" and _PNP_NEAR.search(words):
        return None
    if fact == "eca_issued_on" and re.search(
        r"\b(?:applied|waiting|submitted|sent|completed by|to be|attends|demande)\b", before
    ):
        return None
    if (
        fact == "eca_issued_on"
        and "report" in before
        and not re.search(r"\b(?:eca|wes|iqas|icas|ices|ede)\b", message.text)
    ):
        return None
    return fact


def _destination(message: Message) -> Iterator[Candidate]:
    asked = message.asked == "destination"
    for match in _INTENT.finditer(message.text):
        sentence = message.sentence_at(match.start())
        end = min(sentence.end, match.end() + 60)
        words = message.text[match.start() : end]
        if message.people.at(match.start()) == "other":
            continue
        value = place(words)
        if value:
            negated = re.search(
                r"\b(?:not|never|do not|ne|pas)\b[^,.;]{0,20}$",
                message.text[max(sentence.start, match.start() - 25) : match.start()],
            )
            if negated or re.search(r"\b(?:not|never|ne|pas)\b", match.group()):
                value = {"quebec": "outside_quebec"}.get(value)
            if value:
                yield Candidate("destination", value, match.start(), end, "self")
                return
    after = _SETTLE_AFTER.search(message.text)
    if after:
        value = place(message.text[max(0, after.start() - 45) : after.start()])
        if value:
            yield Candidate("destination", value, *after.span(), "self", likely=True)
    there = _THERE.search(message.text)
    if there and message.people.at(there.start()) != "other":
        value = place(message.text[message.sentence_at(there.start()).start : there.start()])
        if value:
            yield Candidate("destination", value, *there.span(), "self", likely=True)
            return
    outside = "quebec" in message.text and (_OUTSIDE_ONLY.search(message.text) or _NO_QUEBEC.search(message.text))
    if outside and message.people.at(outside.start()) != "other":
        yield Candidate("destination", "outside_quebec", *outside.span(), "self", likely=True)
        return
    undecided = _UNDECIDED_PLACE.search(message.text) or _ANY_PROVINCE.search(message.text)
    if undecided:
        yield Candidate("destination", "undecided", *undecided.span(), "self")
    alone = message.asked is not None and message.asked not in _OF_PLACES and _is_a_place(message.text)
    if (asked and not about_a_home_of_others(message)) or alone:
        value = place(message.text)
        ruled_out = value == "quebec" and _NOT_THERE.search(_LEAD_NO.sub("", message.text))
        if value:
            value = "outside_quebec" if ruled_out else value
            yield Candidate("destination", value, 0, len(message.text), "self")


def about_a_home_of_others(message: Message) -> bool:
    """ "My sister lives in Ottawa": not where the applicant will live; "with my sister in Ottawa" is."""
    return message.people.last_named(len(message.text)) == "other" and _LIVES.search(message.text) is not None


def _is_a_place(text: str) -> bool:
    """ "Toronto", "Regina, SK": nothing but places in Canada, an answer to the question where to live."""
    left = _SMALL.sub("", CANADA.sub("", text))
    return len(text) <= _SHORT and not re.search(r"\w", left) and re.fullmatch(r"\W*(?:in )?canada\W*", text) is None


def place(words: str) -> str | None:
    """``outside_quebec``, ``quebec``, ``undecided``, or None when no place is named."""
    outside = [match.span() for match in OUTSIDE_QUEBEC.finditer(words)]
    inside = [match for match in QUEBEC.finditer(words) if not any(a <= match.start() < b for a, b in outside)]
    if outside:
        return "undecided" if inside else "outside_quebec"
    if inside:
        return "quebec"
    if _UNDECIDED.search(words):
        return "undecided"
    return "undecided" if re.search(r"\bany(?:where| province)\b", words) and CANADA.search(words) else None

"""Work: how long, in Canada or abroad, what kind, and the NOC code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from bot.understanding.durations import Duration, find_durations
from bot.understanding.message import Candidate, Message
from bot.understanding.places import ABROAD, CANADA
from bot.understanding.reading import Reason

_WORK = re.compile(
    r"\b(?:experience|work(?:ed|ing|s)?|job|jobs|employ\w+|career|profession\w*|occupation|as an?|as|engineer\w*|develop\w+|software|nurse|teacher|accountant|manager|analyst|chef|cook|driver|supervisor|technician|consultant"
    r"|electrician|welder|carpenter|plumber|designer|programmer|architect|pharmacist|doctor|physician|cashier|administrator|assistant|officer|professor|lecturer|devops|it\b|banking|noc|full[- ]time|part[- ]time|self[- ]employed"
    r"|travail\w*|emploi|comme|en tant que|ingenieure?|infirmiere?|enseignante?|comptable|gestionnaire|cuisiniere?|chauffeur|technicien\w*|developpeu\w+|metier|poste|temps plein|salariee?|bosse|freelance\w*|contract(?:or)?|internship|remote(?:ly)?)\b"
)
_NOT_WORK = re.compile(
    r"\b(?:diploma|degree|program(?:me)?|course|bachelor\w*|master'?s?|stud(?:y|ied|ying|ent)|college|university|school|married|together|liv(?:e|ed|ing)|resid\w+|valid\w*|expire\w*|permit|visa|pgwp|passport|relationship|old|age|ielts|celpip|waiting|savings?|bank|gap|processing|pool"
    r"|diplome|etudie\w*|etudes|mariee?s?|ensemble|habit\w+|vis|vit|permis|valide|attends|licence|maitrise|baccalaureat|btech|bcom|bsc|bba|bca|beng|mba|msc|mca|phd|graduation|undergrad\w*|mbbs)\b"
)
_NO_CANADIAN: Final = (
    re.compile(
        r"\b(?:no|zero|0|nil|without(?: any)?|not have(?: any)?|do not have(?: any)?|lack(?:ing)?|any|aucune?|pas d'|pas de|sans|ni|n'ai pas d')\s?(?:canadian|canada)(?: work)?(?: experience| work| job| exp)?\b(?! (?:stud|educ|degree|diploma|citizen|status|visa|sibling|relativ|brother|sister))"
    ),
    re.compile(
        r"\b(?:canadian|canada)(?: work)?(?: experience| work|)s? ?(?:[:=-] ?|is |are )?(?:none|nil|zero|0(?!\.\d|\d)(?: years?| yrs?)?|no\b|n/a|not yet)\b"
    ),
    re.compile(
        r"\b(?:never|not|have not|did not)(?: yet)? (?:worked|been employed|had a job)(?: or \w+)?(?: (?:or|and) \w+)? ?(?:in|inside|within) canada\b|\bnever (?:studied|lived|been) (?:or|nor|and) worked in canada\b|\b(?:never|not) (?:been|lived|set foot)(?: to| in)? canada\b(?! (?:on|as))"
    ),
    re.compile(
        r"\b(?:none|nothing|zero|nil|0(?: years?)?|no experience|no work(?: experience)?|no exp|not any)(?: is| are| of (?:it|them|that))?(?: yet)? (?:in|from|inside) canada\b"
    ),
    re.compile(
        r"\b(?:aucune?|pas d(?:e |')|sans|jamais|rien|0)(?: \w+){0,2}? ?(?:experience|travail|emploi|boulot|travaille)?(?: de travail| professionnelle)? ?(?:canadienne?|au canada)\b|\b(?:jamais|pas) (?:encore )?(?:travaille|bosse)(?: ni \w+)? (?:au canada|la-bas)\b|\bexperience (?:canadienne|au canada) ?[:=-]? ?(?:aucune|0|nulle|non|neant)\b"
    ),
    re.compile(
        r"\ball (?:my )?(?:work |work experience |experience |of (?:it|them|that) )?(?:is |was |are |were |has been |from |in |gained )*(?:abroad|overseas|outside(?: of)? canada|foreign|back home|in india)\b|\btoute? (?:mon |l')?experience (?:est |a ete )?(?:a l'etranger|hors (?:du )?canada)\b"
    ),
)
_NO_FOREIGN: Final = (
    re.compile(
        r"\b(?:no|zero|0|nil|without(?: any)?|not have(?: any)?|do not have(?: any)?|any|aucune?|pas d'|pas de|sans)\s?(?:foreign|overseas|abroad|outside|international|etrangere?)(?: work)?(?: experience| work| job)?(?: outside canada)?\b|\b(?:foreign|overseas)(?: work)?(?: experience| work)? ?(?:[:=-] ?|is |are )?(?:none|nil|zero|0(?!\.\d|\d)|no\b|n/a)\b"
    ),
    re.compile(
        r"\b(?:never|not|have not|did not) work(?:ed)? (?:abroad|overseas|outside(?: of)? canada|back home|anywhere else|in my (?:home )?country)\b|\b(?:no|zero|none|nothing)(?: work| experience| work experience)? (?:abroad|outside(?: of)? canada|overseas|back home)\b"
    ),
    re.compile(
        r"\ball (?:my )?(?:work |work experience |experience |of (?:it|them) )?(?:is |was |are |were |has been |gained )*(?:in canada|canadian)\b|\b(?:aucune?|pas d(?:e |')|sans)(?: \w+){0,2}? ?(?:experience|travail|emploi)(?: de travail)? (?:etrangere|a l'etranger|hors (?:du )?canada)\b|\b(?:jamais|pas) travaille (?:a l'etranger|hors (?:du )?canada|ailleurs)\b|\btoute mon experience est (?:au canada|canadienne)\b"
    ),
)
_NEVER_WORKED = re.compile(
    r"\b(?:no (?:work )?experience|never worked|no work exp(?:erience)?|fresher|just graduated|0 years? (?:of )?(?:work )?experience|aucune experience(?! (?:cana|au|a l'|hors|etr))(?: professionnelle| de travail)?|jamais travaille)(?! in| abroad| outside| overseas| there| as| with| for| cana| au| a l'| hors)\b"
)
_KINDS: Final[tuple[tuple[Reason, re.Pattern[str]], ...]] = (
    (
        "student_work",
        re.compile(
            r"\b(?:while (?:i was )?(?:studying|a student|in (?:school|college|university))|as a student|student (?:job|work)|during (?:my )?(?:studies|study|college|masters?|degree|school|university)|on (?:a |my )?stud(?:y|ent) (?:permit|visa)|co-?op|internship|stage|pendant mes etudes|etudiante? a temps plein|job etudiant|en etudiant|working student|on[- ]campus)\b"
        ),
    ),
    (
        "part_time",
        re.compile(
            r"\b(?:part[- ]?time|temps partiel|mi-temps|(?:[1-9]|1\d|2\d) ?(?:hours?|hrs?|h|heures?) ?(?:per|a|/|each|par|weekly|hebdo|la)?[ /]*(?:week|wk|semaine|w\b)?)\b"
        ),
    ),
    (
        "self_employed",
        re.compile(
            r"\b(?:self[- ]?employ\w+|freelanc\w*|own (?:business|company|shop|firm)|my (?:own )?business|entrepreneur|independent contractor|uber|doordash|travailleu\w+ autonome|a mon compte|mon entreprise|auto-?entrepreneur|independante?|free-?lance|pigiste)\b"
        ),
    ),
    ("remote", re.compile(r"\b(?:remote(?:ly)?|teletravail|work(?:ing)? from home|wfh|a distance)\b")),
)
_PROBATION: Final = re.compile(r"\b(?:only|total|altogether|overall|in all|combined|au total|en tout)\b")
_OF_WHICH = re.compile(r"\b(?:of which|out of (?:which|that|these)|including|among which|dont|incluant)\b")
_SEVERAL_JOBS = re.compile(
    r"\b(?:first one|last one|second one|1st job|2nd job|first job|last job|second job|premier emploi|deuxieme emploi|dernier emploi)\b"
)

_NOC_NAMED = re.compile(
    r"\b(?:noc|cnp|n\.o\.c)(?: ?(?:code|codes|21|2021|2016|number|no|numero|is|est|teer \d|\(?teer\)?)\b)*[\s:#=.(-]*(?P<code>(?:[a-z] )?\d{4,5})(?:\.\d{1,2})?\b"
)
_NOC_FOLLOWED = re.compile(r"\b(?P<code>\d{5})\b ?\(?(?:noc|cnp)\b")
_NOC_BARE = re.compile(
    r"(?<![\w$€£₹.,/-])(?P<code>[0-9][0-5]\d{3})(?![\w$€£.,%/-]\d|\d| ?(?:\$|€|£|k\b|cad|usd|inr|eur|dollars?|euros?|rupees?|roupies|lakhs?|points?|people|invit\w+|itas?|candidates?|fcfa|dirhams?|naira))"
)
_MONEY_NEAR = re.compile(
    r"\b(?:funds?|savings?|saved|bank|money|fonds|economies|amount|balance|salary|paid|pay|fee|fees|cost|rent|have about|cad|usd|dollars?|budget|settlement|zip|postal|deposit|salaire|argent|montant)\b|[$€£₹]"
)


@dataclass(slots=True)
class _Stint:
    """A length of work with the words around it."""

    duration: Duration
    words: str
    place: str | None = None
    foreign_name: str | None = None


def read(message: Message) -> Iterator[Candidate]:
    yield from _noc(message)
    yield from _none(message)
    yield from _lengths(message)


def _noc(message: Message) -> Iterator[Candidate]:
    for pattern in (_NOC_NAMED, _NOC_FOLLOWED, _NOC_BARE):
        for match in message.finditer(pattern):
            code = match["code"].replace(" ", "")
            start, end = match.span("code")
            if pattern is _NOC_BARE:
                before, after = message.around(start, end, 40, 20)
                if code.endswith("00") and message.asked != "noc" and not re.search(r"[a-z]{4,} $", before):
                    continue
                if _MONEY_NEAR.search(before + " " + after):
                    continue
            message.take(start, end)
            if len(code) == 5 and code.isdigit():
                if code[1] > "5":
                    yield Candidate("noc", code, start, end, reason="impossible_value")
                else:
                    yield Candidate("noc", code, start, end, likely=pattern is _NOC_BARE, rank=1)
            else:
                yield Candidate("noc", code, start, end, reason="old_noc")


def _none(message: Message) -> Iterator[Candidate]:
    for fact, patterns in (("canadian_work_years", _NO_CANADIAN), ("foreign_work_years", _NO_FOREIGN)):
        for pattern in patterns:
            for match in pattern.finditer(message.text):
                if message.free(*match.span()):
                    message.take(*match.span())
                    yield Candidate(fact, 0, *match.span())
    for match in message.finditer(_NEVER_WORKED):
        yield Candidate("canadian_work_years", 0, *match.span(), likely=True)
        yield Candidate("foreign_work_years", 0, *match.span(), likely=True)


def _lengths(message: Message) -> Iterator[Candidate]:
    durations = [d for d in find_durations(message.text, message.as_of) if message.free(d.start, d.end)]
    stints = [stint for d in durations if (stint := _stint(message, d, durations)) is not None]
    if not stints:
        return
    if len(stints) > 1 and _SEVERAL_JOBS.search(message.text):
        first, last = stints[0].duration, stints[-1].duration
        yield Candidate(
            "canadian_work_years" if CANADA.search(message.text) else "foreign_work_years",
            None,
            first.start,
            last.end,
            reason="unclear_amount",
        )
        return
    placed = _placed(message, stints)
    yield from _summed(message, placed)


def _stint(message: Message, duration: Duration, all_durations: list[Duration]) -> _Stint | None:
    """The duration with the words that belong to it: its clause, and following clauses without one of their own."""
    text = message.text
    sentence = message.sentence_at(duration.start)
    others = [d for d in all_durations if d is not duration]
    left = max((d.end for d in others if sentence.start <= d.end <= duration.start), default=sentence.start)
    right = min((d.start for d in others if duration.end <= d.start <= sentence.end), default=sentence.end)
    before, after = text[left : duration.start], text[duration.end : right]
    near_before = re.split(r"[,;()]|\band\b|\bet\b|\bbut\b|\bmais\b|\bthen\b| \+ | / ", before)[-1]
    cut = re.split(r"[,;(]|\band\b|\bet\b|\bbut\b|\bmais\b|\bthen\b|\bpuis\b| \+ | / ", after)
    near_after = cut[0]
    near = f"{near_before} {text[duration.start : duration.end]} {near_after}"
    if _NOT_WORK.search(near) and not re.search(r"\b(?:experience|work(?:ed|ing)?|travaill\w+|as an?|comme)\b", near):
        return None
    if duration.years is not None and duration.years > 60:
        return None
    asked = message.asked in (
        "canadian_work_years",
        "foreign_work_years",
        "spouse_canadian_work_years",
        "fsw_work_years",
    )
    clause_after = after if len(cut) < 2 or right == sentence.end else near_after
    wide = f"{near_before} {text[duration.start : duration.end]} {clause_after}"
    words_before = re.split(r"[;.]", before)[-1]
    if not (
        _WORK.search(near)
        or _WORK.search(wide)
        or re.search(r"\b(?:experience|work|jobs?|travail|employment)\b[^,;]{0,20}[:\-=(,]?[^,;]{0,20}$", words_before)
        or asked
    ):
        if not (
            (CANADA.search(near) or ABROAD.search(near))
            and re.search(r"\+|\band\b|,|&", text)
            and re.search(r"experience|work|travail", text)
        ):
            return None
    stint = _Stint(duration, near)
    stint.place, stint.foreign_name = _place(near_after, near_before, wide, words_before)
    return stint


def _place(after: str, before: str, wide: str, words_before: str) -> tuple[str | None, str | None]:
    """``canada`` or ``abroad``, by the words nearest to the duration."""
    clause_before = re.split(r"[,;(]", words_before.rstrip(" ,;("))[-1]
    if _NOT_WORK.search(clause_before) or re.search(r"\d ?(?:years?|months?|ans|mois)", clause_before):
        clause_before = ""
    for words in (after, before, wide, clause_before):
        canada, abroad = CANADA.search(words), ABROAD.search(words)
        outside = re.search(
            r"\b(?:outside(?: of)?|hors(?: du)?|not in|out of|non-?|apart from|a l'exterieur du) ?canad\w+", words
        )
        if outside:
            return "abroad", outside.group()
        if canada and abroad:
            nearest = canada if (words is after or words is wide) == (canada.start() < abroad.start()) else abroad
            return ("canada", None) if nearest is canada else ("abroad", abroad.group())
        if canada:
            return "canada", None
        if abroad:
            return "abroad", abroad.group()
    return None, None


def _placed(message: Message, stints: list[_Stint]) -> list[_Stint]:
    """Where a stint without a place was, if the rest of the message settles it."""
    if all(stint.place for stint in stints):
        return stints
    text = message.text
    no_canada = any(pattern.search(text) for pattern in _NO_CANADIAN)
    no_foreign = any(pattern.search(text) for pattern in _NO_FOREIGN)
    for stint in stints:
        if stint.place is None and no_canada and not no_foreign:
            stint.place = "abroad"
        elif stint.place is None and no_foreign and not no_canada:
            stint.place = "canada"
    return stints


def _summed(message: Message, stints: list[_Stint]) -> Iterator[Candidate]:
    asked = message.asked or ""
    for stint in stints:
        d = stint.duration
        holder = message.people.at(d.start)
        place = stint.place
        if place is None and asked in ("canadian_work_years", "spouse_canadian_work_years"):
            place = "canada"
        if place is None and asked == "foreign_work_years":
            place = "abroad"
        fact = {"canada": "canadian_work_years", "abroad": "foreign_work_years", None: None}[place]
        total = place is None
        message.take(d.start, d.end)
        if d.years is None:
            yield Candidate(fact or "foreign_work_years", None, d.start, d.end, reason="unclear_amount")
            continue
        kind = _kind(message, stint, place)
        value: Any = int(d.years) if float(d.years).is_integer() else d.years
        if kind:
            yield Candidate(fact or "canadian_work_years", value, d.start, d.end, reason=kind)
        elif total:
            if _OF_WHICH.search(message.text) and len(stints) > 1:
                continue
            yield Candidate(
                "foreign_work_years", value, d.start, d.end, holder, reason="unclear_place",
                options=("canadian_work_years", "foreign_work_years"), estimated=d.estimated,
            )  # fmt: skip
        else:
            if _OF_WHICH.search(message.text) and stint is stints[0] and len(stints) > 1:
                continue
            yield Candidate(fact, value, d.start, d.end, estimated=d.estimated)


def _kind(message: Message, stint: _Stint, place: str | None) -> Reason | None:
    sentence = message.sentence_at(stint.duration.start)
    words = message.text[sentence.start : sentence.end]
    near = stint.words
    for reason, pattern in _KINDS:
        if reason == "student_work" and place == "abroad":
            continue
        if reason == "self_employed" and place == "abroad":
            continue
        found = pattern.search(near)
        if not found and sentence.end - sentence.start < 90 and len(find_durations(words, message.as_of)) == 1:
            found = pattern.search(words)
        if found and not re.search(
            r"\b(?:not|no|never|pas|jamais) (?:\w+ )?$", words[: max(words.find(found.group()), 0)]
        ):
            return reason
    return None

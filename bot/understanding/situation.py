"""Where the person stands with Express Entry, the days that matter, and where they plan to live."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bot.understanding.dates import DateFound, find_dates
from bot.understanding.message import Candidate, Message
from bot.understanding.places import CANADA, OUTSIDE_QUEBEC, QUEBEC

_ITA = r"(?:ita|invitation to apply|invitation(?! letter)|invite|ipd|invitation a presenter)"
_STAGES: Final = (
    (
        "trouble",
        re.compile(
            r"\b(?:(?:application|pr|profile|visa|file|case|eapr|demande|dossier)(?: \w+){0,2} (?:was |got |has been |is |a ete |est )?(?:refused|rejected|denied|refusee?|rejetee?)|(?:got|received|was|were|been) (?:refused|rejected|denied|a refusal)|fairness letter|procedural fairness|pfl\b|removal order|deportation|detained|inadmissib\w+|lettre d'equite|equite procedurale|mesure de renvoi|refus de|j'ai recu un refus|interdiction de territoire)\b"
        ),
    ),
    (
        "submitted",
        re.compile(
            r"\b(?:submitted (?:my |our |the )?(?:eapr|e-?apr|pr application|application(?! for (?:eca|wes|pnp|nomination))|documents after ita|full application)|application (?:was |is |has been )?submitted|got (?:my |the )?aor|aor (?:received|date|on)|received (?:my )?aor|(?:applied|filed)(?: for pr)? after (?:the |my )?ita|acknowledge?ment of receipt|medical passed|in process since|passport request|copr|soumis ma demande|demande (?:de rp )?(?:soumise|envoyee|deposee)|envoye ma demande|depose (?:ma demande|mon dossier)|accuse de reception)\b"
        ),
    ),
    (
        "invited",
        re.compile(
            rf"\b(?:(?:got|received|have|recieved|just got|i was|i am|been|was|were|got my|got an|accepted|recu|obtenu|j'ai eu|j'ai|ai) (?:just |finally |recently |already |been |my |an |the |our |enfin |deja |recu |une? |mon |ma |l'|eu )*(?:{_ITA}\b|invited(?: to apply)?(?! to (?:the )?(?:interview|a party)))|invited (?:to apply )?(?:on|in|from|last|yesterday|today)|{_ITA} (?:received|came|arrived|on \d|date|in hand|recue?)|(?:je suis|j'ai ete|ete) (?:invitee?)|after (?:my |the )?ita)\b"
        ),
    ),
    (
        "in_pool",
        re.compile(
            r"\b(?:in (?:the |ee |express entry |the express entry |the ee )?pool|(?:profile|ee|express entry)(?: profile)?(?: \w+){0,2} (?:is |was |has been |already )?(?:created|made|submitted|active|live|in the pool|done|up)|(?:created|made|submitted|have|opened|set up|have an?) (?:my |an? |our |the )?(?:active |valid )?(?:ee |express entry |express-entry )?profile|dans le (?:bassin|pool)|(?:cree|soumis|fait|ouvert) (?:mon|un) profil|mon profil (?:est |a ete )?(?:cree|soumis|actif|dans)|profil (?:cree|soumis|actif))\b"
        ),
    ),
    (
        "considering",
        re.compile(
            r"\b(?:(?:thinking|think) (?:of|about) (?:apply\w*|immigrat\w*|mov\w*|express entry|canada|pr)|(?:plan(?:ning)?|want(?:ing)?|would like|wish|looking|intend(?:ing)?|hoping|interested|considering|going) (?:to |in |for )?(?:apply(?:ing)?|immigrat\w+|migrat\w+|express entry|canada pr|start(?:ing)?(?: my| the)?)(?: (?:for|to|through|under|via|in) (?:canada|pr|express entry|canadian|ee))?|(?:have not|not|no|never|yet to|did not)(?: yet)? (?:create\w*|made|make|start\w*|submit\w*|open\w*|have)? ?(?:my |a |an |any |the )?(?:ee |express entry )?profile|just (?:exploring|started|starting|looking)|pas encore (?:de |cree (?:de |mon |un )?|soumis (?:de |mon |un )?)profil|je (?:pense|songe|reflechis|compte|veux|voudrais|souhaite|aimerais) (?:a )?(?:immigrer|emigrer|appliquer|faire une demande|postuler|venir au canada|m'installer)|aucun profil|no profile)\b"
        ),
    ),
)
_NOT = re.compile(
    r"\b(?:not|never|no|yet|without|waiting for|hoping for|expecting|need|want|get|getting|before|until|when|if|once|for|chance\w*|jamais|pas|aucune?|sans|attends?|en attente d\w*|espere|avant)\b[^,.;]{0,18}$"
)
_PNP_NEAR = re.compile(
    r"\b(?:pnp|oinp|sinp|aaip|mpnp|nsnp|bc pnp|province|provincial|interview|wedding|from ontario|by ontario|from saskatchewan|from alberta|by alberta|from bc|by bc)\b"
)

_UNDECIDED = re.compile(
    r"\b(?:anywhere(?! (?:but|except|other))(?: in canada)?|not (?:sure|decided)(?: yet)?(?: where| which)|undecided|any province|no preference|wherever|open to (?:any|all)|have not decided(?: where)?|n'importe ou|pas (?:encore )?decide(?:e)?|peu importe|indecise?|aucune preference|(?:toutes|n'importe quelle) (?:les )?provinces?|flexible)\b"
)
_INTENT = re.compile(
    r"\b(?:(?:want|plan(?:ning|s)?|would like|like|prefer(?:red)?|intend(?:ing)?|hope|hoping|going|wish|looking|thinking|will|would) (?:\w+ ){0,3}?(?:live|living|settle|settling|move|moving|go|going|stay|staying|reside|relocate|relocating|immigrate|land|landing|be) (?:down |mostly |permanently )?(?:in|to|at|outside|near|around|somewhere in)|destination(?: is| province| city|:)*|planning (?:for|on) |settle in|settling in|moving to|relocat(?:e|ing) to|intended province(?: is|:)*|preferred (?:province|city|destination)(?: is|:)*|plan is"
    r"|(?:vivre|m'installer|nous installer|installer|demenager|aller|rester|habiter|s'etablir|m'etablir|immigrer)(?: \w+){0,2}? (?:a|au|en|hors|dans|pres de|du cote de)|destination|je vise|province (?:souhaitee|visee))\b"
)
_PROFILE_WORDS = re.compile(r"\b(?:profile|profil|pool|bassin|ee profile|submitted|created|soumis|cree)\b")
_ITA_WORDS = re.compile(rf"\b(?:invited|{_ITA}|invitee?)\b")
_TEST_WORDS = re.compile(r"\b(?:ielts|celpip|pte|tef|tcf|test|exam|examen|trf)\b")
_TEST_NOT = re.compile(
    r"\b(?:expir\w*|valid (?:till|until)|booked|book|scheduled|will|going to|next|upcoming|plan\w*|retak\w*|vais|prevu\w*|reserve)\b"
)
_ECA_WORDS = re.compile(r"\b(?:eca|wes|iqas|icas|ices|ede|credential|evaluation|report)\b")


def read(message: Message) -> Iterator[Candidate]:
    yield from _dates(message)
    yield from _stage(message)
    yield from _destination(message)


def _stage(message: Message) -> Iterator[Candidate]:
    found: list[Candidate] = []
    for stage, pattern in _STAGES:
        for match in pattern.finditer(message.text):
            before, after = message.around(*match.span(), 28, 30)
            if stage != "considering" and (
                _NOT.search(before) or re.search(r"\b(?:not|never|no|pas)\b", match.group())
            ):
                continue
            if stage == "invited" and _PNP_NEAR.search(before[-15:] + match.group() + after[:25]):
                continue
            if stage == "trouble" and re.search(
                r"\b(?:never|not|no|visitor|tourist|study permit|student visa|usa?|us visa|uk)\b",
                before + match.group(),
            ):
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
    for one in find_dates(message.text, message.as_of):
        if not message.free(one.start, one.end):
            continue
        fact = _purpose(message, one)
        if fact:
            message.take(one.start, one.end)
            yield dated(fact, one, message)


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
    if re.search(
        r"\b(?:born|dob|birth|nee?|naissance|since|from|until|till|to|depuis|jusqu'\w+|between|before|after|avant|expir\w+|by|valid until|work\w*|travaill\w*|draw|round|ronde|cut ?off|graduated|married|joined|started)\s*(?:on |in |le |the |en |:)?$",
        before,
    ):
        return None
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
    if fact in ("language_taken_on", "eca_issued_on") and _TEST_NOT.search(words):
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
            if negated:
                value = {"quebec": "outside_quebec"}.get(value)
            if value:
                yield Candidate("destination", value, match.start(), end, "self")
                return
    if asked:
        value = place(message.text)
        if value:
            yield Candidate("destination", value, 0, len(message.text), "self")


def place(words: str) -> str | None:
    """``outside_quebec``, ``quebec``, ``undecided``, or None when no place is named."""
    outside, quebec = OUTSIDE_QUEBEC.search(words), QUEBEC.search(words)
    if outside:
        inside = [match for match in QUEBEC.finditer(words) if not (outside.start() <= match.start() < outside.end())]
        return "undecided" if inside else "outside_quebec"
    if quebec:
        return "quebec"
    if _UNDECIDED.search(words):
        return "undecided"
    return "undecided" if re.search(r"\bany(?:where| province)\b", words) and CANADA.search(words) else None

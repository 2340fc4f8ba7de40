"""Marital status, and what the partner is: coming along, citizen or permanent resident."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bot.understanding.message import Candidate, Message
from bot.understanding.people import PARTNER

_SINGLE = r"single(?! (?:parent benefit|entry|digit|intake|draw|step|score|band|day|time|person|application|file|ladder|biggest|applicant points))|un-?married|never(?: been)? married|not(?: yet)?(?: even)? married|spinster|celibataires?|(?:pas|jamais(?: ete)?|non|ni)(?: encore)? mariee?s?|vieux garcon"
_STATUSES: Final = tuple(
    (status, re.compile(rf"\b(?:{words})\b"))
    for status, words in (
        ("single", _SINGLE),
        (
            "common_law",
            r"common[ -]?law(?: (?:partner|spouse|relationship|union|husband|wife|marriage|status))?|conjoints? de faits?|conjointes? de faits?|unions? (?:de fait|libre)|concubin(?:age|e)?s?|pacsee?s?|pacs|vie maritale",
        ),
        (
            "separated",
            r"(?:legally )?separated(?! (?:by|into|from the|rooms))|separee?s?(?: legalement)?(?= |$|[,.;!)])",
        ),
        ("divorced", r"divorced|divorcee?s?(?= de\b|$|[,.;!)]|\s)"),
        (
            "widowed",
            r"widow(?:ed|er)?|veufs?|veuves?|my (?:husband|wife|spouse) (?:passed away|died|has died|is deceased)|(?:mon mari|ma femme) est decedee?",
        ),
        ("married", r"married|mariee?s?(?= |$|[,.;!)])"),
    )
)
_NOT_YET = re.compile(
    r"\b(?:get(?:ting)?|will (?:be|get)|going to (?:be|get)|gonna (?:be|get)|plan(?:ning)? to (?:be|get)|about to (?:be|get)|to be|to get|before (?:being|getting)|after (?:being|getting)|soon[- ]to[- ]be"
    r"|vais (?:me|bientot me)|va se|allons nous|prevoyons de nous|si je (?:me|suis)|se faire|nous allons)(?: \w+){0,2} $"
)
_PENDING = re.compile(
    r"^ (?:is |are )?(?:process|pending|proceedings?|in progress|soon|next|in (?:january|february|march|april|may|june|july|august|september|october|november|december)(?! 20[012])|en cours|en instance|prochainement|bientot|l'an prochain)"
)
_NEGATED = re.compile(r"\b(?:not|never|no longer|isn't|pas|plus|jamais|ni|nor)(?: \w+)? $")
_ENGAGED = re.compile(
    r"\b(?:engaged(?! in| with| by| to work)|fiancee?s?(?= \b|$|[,.;!)])|getting married|get(?:ting)? hitched|(?:will|going to) (?:get |be )married|(?:vais|va|allons|prevoyons de) (?:me|se|nous) marier|on se marie|wedding (?:is |in |next))\b"
)
_MARRIED_BY = re.compile(r"\b(?:my|mon|ma) (?:\w+ )?(?P<who>wife|husband|femme|mari|epouse|epoux)\b")
_LIVING_TOGETHER = re.compile(
    r"\b(?:liv(?:e|es|ing) (?:together|with (?:my|her|his) (?:girlfriend|boyfriend|partner|fiancee?))|(?:vis|vit|vivons|habitons|habite|habitent) (?:ensemble|avec (?:ma copine|mon copain|ma blonde|mon chum|mon conjoint|ma conjointe)))\b"
)
_P = rf"(?:my |our |the |mon |ma |a |un |une )?(?:common[- ]law )?{PARTNER}(?:'s)?(?: de fait)?"
_PRONOUN = r"(?:she|he|elle|il)"
_WORDS = r"(?: (?!not\b|n't|pas\b|never|but|and|without)[\w']+){0,3}?"

_ACCOMPANYING: Final = tuple(
    (value, re.compile(pattern))
    for value, pattern in (
        (
            False,
            rf"\b(?:{_P}|{_PRONOUN}|spouse)[ ,:(-]*(?:\w+ ){{0,3}}?(?:(?:is|will be|will|are|does|would|am|was|has|says \w+|do|wants?|to)? ?(?:not|never)(?: going to| be| want to| planning to| yet| wanna)?(?: be)? ?(?:accompany\w*|com(?:e|ing)|join\w*|mov(?:e|ing)|immigrat\w+|migrat\w+|includ\w+|travel\w*|with me|going|follow\w*))",
        ),
        (
            False,
            rf"\bnon[- ]?accompanying\b(?: {PARTNER})?|\b{PARTNER} (?:is )?(?:as )?non[- ]accompanying\b|\bnon accompagnante?\b|\bunaccompanied\b",
        ),
        (
            False,
            rf"\b(?:{_P}|{_PRONOUN}) (?:\w+ ){{0,4}}?(?:(?:is |will (?:be )?|would )?(?:stay(?:s|ing)?|remain(?:s|ing)?|live|living|be) (?:back|behind|here|home|there|put|in (?!canada)\w+)|(?:will |would )?(?:(?:follow|join|come)(?:s|ing)? (?:me )?(?:later|afterwards|after)))",
        ),
        (
            False,
            r"\b(?:without|leaving|leave|apply(?:ing)? (?:alone|solo|without)|(?:not|do not) (?:bring(?:ing)?|includ\w+|tak\w+|plan to bring)|excluding) (?:\w+ )?(?:my |her |his )?(?:wife|husband|spouse|partner)\b",
        ),
        (
            False,
            r"\b(?:ma femme|mon mari|mon epouse|mon epoux|ma conjointe|mon conjoint|ma compagne|mon compagnon|ma blonde|mon chum|elle|il)[ ,]*(?:\w+ ){0,2}?(?:ne |n')?(?:m'|me |nous )?(?:viendra|viens?|vient|accompagnera|accompagne|suivra|suit|part(?:ira)?|immigre\w*|rejoint|rejoindra|va)(?: \w+)? (?:pas|plus tard|apres|jamais)\b",
        ),
        (
            False,
            r"\b(?:ma femme|mon mari|mon epouse|mon epoux|ma conjointe|mon conjoint|elle|il)[ ,]*(?:\w+ ){0,2}?(?:reste(?:ra)?|demeure(?:ra)?|(?:me |nous )?rejoindra plus tard)\b|\bsans (?:ma|mon) (?:femme|mari|epouse|epoux|conjointe?|compagne|compagnon)\b|\bn'accompagne (?:pas|rait pas)",
        ),
        (
            True,
            rf"\b(?:{_P}|{_PRONOUN})[ ,:(-]*{_WORDS} ?(?:(?:is|will be|will|are|would be|does|also|wants? to|and kids?|and children|and \d kids?|who is) ?)*(?:accompany\w*|com(?:e|ing|es)(?: along| with| too| to canada| as well)|com(?:ing)\b|joining|moving with|immigrating with|migrating with|included|travel(?:l)?ing with|will come|com(?:e|es)\b)",
        ),
        (
            True,
            r"\b(?:accompanied by|accompanying (?:spouse|wife|husband|partner)|(?:apply(?:ing)?|immigrat(?:e|ing)|mov(?:e|ing)|com(?:e|ing)|go(?:ing)?|relocat(?:e|ing)|migrat(?:e|ing)|settl(?:e|ing)|travel(?:l)?(?:ing)?) (?:\w+ ){0,3}?(?:along )?with (?:my |the )?(?:wife|husband|spouse|partner|family)|bring(?:ing)? (?:my |along my |along )?(?:wife|husband|spouse|partner)|(?:spouse|wife|husband|partner) (?:is )?(?:an? )?(?:accompanying|dependa?e?nt))\b",
        ),
        (
            True,
            r"\b(?:ma femme|mon mari|mon epouse|mon epoux|ma conjointe|mon conjoint|ma compagne|mon compagnon|ma blonde|mon chum|ma copine|mon copain|elle|il)[ ,]*(?:\w+ ){0,3}?(?:m'accompagne\w*|viendra|vient|part(?:ira)? avec|me suit|me suivra|immigre\w* avec|viennent|m'accompagneront)\b|\bavec (?:ma|mon) (?:femme|mari|epouse|epoux|conjointe?|compagne|compagnon)(?= (?:et|au canada|,|\.))|\b(?:partir|immigrer|venir|demenager|part|pars|emmene) avec (?:ma|mon) (?:femme|mari|epouse|epoux|conjointe?|compagne|compagnon)\b",
        ),
    )
)
_CITIZEN: Final = tuple(
    (value, re.compile(pattern))
    for value, pattern in (
        (
            False,
            rf"\b(?:{_P}|{_PRONOUN}) (?:\w+ ){{0,2}}?(?:is not|is neither|are not|does not have|has no|do not have|not|isn't|n'est pas|n'est ni|n'a pas)(?: yet| a| an| any| the| canadian| la| une| de)* ?(?:canadian|citizen\w*|pr\b|permanent resid\w+|canadienne?|citoyen\w*|residen\w+ permanente?|rp\b)",
        ),
        (
            False,
            rf"\b(?:{_P}|{_PRONOUN}) (?:is|is also|also|has|holds|came|here|est|a|est ici|aussi)?(?: currently| here| in canada| an?| un)* ?(?:on (?:a|an|her|his) |has (?:a|an) |holds (?:a|an) |avec (?:un )?|en )?(?:(?:open |closed |spousal )?work permit|study permit|visitor|student visa|international student|pgwp|sowp|permis (?:de travail|d'etudes)|visiteur)",
        ),
        (
            False,
            rf"\b(?:{_P}|{_PRONOUN}) (?:is|est) (?:an? |une? )?(?:citizen of (?!canada)|(?:indian|nigerian|filipin[oa]|pakistani|american|british|french|brazilian|mexican|chinese|iranian|moroccan) (?:citizen|national))",
        ),
        (
            True,
            rf"\b(?:{_P}|{_PRONOUN})(?: who)? (?:is|are|has|got|holds|became|is already|is also|already|est|a|est deja|est aussi|was born)(?: already| now| also| a| an| her| his| the| deja| la| une?| en fait)* ?(?:canadian(?! (?:work|experience|education|degree|diploma|study|visa|permit))(?: citizen| pr| permanent resident)?|citizen(?:ship)?(?! of (?!canada))|pr\b(?: status| holder| card| in canada)?|permanent resident|canadienne?|citoyenne?(?: canadienne?)?|residente? permanente?|rp\b|sa rp|la residence permanente|in canada as pr)",
        ),
        (
            True,
            rf"\b(?:canadian|pr) (?:wife|husband|spouse|partner|girlfriend|boyfriend)\b|\bmarried to an? (?:canadian|permanent resident|pr\b)|\bmariee? (?:a|avec) (?:une? )?(?:canadienne?|residente? permanente?)|\b{PARTNER} (?:canadienne?|citoyenne?(?: canadienne?)?|pr holder|canadian citizen|pr\b)",
        ),
    )
)
_APPLYING = re.compile(
    r"^ ?(?:applicant|application|process|soon|visa)|\b(?:appl(?:y|ied|ying)|waiting|sponsor\w*|want\w*|get)\b[^,.;]{0,20}$"
)


def read(message: Message) -> Iterator[Candidate]:
    explicit = list(_statuses(message))
    yield from explicit
    yield from _implied(message, {c.value for c in explicit if c.reason is None})
    yield from _boolean(message, "spouse_citizen_or_pr", _CITIZEN)
    yield from _boolean(message, "spouse_accompanying", _ACCOMPANYING)


def _statuses(message: Message) -> Iterator[Candidate]:
    seen: list[tuple[int, int]] = []
    for status, pattern in _STATUSES:
        for match in pattern.finditer(message.text):
            start, end = match.span()
            if any(start < b and a < end for a, b in seen):
                continue
            seen.append((start, end))
            before, after = message.around(start, end)
            if message.people.at(start) == "other":
                yield Candidate("marital_status", status, start, end, "other")
            elif status in ("married", "divorced", "separated") and (_NOT_YET.search(before) or _PENDING.match(after)):
                reason = "engaged" if status == "married" else "unfinished"
                options = ("single", "common_law") if status == "married" else ("married", "separated")
                yield Candidate("marital_status", status, start, end, "self", reason=reason, options=options)  # type: ignore[arg-type]
            elif _NEGATED.search(before) and status != "single":
                yield Candidate("marital_status", status, start, end, "self", reason="negated")
            elif (
                status == "single"
                and re.search(r"\b(?:not|no longer|pas|plus) (?:a )?$", before)
                and match.group().startswith(("single", "celib"))
            ):
                yield Candidate("marital_status", status, start, end, "self", reason="negated")
            elif status == "single" and re.match(r" (?:mother|mom|mum|dad|father|parent)s?\b", after):
                yield Candidate("marital_status", status, start, end, "self", likely=True)
            else:
                yield Candidate("marital_status", status, start, end, "self")
    for match in _ENGAGED.finditer(message.text):
        if (
            not any(match.start() < b and a < match.end() for a, b in seen)
            and message.people.at(match.start()) != "other"
        ):
            yield Candidate(
                "marital_status",
                None,
                *match.span(),
                "self",
                reason="engaged",
                options=("single", "common_law"),
                said_plainly=True,
            )
    for match in _LIVING_TOGETHER.finditer(message.text):
        if not any(status == "common_law" and p.search(message.text) for status, p in _STATUSES):
            yield Candidate(
                "marital_status", None, *match.span(), "self", reason="unclear_status", options=("single", "common_law")
            )


def _implied(message: Message, stated: set[str]) -> Iterator[Candidate]:
    """ "my wife" says married, unless a status was said or she is a wife to be or of the past."""
    match = _MARRIED_BY.search(message.text)
    if match is None:
        return
    before, after = message.around(*match.span())
    if (
        re.search(r"\b(?:ex|late|former|future)[ -]?$", before)
        or re.match(r"[- ](?:to[- ]be|de fait)", after)
        or re.search(r"future|late|ex", match.group().split()[1] if " " in match.group() else "")
    ):
        return
    if stated:
        if stated & {"single"}:
            yield Candidate(
                "marital_status", "married", *match.span(), "self", reason="contradiction", options=(*stated, "married")
            )
        return
    yield Candidate("marital_status", "married", *match.span(), "self", likely=True)


def _boolean(message: Message, fact: str, patterns: tuple[tuple[bool, re.Pattern[str]], ...]) -> Iterator[Candidate]:
    seen: list[tuple[int, int]] = []
    for value, pattern in patterns:
        for match in message.finditer(pattern):
            start, end = match.span()
            if any(start < b and a < end for a, b in seen):
                continue
            holder = message.people.at(end - 1)
            if re.match(r"(?:she|he|elle|il)\b", match.group()) and holder != "partner" and message.asked != fact:
                continue
            before, after = message.around(start, end)
            if (
                fact == "spouse_citizen_or_pr"
                and value
                and (re.match(r" ?(?:applicant|application|process)", after) or _APPLYING.search(match.group()))
            ):
                continue
            if re.search(r"\b(?:ex|late|former|business)[ -]$", before):
                continue
            seen.append((start, end))
            yield Candidate(fact, value, start, end, "self")

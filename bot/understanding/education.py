"""Education, where it was, and its assessment (ECA). Only what is finished counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bot.understanding.message import Candidate, Message
from bot.understanding.places import CANADA

LEVELS: Final = (
    "none",
    "secondary",
    "one_year",
    "two_year",
    "bachelor",
    "two_or_more",
    "professional",
    "master",
    "doctorate",
)
_YEARS_TO_LEVEL: Final = {1: "one_year", 2: "two_year", 3: "bachelor", 4: "bachelor"}

_D = r"(?: degrees?| diplomas?)?"
_LEVEL_WORDS: Final = (
    (
        "doctorate",
        r"phd(?!')|doctorates?(?: degree)?|doctoral degree|post-?doc\w*|doctorat(?! (?:en (?:medecine|pharmacie)|d'exercice))|bac ?\+ ?8|dphil",
    ),
    (
        "professional",
        r"professional degree|mbbs|m\.?b\.?ch\.?b|juris doctor|jd degree|j\.d|pharmd|doctor of (?:medicine|pharmacy|dental surgery|veterinary medicine|dental medicine)|md degree|medical degree|bds|dds|dmd|dvm|doctorat (?:en (?:medecine|pharmacie)|d'exercice)|diplome professionnel|diplome de medecine",
    ),
    (
        "master",
        r"(?:post[- ]?)?master'?s?'?(?: of \w+| in \w+)?(?<!web)(?! (?:card|electrician|chef|baker|plumber|mind|trades?man|class))"
        + _D
        + r"|mba|msc|mtech|meng\b|mca|mcom|mphil|llm|mpa|mph|mfa|post ?graduate degree|postgraduation|post graduation|pg degree|maitrise(?! de| du| d'| parfaite| l')|mastere|diplome de (?:2e|deuxieme) cycle|ms (?:in|degree)\b|ma in|dess|bac ?\+ ?5|master ?2|m 2(?= (?:en|de|in|a|droit|info))",
    ),
    (
        "bachelor",
        r"(?:bachelor'?s?'?|baccalaureats? (?:universitaire|es \w+))(?: of [a-z]+| in [a-z]+)?"
        + _D
        + r"|btech|bsc|bba|bca|bcom|beng\b|barch|llb hons|undergrad(?:uate)?(?: degree)?(?! student| studies)|licence (?:en|professionnelle|de|d'|pro\b|3|fondamentale)|licence(?= ?(?:$|[,.;(]| universitaire| obtenue| a l'| francaise| marocaine| et))|bac ?\+ ?3|bs (?:in|degree)\b|ba (?:in|degree)\b|bs nursing|bsn|university degree|college graduate|graduation(?= (?:in|from|done|completed))|4[- ]year (?:degree|program)|3[- ]year degree|degree in|diplome de (?:1er|premier) cycle",
    ),
    (
        "two_year",
        r"associate'?s?(?: degree|'s)|bts|dut|deug|bac ?\+ ?2|foundation degree|hnd\b|higher national diploma",
    ),
    (
        "secondary",
        r"high ?school(?: diploma| graduate| only| education)?|secondary (?:school|education|diploma)|12th(?: (?:pass(?:ed)?|grade|class|standard))?|grade 12|plus 2|\+2 (?:pass|only)|a[- ]levels?|hsc\b|ged\b|matric(?:ulation)?|diplome d'etudes secondaires|secondaire(?: 5)?(?= |$|[,.])|fin d'etudes secondaires|baccalaureat (?:francais|general|technologique|scientifique|litteraire|s\b|es\b|professionnel)|bac (?:s|es|l|pro|general|scientifique|technologique|francais)\b|lycee|wassce|ssce|o[- ]levels?",
    ),
    (
        "none",
        r"(?:no|without(?: any| a)?) (?:formal )?(?:education|schooling|degree|diploma|qualification)s?(?! (?:from|in) canada)|less than high ?school|(?:did not|never|not) (?:finish|finished|complete|completed|graduate|graduated)(?: from)? (?:high ?school|secondary|school)|school dropout|high ?school dropout|aucun diplome(?! canadien)|sans diplome|pas de diplome(?! canadien)|pas (?:fini|termine) (?:le|mon) (?:secondaire|lycee)",
    ),
)
_LEVEL: Final = tuple((level, re.compile(rf"(?<![\w'])(?:{words})(?!\w)")) for level, words in _LEVEL_WORDS)
_DIPLOMA = re.compile(
    r"(?<!\w)(?:(?P<length>\d(?:\.\d)?|one|two|three)[- ]?(?:years?|an?n?e?e?s?)(?: \w+){0,3}? (?P<kind1>diplomas?|certificates?|college|pg ?d|pgdm?|program|course|programme|pg diploma|technical|ontario college)"
    r"|(?P<kind2>(?:advanced |higher |college |polytechnic |technical |ontario college |post[- ]?graduate |pg |graduate |post[- ]?grad(?:uation)? |trade |vocational )*(?:diplomas?|certificates?)(?: programs?| course)?|pgdm?|pg ?dip|diplome (?:collegial|technique|d'etudes collegiales|professionnel)?|attestation d'etudes collegiales|aec|dep|dec (?:en|technique)|cegep(?: dec)?|certificat (?:universitaire|d'etudes))(?: (?:de |of |d'|\()(?P<length2>\d) (?:years?|ans?))?)(?!\w)"
)
_UNCLEAR: Final = (
    (re.compile(r"\b(?:llb|law degree|bachelor of laws|diplome de droit)\b"), ("bachelor", "professional")),
    (
        re.compile(
            r"\b(?:baccalaureat|bac)\b(?! ?\+)(?! (?:universitaire|es|en|s|l|pro|general|scientifique|technologique|francais|litteraire)\b)"
        ),
        ("secondary", "bachelor"),
    ),
    (
        re.compile(r"\b(?:diplome d'ingenieur|ingenieur d'etat|ecole d'ingenieurs?|bac ?\+ ?4|master ?1)\b"),
        ("bachelor", "master"),
    ),
)
_BAC_IN = re.compile(r"\b(?:baccalaureat|bac) en \w+")

_UNFINISHED_BEFORE = re.compile(
    r"\b(?:pursu\w+|stud(?:y|ying)(?! (?:done|completed))|doing|currently (?:in|doing|a|enrolled)|enrolled (?:in|for)|in (?:the |my )?(?:\w+ )?(?:year|semester|term) of|(?:1st|first|2nd|second|3rd|third|final|last) (?:year|semester)(?: of)?|student (?:of|in|doing)|admission (?:in|for|to)|admitted (?:to|in)"
    r"|dropp?ed out(?: of| from)?|drop ?out|did not (?:finish|complete)|not (?:yet )?(?:finished|completed|done with)|never (?:finished|completed)|incomplete|unfinished|left|quit|half way|midway|will (?:finish|complete|graduate)|to (?:finish|complete|pursue|do|start|study)|finishing|completing|about to (?:finish|complete|graduate)|applied for|going for|working on"
    r"|en train de (?:faire|finir|terminer)|je fais|fais un|fais une|prepare|termine (?:mon|ma|un|une)(?! .*en \d{4})|finis (?:mon|ma)|etudiante? (?:en|au|a la)|inscrite? (?:en|au|a)|abandonne|arrete|pas (?:fini|termine|complete|obtenu)|jamais (?:fini|termine|obtenu)|(?:1re|premiere|2e|deuxieme|3e|troisieme|derniere) annee|en cours d(?:e|'))\b[^,.;:]{0,30}$"
)
_UNFINISHED_AFTER = re.compile(
    r"^[^,.;!]{0,35}?\b(?:in progress|ongoing|on-?going|pursuing|not (?:yet )?(?:completed?|finished|done)|incomplete|unfinished|student\b|dropout|drop out|final year|last (?:year|semester)|(?:1st|2nd|3rd|first|second|third) year student|(?:will|to) (?:be )?(?:finish|complet|end|graduat)\w*|expected|currently|under ?way|thesis pending|en cours|non (?:termine|fini|complete|obtenu)e?|pas (?:fini|termine|obtenu|encore)|inacheve|abandonne|interrompu|graduating|almost (?:done|finished)|program(?:me)? (?:now|currently)|admission|offer|application)\b"
)
_NOT_BEFORE = re.compile(
    r"\b(?:no|not(?: have)?(?: a| an| any| the)?|without(?: a| any)?|never (?:did|had|got)|neither|nor|lack(?:ing)?|instead of|than|pas (?:de|d'|un|une)|sans|ni|aucune?|n'ai pas)(?: \w+)? ?$"
)
_ANOTHER_SENSE = re.compile(
    r"^ ?(?:'s)? ?(?:party|pad|teacher|professor|students?\b|program (?:is|costs|fees?|in canada\?)|points?)"
)
_SECOND_DEGREE = re.compile(
    r"\b(?:2|two|double|dual|multiple) (?:\w+ )?(?:bachelor'?s?|degrees?|masters?|diplomas?|credentials?|undergrad\w*|licences|baccalaureats|diplomes)\b|\bdouble (?:licence|baccalaureat|diplome)\b|\btwo or more (?:degrees|credentials|certificates|diplomas)\b|\b2 or more (?:degrees|credentials|certificates|diplomas)\b|\bdeux diplomes\b"
)
_STUDIED_CANADA = re.compile(
    r"\b(?:stud(?:y|ied)|graduated?|educat\w+|degree|diploma|masters?|master's|bachelor'?s?|phd|mba|msc|pg|certificate|college|university|program|pgwp|school|etudie|etudes?|diplome|maitrise|baccalaureat|doctorat|formation|cegep)\b"
)
_NO_CANADIAN_STUDY = re.compile(
    r"\b(?:no|not|never|without|zero|none|nil|did not|have not|pas|jamais|aucune?s?|sans|ni)\b(?:(?! but | mais |,)[^.;!?\n]){0,40}?\b(?:stud(?:y|ied|ies|ying)|educat\w+|school(?:ing)?|degree|diploma|qualification|credential|etudie|etudes?|diplome|formation)s?\b(?:(?! but | mais |,)[^.;!?\n]){0,20}?\b(?:canad\w+|there|la-bas)\b"
    r"|\b(?:no|zero|any|without|aucune?|pas de?|pas d')\s?(?:canadian|canada) (?:stud(?:y|ies)|educat\w+|degree|diploma|qualification|credential)s?\b|\b(?:canadian|canada) (?:stud(?:y|ies)|educat\w+|degree|diploma|qualification|credential)s?\s?(?:[:=-]|is|are)?\s?(?:none|no\b|nil|zero|n/a|0\b)"
    r"|\b(?:aucun|pas de|sans) (?:diplome|etudes?) canadien(?:ne)?s?\b|\b(?:aucune etude|pas d'etudes?|jamais etudie|pas etudie) au canada\b|\bnever (?:worked or |been to or |lived or |visited or )?studied (?:or worked |or lived )?(?:in canada|there)\b"
)
_ECA_BODY = r"(?:eca|wes|iqas|icas|ices|cesu|pebc|mcc eca|ede|evaluation (?:des|de mes|du|de mon) diplomes?|evaluation (?:des|de mes) etudes|(?:credential|education(?:al)?) (?:assessment|evaluation)s?(?: report)?|evaluation comparative)"
_ECA_DONE = re.compile(
    rf"\b{_ECA_BODY}\b(?: (?:report|for \w+|evaluation|assessment|eca|of my \w+|result|from wes|by wes|de wes|par wes))*[ :=(-]*(?:is |was |already |has been |est |a ete |deja )*(?:done|complet\w*|received|ready|ok\b|approved|obtained|got|available|in hand|positive|finished|says|shows|confirmed|gave|equates|equivalent|valid|yes|has it|faite?|obtenue?|recue?|terminee?|prete|validee?|disponible|oui)\b"
    rf"|\b(?:have|got|received|completed?|done|did|obtained|hold|with|has|finished|j'ai(?: fait| obtenu| recu| deja| mon| ma| l')*|obtenu|recu|avec|fait faire)(?: (?:my|the|an|a|already|both|valid|our|mon|ma|l'|un|une|deja|done|got|both|positive))* ?(?:l')?{_ECA_BODY}\b(?! (?:in progress|pending|en cours|process|started|applied))"
    rf"|\b(?:evaluated|assessed|verified|credentialed|equivalent|evaluee?s?|equivalence|reconnue?)(?: as (?:a |an )?[\w' ]{{1,25}})? (?:by|from|through|via|par|with|as per|aupres de|avec) (?:the )?{_ECA_BODY}\b"
    rf"|\b{_ECA_BODY} (?:evaluated|assessed|verified|equivalent|approved|says|master'?s?|bachelor'?s?|phd|certified)\b|\((?:wes|iqas|icas|ices|ces)\)|\b(?:masters?|bachelors?|degree|btech|msc|mba|bsc|phd)(?: \w+){{0,3}} (?:with|from|by|via) (?:wes|iqas|icas|ices)\b|\beca ?(?:[:=-]|-) ?(?:yes|done|ok)"
)
_ECA_PROGRESS = re.compile(
    rf"\b(?:waiting (?:for|on)|wait for|applied (?:for|to)|apply(?:ing)? for|submitted(?: \w+){{0,3}} to|sent(?: \w+){{0,4}} to|started|processing|awaiting|getting|in process of|documents? (?:with|at|to)|j'attends|attends|en attente (?:de|d')|demande|envoye(?: \w+){{0,4}} a|lance)(?: (?:my|the|an|for|its|mon|ma|l'|d'|de|une?|to be))* ?(?:l'|d')?{_ECA_BODY}\b"
    rf"|\b{_ECA_BODY}\b(?: (?:report|evaluation|assessment|application|is|are|has|still|est|eca|results?|for my \w+|for \w+|toujours))*[ :=(-]*(?:in (?:progress|process)|pending|under ?way|ongoing|applied|being|submitted|not (?:yet )?received|awaited|waiting|started|processing|to be completed|en cours|en attente|demandee?|on the way|under process|not back|expected)\b"
)
_ECA_NONE = re.compile(
    rf"\b(?:no|not|never|without|yet to|did not|have not|do not have|need to|pas(?: encore)?|sans|aucune?|jamais|n'ai pas|will|going to|plan(?:ning)? to|should i|must|have to)\b(?: (?:yet|done|do|get|got|have|had|taken|apply|applied|for|any|an|a|my|the|started|start|received|completed|fait|de|d'|l'|mon|ma|une|encore|obtenu|order|gotten|faire|even))* ?(?:l'|d')?{_ECA_BODY}\b"
    rf"|\b{_ECA_BODY}\b(?: (?:report|evaluation|assessment|is|has))*[ :=(-]*(?:not (?:yet )?(?:done|started|applied|completed|available)|not yet\b|no\b|none|nil|pas (?:encore )?(?:faite?|commencee?|demandee?)|non\b|to be done|not done|todo|yet to be done)"
)
_ECA_NOT_NEEDED = re.compile(
    rf"\b(?:do not|no|not) need (?:for )?(?:an? |any |the )?{_ECA_BODY}\b|\b{_ECA_BODY} (?:is )?(?:not (?:needed|required|necessary|applicable)|n/a|pas (?:necessaire|requise?|besoin))|\bpas besoin (?:d'|de l'|d'une )?{_ECA_BODY}\b"
)


def read(message: Message) -> Iterator[Candidate]:
    levels = list(_levels(message))
    yield from levels
    yield from _two_or_more(message, levels)
    yield from _canadian_study(message, levels)
    yield from _eca(message)


def _levels(message: Message) -> Iterator[Candidate]:
    seen: list[tuple[int, int]] = []

    def fresh(start: int, end: int) -> bool:
        return all(end <= a or b <= start for a, b in seen)

    for match in _BAC_IN.finditer(message.text):
        seen.append(match.span())
        yield _judged(message, "bachelor", *match.span(), likely=True)
    for pattern, options in _UNCLEAR:
        for match in pattern.finditer(message.text):
            if fresh(*match.span()):
                seen.append(match.span())
                if message.asked_base == "education" and options == ("secondary", "bachelor"):
                    yield _judged(message, "bachelor", *match.span(), likely=True)
                else:
                    yield Candidate("education", None, *match.span(), reason="unclear_level", options=options)
    for match in _DIPLOMA.finditer(message.text):
        if fresh(*match.span()):
            found = _diploma(message, match)
            if found:
                seen.append(match.span())
                yield found
    for level, pattern in _LEVEL:
        for match in pattern.finditer(message.text):
            if fresh(*match.span()):
                seen.append(match.span())
                yield _judged(message, level, *match.span())


def _judged(message: Message, level: str, start: int, end: int, *, likely: bool = False) -> Candidate:
    before, after = message.around(start, end, 60, 45)
    rank = LEVELS.index(level)
    if level != "none":
        if _ANOTHER_SENSE.match(after):
            return Candidate(None, level, start, end, reason="unclear_level")
        if _NOT_BEFORE.search(before) and not re.search(r"\bnot only\b", before):
            return Candidate("education", level, start, end, reason="negated", said_plainly=True)
        if _UNFINISHED_BEFORE.search(before) or _UNFINISHED_AFTER.match(after):
            return Candidate("education", level, start, end, reason="unfinished", said_plainly=True)
    return Candidate("education", level, start, end, rank=rank, likely=likely)


def _diploma(message: Message, match: re.Match[str]) -> Candidate | None:
    """A diploma whose length says its level; without a length it is asked about."""
    said = match["length"] or match["length2"]
    text = match.group()
    start, end = match.span()
    if match["kind1"] in ("college", "program", "course", "programme", "technical") and not re.search(
        r"diploma|certificate|college|program|course", text
    ):
        return None
    length = {"one": 1, "two": 2, "three": 3}.get(said or "") or (int(float(said)) if said else None)
    if re.search(r"certificate of qualification|birth|police|marriage|nomination", message.text[start : end + 20]):
        return None
    if match["kind2"] and not said and re.fullmatch(r"certificates?|diplome ", text):
        return None
    level = _YEARS_TO_LEVEL.get(length or 0)
    if (
        level is None
        and re.search(r"post[- ]?grad\w*|\bpg\b|graduate certificate|pgd|pg ?dip", text)
        and "pgdm" not in text
    ):
        return _judged(message, "one_year", start, end, likely=True)
    if level is None and re.search(r"attestation|aec", text):
        return _judged(message, "one_year", start, end, likely=True)
    if level is None:
        found = _judged(message, "one_year", start, end)
        if found.reason is None:
            found.reason, found.options, found.value = "unclear_level", ("one_year", "two_year", "bachelor"), None
        return found
    return _judged(message, level, start, end, likely=level == "bachelor")


def _two_or_more(message: Message, levels: list[Candidate]) -> Iterator[Candidate]:
    """A three-year credential beside another one; a master's stands above both."""
    rank = LEVELS.index("two_or_more")
    for match in _SECOND_DEGREE.finditer(message.text):
        if re.search(r"master|maitrise", match.group()):
            continue
        yield Candidate("education", "two_or_more", *match.span(), rank=rank, likely=True)
        return
    for holder in ("self", "partner"):
        mine = [c for c in levels if c.reason is None and message.people.at(c.start) in (holder, "both")]
        three = [c for c in mine if c.value == "bachelor"]
        others = [c for c in mine if c.value in ("one_year", "two_year")]
        if three and others and not any(_same_degree(message, c, o) for c in three for o in others):
            last = others[-1]
            yield Candidate("education", "two_or_more", last.start, last.end, rank=rank, likely=True)


def _same_degree(message: Message, a: Candidate, b: Candidate) -> bool:
    low, high = sorted((a, b), key=lambda c: c.start)
    return bool(
        re.fullmatch(r"[ (/]*(?:or|ou|i\.e\.?|equivalent to|=|called)?[ (/]*", message.text[low.end : high.start])
    )


def _canadian_study(message: Message, levels: list[Candidate]) -> Iterator[Candidate]:
    for match in _NO_CANADIAN_STUDY.finditer(message.text):
        yield Candidate("canadian_study", "none", *match.span(), said_plainly=False)
    for found in levels:
        if found.reason is not None and found.reason != "unclear_level":
            continue
        before, after = message.around(found.start, found.end, 35, 60)
        clause_after = re.split(r",|;|\band (?:\d|work|then|have|a )|\bthen\b|\bbut\b|\bwes\b", after)[0]
        clause_before = re.split(r",|;|\band\b|:|\bthen\b", before)[-1]
        words = clause_before + message.text[found.start : found.end] + clause_after
        place = CANADA.search(words)
        if not place or re.search(
            r"\b(?:work|worked|working|experience|job|pr\b|immigrat\w+|move|equivalen\w+|eca|for canada|to canada|points)\b",
            words,
        ):
            continue
        if re.search(r"\b(?:not|no|never|outside)\b[^,.]{0,15}$", words[: place.start()]):
            continue
        match found.value:
            case "bachelor" | "master" | "doctorate" | "professional":
                value = "three_or_more_years"
            case "one_year" | "two_year":
                value = "one_or_two_years"
            case _:
                continue
        yield Candidate(
            "canadian_study", value, found.start, found.end, rank=1 if value == "three_or_more_years" else 0
        )


def _eca(message: Message) -> Iterator[Candidate]:
    seen: list[tuple[int, int]] = []
    for value, pattern in (
        ("not_needed", _ECA_NOT_NEEDED),
        ("not_done", _ECA_NONE),
        ("in_progress", _ECA_PROGRESS),
        ("done", _ECA_DONE),
    ):
        for match in pattern.finditer(message.text):
            if all(match.end() <= a or b <= match.start() for a, b in seen):
                seen.append(match.span())
                yield Candidate("eca", value, *match.span(), said_plainly=value in ("not_done", "in_progress"))

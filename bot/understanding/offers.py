"""Job offer, provincial nomination, certificate of qualification."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bot.understanding.message import Candidate, Message

_PROVINCE = r"(?:pnp|oinp|sinp|bc ?pnp|aaip|ainp|mpnp|nsnp|nbpnp|peipnp|pei pnp|nlpnp|aip|provincial|province|ontario|saskatchewan|alberta|manitoba|bc|nova scotia|new brunswick|pei|newfoundland|yukon|provinciale?|pcp)"
_NO_OFFER = re.compile(
    r"\b(?:no|not have(?: an?| any)?|do not have(?: an?| any| got)?|have not (?:got|received)(?: an?| any)?|without(?: an?| any)?|never (?:got|had|received)(?: an?| any)?|nor(?: an?)?|neither|any|or|zero|aucune?|pas d(?:e |')|sans|ni|n'ai pas d(?:e |'))\s?(?:valid |canadian |written |formal )?(?:job[- ]?offers?|lmia(?: job)?(?: offer)?|offres?(?: d'emploi| de travail)?|offer of employment|employment offer|arranged employment)\b"
    r"|\b(?:job ?offers?|offre d'emploi|lmia)\s?(?:[:=-]|is|are)?\s?(?:none|no\b|nil|n/a|zero|0\b|aucune?|non\b)"
)
_OFFER = re.compile(
    r"\b(?:have|has|got|received|hold|holding|accepted|with|signed|given|gave me|secured|obtained|j'ai(?: recu| obtenu| deja| une)*|ayant|recu|obtenu|avec|signe|possede|already)\b(?: \w+){0,4}? ?(?:job[- ]?offers?|lmia(?:[- ](?:approved|backed|based|exempt))?(?: job)?(?: offer)?|offres? d'emploi|offer (?:letter )?from an? (?:canadian )?(?:employer|company)|job[- ]?offer letter|offer of employment|promesse d'embauche|employment offer|offer letter)\b"
    r"|\bjob[- ]?offers? ?(?:[:=-] ?|is |: )?(?:yes|received|in hand|secured|confirmed|from (?:an? |my |the )?\w+|available)\b|\b(?:company|employer|employeur|entreprise)(?: \w+){0,3} (?:offered|is offering|gave|has given|m'offre|m'a offert|me propose|m'a fait)(?: me)?(?: an?| une)? (?:job|position|offer|full|permanent|emploi|poste|offre)"
)
_OFFER_MAYBE = re.compile(r"\b(?:conditional|verbal|verbale?|conditionnelle|fake|informal)\b")
_SENIOR = re.compile(
    r"\bnoc 00\d{3}|\b(?:ceo|cfo|coo|chief \w+ officer|senior (?:manager|management|vice)|vice[- ]president|president of|directeur general|directrice generale|haute direction|cadre superieur\w*|major group 00|legislator)\b"
)

_INTEREST = re.compile(
    rf"\b(?:notification of interest|noi|letters? of interest|interest letters?|expression of interest from|lettre d'interet|avis d'interet|notification d'interet|invitation (?:to apply )?(?:from|by) (?:the )?{_PROVINCE}|(?:invited|invitation)(?: to apply)? (?:for|from|by|under) (?:the |a )?{_PROVINCE}(?: nomination| nominee| pnp)?|{_PROVINCE} (?:noi|invitation|invite|ita|letter of interest|interest)|ita from {_PROVINCE}|invite (?:from|by) {_PROVINCE})\b"
)
_NO_NOMINATION = re.compile(
    rf"\b(?:no|not|never|without(?: a| any)?|not have(?: a| any)?|do not have(?: a| any)?|have not (?:got|received|been)(?: a| any)?|nor(?: a)?|neither|or|any|zero|aucune?|pas de?|sans|ni|n'ai pas (?:de|ete))\s?(?:\w+ )?(?:{_PROVINCE} )?(?:nominations?|nominat\w+|nominee|pnp(?: nomination| invite| nominee)?|designations?(?: provinciales?)?|designee?|candidate? de province)\b"
    rf"|\b(?:(?:{_PROVINCE} )?nominations?|pnp|designation(?: provinciale)?)\s?(?:[:=-]|is|are)?\s?(?:none|no\b|nil|n/a|zero|0\b|aucune?|non\b)"
)
_NOMINATION = re.compile(
    rf"\b(?:have|has|got|received|hold|holding|accepted|with|obtained|approved|granted|confirmed|recu|obtenu|j'ai(?: recu| obtenu| une| ma| la)*|accepte|avec|possede|i am|was|been|got my)\b(?: (?!not\b|no\b|never\b|applied|waiting)\w+){{0,4}}? ?(?:nominations?(?: letter| certificate| from)?|nominated|provincial nominee|pnp nomination|pnp certificate|pnp approval|designations?(?: provinciale)?|designee?(?= par)|certificat de designation|candidate? de(?: la| une)? province|candidate? d'une province)\b"
    rf"|\bnominated by (?:the )?(?:province(?: of)? )?{_PROVINCE}|\b{_PROVINCE} nominat(?:ed me|ion (?:received|approved|accepted|in hand|certificate|letter|done|: ?yes|yes|got))|\bnomination (?:certificate |letter )?(?:received|approved|accepted|came|arrived|granted|obtained|from (?:the )?(?:province of )?{_PROVINCE}|is approved)|\b{_PROVINCE} nominee\b|\bdesignee? par (?:la |le |l')?(?:province|ontario|manitoba|alberta|saskatchewan|nouveau|colombie)"
    r"|\badditional 600|\b600 (?:points )?(?:added|from|extra|additional)"
)
_NOMINATION_PENDING = re.compile(
    r"\b(?:applied|apply(?:ing)?|waiting|awaiting|hope|hoping|want|need|plan\w*|eligible|looking|submitted|processing|pending|refused|rejected|declined|expired|withdrawn|attends?|demande|soumis|refusee?|espere|en attente|get|getting|aim\w*|try\w*|qualif\w+)\b"
)
_NO_CERTIFICATE = re.compile(
    r"\b(?:no|not have(?: a| any)?|do not have(?: a| any)?|without(?: a| any)?|never (?:got|had)(?: a)?|nor|neither|or|any|aucun|pas de?|sans|ni)\s?(?:canadian |provincial |trade )?(?:certificates? of qualification|trade (?:certificate|certification|qualification)|red ?seal(?: certificate| certification)?|trade ticket|journey\w+|coq|certificats? de (?:qualification|competence)|sceau rouge)\b"
    r"|\b(?:certificate of qualification|trade certificate|red ?seal|certificat de qualification|sceau rouge)\s?(?:[:=-]|is)?\s?(?:none|no\b|nil|n/a|aucun|non\b)"
)
_CERTIFICATE = re.compile(
    r"\b(?:have|has|got|received|hold|holding|holder|with|obtained|earned|passed|my|j'ai(?: recu| obtenu| un| mon| le)*|obtenu|recu|avec|mon|possede|i am|certified|licensed)\b(?: (?!not\b|no\b)\w+){0,3}? ?(?:certificates? of qualification|red ?seal(?:ed)?(?: \w+)?(?: certificate| certification| electrician| endorsement)?|journey(?:man|person|woman)(?: certificate| ticket)?|certificats? de (?:qualification|competence)|sceau rouge|trade certificate from (?:ontario|alberta|bc|canada|saskatchewan|manitoba)|(?:ontario|alberta|bc|canadian|saskatchewan|manitoba) trade certificate)\b"
    r"|\bred ?seal (?:certified|electrician|welder|chef|cook|carpenter|plumber|mechanic|endorsed|holder|endorsement)\b|\b(?:certificate of qualification|certificat de qualification)\s?(?:[:=-]|from|de l')\s?(?:yes|oui|ontario|alberta|bc|\w+)"
)
_WANTS: Final = re.compile(
    r"\b(?:get|getting|find|finding|look\w*|need\w*|want\w*|hop\w+|if|apply\w*|waiting|search\w*|try\w*|arrange|chercher?|cherche|trouver|besoin|veux|will|might|may|expect\w*|plan\w*|working on|preparing|study\w*|write the|challenge|passer|en cours)\b[^,.;]{0,25}$"
)


def read(message: Message) -> Iterator[Candidate]:
    yield from _job_offer(message)
    yield from _nomination(message)
    yield from _certificate(message)


def _job_offer(message: Message) -> Iterator[Candidate]:
    for match in message.finditer(_NO_OFFER):
        message.take(*match.span())
        yield Candidate("job_offer", "none", *match.span())
    for match in message.finditer(_OFFER):
        before, after = message.around(*match.span(), 25, 30)
        if (
            re.search(r"\b(?:not|never|no)\b", match.group())
            or re.match(r" ?(?:of|for|from) (?:admission|a? ?(?:college|university))", after)
            or "admission" in match.group()
        ):
            continue
        if re.search(r"\b(?:no|not|never|pas|aucune)\b[^,.;]{0,12}$", before):
            continue
        if _OFFER_MAYBE.search(match.group() + after[:15]) or _WANTS.search(before) or _WANTS.search(match.group()):
            yield Candidate("job_offer", "other", *match.span(), reason="target")
            continue
        sentence = message.sentence_at(match.start())
        senior = _SENIOR.search(message.text, sentence.start, sentence.end)
        yield Candidate("job_offer", "major_group_00" if senior else "other", *match.span(), likely=True)


def _nomination(message: Message) -> Iterator[Candidate]:
    for match in message.finditer(_INTEREST):
        message.take(*match.span())
        yield Candidate("provincial_nomination", None, *match.span(), reason="interest_letter", said_plainly=True)
    for match in message.finditer(_NO_NOMINATION):
        message.take(*match.span())
        yield Candidate("provincial_nomination", False, *match.span())
    for match in message.finditer(_NOMINATION):
        before, after = message.around(*match.span(), 30, 25)
        if re.search(r"\b(?:not|never|no|pas|n't)\b[^,.;]{0,15}$", before):
            yield Candidate("provincial_nomination", False, *match.span(), likely=True)
        elif _NOMINATION_PENDING.search(before[-25:] + match.group()) or re.match(
            r" ?(?:application|is (?:pending|in process|refused)|pending|refused|en attente|refusee)", after
        ):
            yield Candidate("provincial_nomination", None, *match.span(), reason="unfinished", said_plainly=True)
        else:
            yield Candidate("provincial_nomination", True, *match.span())


def _certificate(message: Message) -> Iterator[Candidate]:
    for match in message.finditer(_NO_CERTIFICATE):
        message.take(*match.span())
        yield Candidate("certificate_of_qualification", False, *match.span())
    for match in message.finditer(_CERTIFICATE):
        before, _ = message.around(*match.span(), 30, 0)
        if re.search(r"\b(?:not|never|no|pas)\b[^,.;]{0,12}$", before):
            yield Candidate("certificate_of_qualification", False, *match.span(), likely=True)
        elif _WANTS.search(before) or _WANTS.search(match.group()):
            yield Candidate("certificate_of_qualification", True, *match.span(), reason="target")
        else:
            yield Candidate("certificate_of_qualification", True, *match.span())

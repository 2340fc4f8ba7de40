"""Whether words state a fact, or ask, suppose, hope for, need or remember one."""

from __future__ import annotations

import re
from typing import Final, Literal

from bot.understanding.clauses import Sentence

Modality = Literal["question", "hypothetical", "target", "past"]

_HYPOTHETICAL: Final = re.compile(
    r"\b(?:if|suppos(?:e|ing)|assum(?:e|ing)|imagine|unless|in case|provided that|what about|let's say|lets say|say i|were to|would be|would have|would get"
    r"|could (?:be|get|have)|might (?:be|get|have)|may get|once (?:i|we|my)|when (?:i|we) (?:get|have|reach|score|complete|finish|turn)"
    r"|after (?:i|we) (?:get|have|complete|finish|clear)|as soon as|whether|hypothetically|for example|e\.g|for instance|par exemple|mettons"
    r"|si (?:je|j'|on|nous|ma|mon|elle|il|jamais|quelqu'un|vous|tu)|s'il|au cas ou|supposons|suppose que|admettons|imaginons|a condition|des que|lorsque j'aurai|quand j'aurai"
    r"|une fois que|j'aurais|serait|serais|pourrais|pourrait|a moins que)\b"
)
_TARGET: Final = re.compile(
    r"\b(?:aim(?:ing|ed)?(?: for| at| to)?|target(?:ing|ed)?|expect(?:ing|ed|ation)?|hop(?:e|ing|es)|plan(?:s|ning|ned)? (?:to|on|for)|want(?:s|ed)? (?:to|a)\b(?! apply| immigrate| move| migrate)"
    r"|need(?:s|ed|ing)?|requir(?:e|es|ed|ing|ement|ements)|minimum|must|goal|dream score|try(?:ing)? (?:to get|for|to score|to reach)|look(?:ing)? (?:for|to)|going to (?:take|get|write|give|do|start|score|be|have|study)"
    r"|will (?:take|get|write|give|do|start|score|be|have|turn|study|complete|finish|graduate|need|appear|sit|retake|try)|would like|wish|preparing|prepare|prep|booked|schedul\w+|mock|practice (?:test|exam)s?|sample test|should (?:get|be|have|score)"
    r"|working towards|about to (?:take|write|start|get|turn)|upcoming|next (?:month|week|year|june|july|fall|summer)|retak(?:e|ing)|to (?:get|reach|score|obtain|achieve) (?:at least |a |an )?(?:clb|nclc|ielts|\d)|thinking (?:of|about) (?:taking|doing|getting)|intend"
    r"|cut ?-?offs?|draws?|last round|lowest|eligib\w+|criteria"
    r"|vis(?:e|er|ais|ons)|objectif|cible|but est|esper(?:e|er|ons|ais)|il (?:me |nous )?faut|faudrait|besoin|exig(?:e|ee|es|ees|ence|ences)|requise?s?|requis|dois (?:avoir|obtenir|passer)|prevo(?:is|it|ir)|compte (?:passer|obtenir|faire)"
    r"|vais (?:passer|faire|obtenir|avoir|commencer|etudier|repasser|essayer)|j'aurai|voudrais|aimerais|souhaite|envisage|examen blanc|prepare|inscrite? (?:a|au|pour)|bientot|prochain(?:e|ement)?|viser)\b"
)
_PAST: Final = re.compile(
    r"\b(?:when i was|i was|back then|at that time|years ago|quand j'avais|j'avais|a l'epoque|il y a)\b"
)
_ASKS: Final = re.compile(
    r"\b(?:what|how|why|which|does|is (?:it|there|that|this|my|a|an|the|having|being|\d|clb|ielts|my)|are (?:there|my|these|we|they)|am i|was it|can|could|do (?:i|we|you|they)|did (?:i|you)|should|shall|will (?:i|my|it|the|a|being|having)|would|has (?:anyone|it)"
    r"|have (?:i|you|we)|may i|where|when (?:will|do|can|should|is)|who|whose|any(?:one|body)|tell me|let me know|wondering|want to know|wanted to know|like to know|curious|please (?:advise|tell|explain|confirm|help|suggest)|advise"
    r"|difference between|qu'est-ce|est-ce|combien|comment|pourquoi|quel(?:le)?s?|quand|puis-je|peut-on|dois-je|ai-je|suis-je|est-il|est-elle|faut-il|y a-t-il|ou (?:est|puis|trouver)|que (?:faire|dois|se)|qui|dites-moi|savoir si|je me demande|sera-t|serait-ce|avez-vous|pouvez-vous|dois je|est ce|puis je)\b"
)
_FORCED_ASK: Final = re.compile(
    r"\W*(?:(?:and|so|but|also|hi|hello|hey|bonjour|salut|et|donc|alors|sorry|please|then|ok)[, ]+)*(?:what|how|why|which|does|is (?:it|there|my|a|an|having|being|clb|ielts|\d)|are there|am i|can (?:i|we|you|my|someone|a)|could|do (?:i|we|you|they)|should|shall|will (?:i|my|it|the)|would|tell me"
    r"|has anyone|qu'est-ce|est-ce|combien|comment|pourquoi|quel(?:le)?s?|puis-je|peut-on|dois-je|ai-je|suis-je|faut-il|y a-t-il|explain|define|difference)\b"
)
# A new statement of one's own ends a question, a hope or a supposition that came before it.
_STATES = (
    r"(?:i am|i have|i got|i did|i completed|i work|i was|i scored|i took|i hold|i just|we are|we have|my (?:age|wife|husband|spouse|partner|current|score|ielts|education|profile|experience|noc|crs|name)"
    r"|currently|right now|for now|at present|so far|actual(?:ly)?|now i|the actual|je suis|j'ai|j'etais|j'ai eu|nous (?:sommes|avons)|on (?:est|a)|ma femme|mon mari|mon age|mon score|actuellement|pour l'instant|maintenant)\b"
)
_RESET_AFTER_BREAK: Final = re.compile(
    rf"(?:[,:;(]|\s-|\b(?:but|mais|however|cependant|although|though|because|car|parce que|since)\b)\s*(?:and |et |so |that |que )?{_STATES}"
)
_BUT: Final = re.compile(
    r"\b(?:but|mais|however|cependant|although|though)\b(?! (?:need|want|hop|aim|target|expect|i need|i want|if|je vise|il faut))"
)
_COLON: Final = re.compile(r"[:]\s|\s-\s")
_BACKWARDS: Final = re.compile(r"\b(?:is|are|was) (?:my |the |our )?(?:target|goal|aim|dream|required|needed|expected|minimum|requirement|cut ?-?off|not possible)|\b(?:est|sont) (?:mon |ma |l'|le |la )?(?:objectif|but|cible|requise?s?|exigee?s?|minimum)\b"
                               r"|\b(?:needed|required|requirement|minimum|expected|target|requis|exige)\b")  # fmt: skip


class Modalities:
    """For each place of the text, how it is said, if not plainly."""

    __slots__ = ("_scopes",)

    def __init__(self, text: str, parts: tuple[Sentence, ...]) -> None:
        self._scopes: list[tuple[int, int, Modality]] = []
        for part in parts:
            self._question(text, part)
            for kind, pattern in (("hypothetical", _HYPOTHETICAL), ("target", _TARGET), ("past", _PAST)):
                for match in pattern.finditer(text, part.start, part.end):
                    end = self._end(text, match.end(), part)
                    self._scopes.append((match.start(), end, kind))  # type: ignore[arg-type]
            for match in _BACKWARDS.finditer(text, part.start, part.end):
                start = max((text.rfind(mark, part.start, match.start()) for mark in ",;:("), default=-1)
                self._scopes.append((max(start, part.start), match.end(), "target"))

    def at(self, start: int, end: int) -> Modality | None:
        """The first of question, hypothetical, target and past whose scope holds the span."""
        kinds = {kind for a, b, kind in self._scopes if a <= start and end <= b}
        for kind in ("hypothetical", "question", "target", "past"):
            if kind in kinds:
                return kind
        return None

    def _question(self, text: str, part: Sentence) -> None:
        if part.asks:
            match = _ASKS.search(text, part.start, part.end)
            if match is None:
                start = max((text.rfind(mark, part.start, part.end) for mark in ",;:"), default=-1)
                if re.match(rf"\W*(?:so )?{_STATES}", text[max(start, part.start) : part.end]):
                    return
                if start > 0:
                    self._scopes.append((start, part.end, "question"))
                return
        else:
            match = _FORCED_ASK.match(text, part.start, part.end)
            if match is None:
                return
        self._scopes.append((match.start(), self._end(text, match.end(), part), "question"))

    def _end(self, text: str, place: int, part: Sentence) -> int:
        ends = [part.end]
        for pattern in (_RESET_AFTER_BREAK, _BUT, _COLON):
            match = pattern.search(text, place, part.end)
            if match:
                ends.append(match.start())
        return min(ends)

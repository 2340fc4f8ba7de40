"""Whose fact it is: the applicant's, the partner's, or somebody else's.

Every mention of a person opens a stretch of text about that person. A mention that only relates the
person to the applicant ("wife not coming", "sister in Calgary") closes at the next comma; one that
is the subject of a statement ("my wife has a bachelor's") lasts until somebody else is named.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final, Literal

from bot.understanding.clauses import Sentence

Holder = Literal["self", "partner", "both", "other"]

PARTNER: Final = (
    r"(?:wife|husband|spouse|partner|fiancee?|girlfriend|boyfriend|co-?applicant|secondary applicant|better half|mrs"
    r"|femme|mari|epouse|epoux|conjointe?|compagne|compagnon|copine|blonde|chum|partenaire)"
)
_KIN = (
    r"(?:step-?|half-?|twin |cousin[- ])?(?:brother|sister|sibling)s?(?:[- ]in[- ]law)?|cousins?|uncles?|aunt(?:y|ie)?s?|mother|father|mom|mum|dad"
    r"|parents?|sons?|daughters?|kids?|child(?:ren)?|bab(?:y|ies)|nephews?|nieces?|grand(?:mother|father|parents?|ma|pa)|in-laws?"
    r"|(?:beau-?|demi-?|belle-?)?(?:freres?|soeurs?)|cousines?|oncles?|tantes?|mere|pere|maman|papa|fils|filles?|enfants?|bebes?"
    r"|neveux?|neveu|niece|beaux-parents|belle-mere|beau-pere|grands?-(?:mere|pere|parents)"
)
_ACQUAINTANCE = (
    r"friends?|boss|manager|colleagues?|co-?workers?|roommates?|flatmates?|neighbou?rs?|consultants?|lawyer|agent|teacher|employer"
    r"|supervisor|classmates?|buddy|ex(?:[- ](?:wife|husband|partner|boss))?|late (?:wife|husband)|business partner"
    r"|amie?s?|potes?|patronn?e?|collegues?|voisine?s?|avocate?|coloc(?:ataire)?s?|prof|employeur|consultante?|ex-(?:femme|mari)"
)
_MINE = r"(?:my|our|mon|ma|mes|nos|notre)(?: (?:own|dear|younger|elder|eldest|older|big|little|best|close|good|real|only|petite?|grande?|meilleure?|propre|1|2|3|4))*"

_MENTION = re.compile(
    rf"(?P<both>\b(?:both of us|we both|both (?:my (?:wife|husband|partner|spouse) and (?:i|me)|me and my {PARTNER}|spouses|partners)"
    rf"|(?:my )?{PARTNER} and (?:i|me|myself) both|me and my {PARTNER} both|nous deux|tous les deux|toutes les deux|(?:my |ma |mon )?{PARTNER} et moi)\b)"
    rf"|(?P<ex>\b(?:ex-?|late |former |business |future |ancienne? )\s?{PARTNER}\b)"
    rf"|(?P<inlaw>\b{PARTNER}(?:'s)? (?:{_KIN})\b|\b(?:{_KIN}) (?:of|de|of my|de mon|de ma) (?:my |mon |ma )?{PARTNER}\b)"
    rf"|(?P<partner>\b{PARTNER}\b)"
    rf"|(?P<other>\b(?:{_KIN})\b|\b(?:{_MINE} |an? (?:\w+ )?|une? (?:\w+ )?|another )(?:{_ACQUAINTANCE})\b|\b(?:a friend|friends) of mine\b"
    r"|\b(?:some(?:one|body|body else)|any(?:one|body)|people|every(?:one|body)|others|(?:the |most |other )(?:applicants|candidates|people)|a guy|quelqu'un"
    r"|les gens|certains|d'autres|on m'a dit)\b)"
    r"|(?P<self>\b(?:i|me|myself|mine|je|moi|(?:principal|primary|main) applicant|(?:demandeur|requerant) principal|my own|self)\b(?!\.\w)|\bj'"
    rf"|\b(?:my|mon|ma|mes)\b(?! (?:\w+ )?(?:{_KIN}|{_ACQUAINTANCE}|{PARTNER})\b))"
    r"|(?P<third>\b(?:she|he|her|his|hers|him|elle|lui)\b|\bil\b(?! (?:y a|faut|me|te|nous|est (?:possible|necessaire)))"
    r"|\b(?:sa|ses)\b)"
    r"|(?P<they>\b(?:they|their|ils|elles|leurs?)\b)"
    r"|(?P<stop>,(?!\d)|[()]|\b(?:but|mais)\b|:(?=\s))"
)
# After a mention: the person is the subject of a statement with content.
_SUBJECT = re.compile(
    r"(?:'s)?\s*(?:\([^)]{0,30}\)\s*)?(?:[:=]|-\s|(?:also |only |just |already |currently |aussi |deja |who |qui )?(?:has|have|had|is|was|got|did|do(?:es)?|scored|holds?"
    r"|complet\w+|works?|worked|working|took|takes|wrote|gave|studied|graduated|finished|earned|passed|received|cleared|turned"
    r"|a\b|est|etait|possede|detient|travaill\w+|obtenu|passe|fait|termine|etudie|n'a|ne\b|aussi|avait|never|can|speaks)"
    r"|\d|(?:age|aged|ielts|celpip|pte|tef|tcf|clb|nclc|bachelor|master|phd|mba|btech|bsc|msc|diploma|degree|scores?|education|experience)\b|'s\b)"
)
# The predicate only says how the person relates to the applicant or to Canada.
_RELATION = re.compile(
    r"[^,.;()\n]{0,60}?\b(?:accompan\w+|com(?:e|es|ing)|join\w*|follow\w*|stay\w*|remain\w*|move|moving|dependa?e?nt|(?:is|are|as) (?:an? )?(?:pr|citizen|canadian)"
    r"|permanent resident|citizen|includ\w+|in canada|viendra|vient|viennent|reste\w*|suivra|rejoin\w+|citoyen\w*|residente? permanente?|canadienne?|m'accompagne\w*)\b"
)
_WITH = re.compile(r"(?:\b(?:with|without|for|of|and|to|include|including|bring|bringing|leave|leaving|avec|sans|pour|de|et|by|from|than|emmene\w*|plus)"
                   r"|[+&,/]|\d) (?:my |mon |ma |our |notre |a |an |une? |the |2 |\d )?$")  # fmt: skip
_HEADER_END = re.compile(r"\s*(?:'s)?\s*(?:details?|profile|info|side|profil|infos)?\s*[:\-=]?\s*$")


class People:
    """Whose stretch of the text each place belongs to. ``default``: when nobody is named."""

    __slots__ = ("_holders", "_starts", "mentions")

    def __init__(self, text: str, parts: tuple[Sentence, ...], default: Holder = "self") -> None:
        self._starts: list[int] = [0]
        self._holders: list[Holder] = [default]
        self.mentions: dict[str, int] = {}
        self._follow(text, parts, default)

    def at(self, place: int) -> Holder:
        return self._holders[bisect_right(self._starts, place) - 1]

    def named(self, kind: str) -> bool:
        """Whether a person of this kind (``partner``, ``other``, ``self``) is named anywhere."""
        return kind in self.mentions

    def _set(self, place: int, holder: Holder) -> None:
        self._starts.append(place)
        self._holders.append(holder)

    def _follow(self, text: str, parts: tuple[Sentence, ...], default: Holder) -> None:
        header: Holder = default
        antecedent: Holder | None = "partner" if default == "partner" else None
        inherited: Holder = default
        for part in parts:
            base = inherited if inherited in ("partner", "other") and not _opens_anew(text, part) else header
            holder, opened, weak = base, base, False
            self._set(part.start, base)
            stack: list[Holder] = []
            first = True
            for match in _MENTION.finditer(text, part.start, part.end):
                kind = str(match.lastgroup)
                if kind == "stop":
                    mark = match.group()
                    if mark == "(":
                        stack.append(holder)
                    elif mark == ")" and stack:
                        holder, weak = stack.pop(), False
                        self._set(match.end(), holder)
                    elif weak and mark != ":":
                        holder, weak = opened, False
                        self._set(match.start(), holder)
                    continue
                self.mentions.setdefault(kind, match.start())
                named = _holder(kind, antecedent, default)
                if kind in ("partner", "other", "ex", "inlaw"):
                    antecedent = "partner" if kind == "partner" else "other"
                alone = (
                    first and _HEADER_END.fullmatch(text, match.end(), part.end) and _starts(text, part, match.start())
                )
                if alone and (":" in text[match.end() : part.end] or text[part.end : part.end + 1] == "\n"):
                    header = holder = opened = named
                    weak = False
                    self._set(match.start(), holder)
                    continue
                strong = kind in ("self", "third", "they", "both") or _is_subject(text, match, part)
                if strong:
                    holder = opened = named
                    weak = False
                else:
                    opened = holder if not weak else opened
                    holder, weak = named, True
                self._set(match.start(), holder)
                first = False
            inherited = (
                opened if opened in ("partner", "other") and not first and _first_is(self, part, opened) else header
            )


def _holder(kind: str, antecedent: Holder | None, default: Holder) -> Holder:
    match kind:
        case "both":
            return "both"
        case "partner":
            return "partner"
        case "self":
            return "self"
        case "third":
            return antecedent or ("partner" if default == "partner" else "other")
    return "other"


def _is_subject(text: str, match: re.Match[str], part: Sentence) -> bool:
    if _WITH.search(text[max(part.start, match.start() - 16) : match.start()]) and not _SUBJECT.match(
        text, match.end(), min(part.end, match.end() + 60)
    ):
        return False
    if not _SUBJECT.match(text, match.end(), part.end):
        return False
    return not _RELATION.match(text, match.end(), part.end)


def _starts(text: str, part: Sentence, place: int) -> bool:
    return (
        re.fullmatch(
            r"\W*(?:for |about |and |the |my |pour |et |concernant )*(?:my |mon |ma |the |le |la )?\W*",
            text[part.start : place],
        )
        is not None
    )


def _first_is(people: People, part: Sentence, holder: Holder) -> bool:
    """Whether the first person named in the sentence is this one."""
    index = bisect_right(people._starts, part.start)
    return index < len(people._holders) and people._holders[index] == holder


_ANEW = re.compile(r"\W*(?:(?:also|and|et|so|now|then|age|aged|applicant|main|profile)\b|\d{2}\b)")


def _opens_anew(text: str, part: Sentence) -> bool:
    """Whether a sentence after one about somebody else starts over with the applicant."""
    return _ANEW.match(text, part.start) is not None

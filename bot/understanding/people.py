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
from bot.understanding.words import words

_W = words("people")

Holder = Literal["self", "partner", "both", "other"]

PARTNER: Final = (
    r"(?:wife|husband|spouse|partner|fiancee?|girlfriend|boyfriend|co-?applicant|secondary applicant|better half|mrs"
    r"|femme|mari|epouse|epoux|conjointe?|compagne|compagnon|copine|blonde|chum|partenaire)"
)

_MENTION = _W["mention"]
# After a mention: the person is the subject of a statement with content.
_SUBJECT = _W["subject"]
# The predicate only says how the person relates to the applicant or to Canada.
_RELATION = _W["relation"]
_WITH = _W["with"]  # fmt: skip
_HEADER_END = _W["header_end"]


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
                if kind == "they" and antecedent is None:
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


_ANEW = _W["anew"]


def _opens_anew(text: str, part: Sentence) -> bool:
    """Whether a sentence after one about somebody else starts over with the applicant."""
    return _ANEW.match(text, part.start) is not None

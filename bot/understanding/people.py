"""Whose fact it is: the applicant's, the partner's, or somebody else's.

Every mention of a person opens a stretch of text about that person. A mention that only relates the
person to the applicant ("wife not coming", "sister in Calgary") closes at the next comma; one that
is the subject of a statement ("my wife has a bachelor's") lasts until somebody else is named. A
person alone on a line, or before a colon, is a heading: it lasts until the next heading.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Final, Literal

from bot.understanding.clauses import Sentence
from bot.understanding.words import words

_W = words("people")

Holder = Literal["self", "partner", "both", "other"]
Gender = Literal["male", "female"]

_MENTION = _W["mention"]
# After a mention: the person is the subject of a statement with content.
_SUBJECT = _W["subject"]
# The predicate only says how the person relates to the applicant or to Canada.
_RELATION = _W["relation"]
_WITH = _W["with"]
_I_AM_A = _W["i_am_a"]
_HEADER_START = _W["header_start"]
_HEADER_END = _W["header_end"]
_ANEW = _W["anew"]
_WHOSE_AFTER = words("reader")["whose_after"]
# "one year with my employer in Kitchener" goes on about oneself.
_EMPLOYERS = ("employer", "employeur")
_FOR = re.compile(r"\b(?:with|for|at|chez|pour) $")
_WITH_ANOTHER = _W["with_another"]
_PARTNER = re.compile(rf"\b(?:{_W.source('partner')})\b")
_MALE = _W["male"]
_FEMALE = _W["female"]
# "wife (BCom, CLB 6)": what stands in parentheses right after a person is that person's.
_COUPLE = words("accompanying")["couple"]
_NO_COUPLE = words("accompanying")["no_couple"]
_KIN = re.compile(rf"\b(?:{_W.source('kin')})\b|\b(?:{_W.source('companion')})\b")
# "Spouse: master's" in a list of labels: the next label is about the applicant again.
_LABEL = re.compile(r"\W*[a-z][a-z' /()]{1,28}(?::| [=-] )")
_LABELLED = re.compile(r"(?:'s)?(?: [a-z]+){0,3} ?(?::| [=-]|=)\s*\w")
# "Femme 31 ans, ..." opens a portrait, unless one's own age or "ma" stands before it.
_A_WOMAN: Final = re.compile(r",? (?:de )?\d\d ?(?:ans|,)")
_AGE_TOLD: Final = re.compile(r"\b[2-6]\d\b|\bage\b|\b(?:ma|sa|et|avec) $")
_ONLY_RELATES: Final = _W["only_relates"]
# "no kids", "sans enfant": nobody is spoken of.
_NOBODY: Final = re.compile(
    r"\b(?:no|without(?: any)?|sans|zero|pas d(?:e |')|aucune?|ni)(?: (?:real|own|dependent|other))? ?$"
)
_OWN_AGE: Final = re.compile(r"\b[2-6]\d ?(?:ans|f|m)\b|\b(?:moi|j'ai|i am|me|self|myself|age)\b[ :,-]{0,3}[2-6]\d\b")
_NAME_WORDS: Final = 2
# "married to a Canadian": whoever is married, the article opens the one they married.
_ARTICLES: Final = frozenset({"a", "an", "un", "une"})


class People:
    """Whose stretch of the text each place belongs to.

    ``default``: when nobody is named; ``partnered``: "he" and "she" are a partner known from before, if nobody else
    is named.
    """

    __slots__ = ("_holders", "_inherited", "_named", "_starts")

    def __init__(
        self, text: str, parts: tuple[Sentence, ...], default: Holder = "self", *, partnered: bool = False
    ) -> None:
        walk = _Walk(text, default, partnered)
        for part in parts:
            walk.sentence(part)
        self._starts = walk.starts
        self._holders = walk.holders
        self._inherited = walk.inherited
        self._named = walk.named

    def at(self, place: int) -> Holder:
        return self._holders[bisect_right(self._starts, place) - 1]

    def last_named(self, place: int) -> Holder | None:
        """Who was named last before the place, whatever stretch it is in; not who was only said to come along."""
        return next((holder for start, holder in reversed(self._named) if start < place), None)

    def last_mention(self, place: int) -> int:
        """Where somebody was named last before the place; -1 if nobody was."""
        return next((start for start, _ in reversed(self._named) if start < place), -1)

    def inherited(self, place: int) -> bool:
        """Whether nobody is named there, and the sentence before was about somebody else."""
        return any(start <= place < end for start, end in self._inherited)


@dataclass(slots=True)
class _Walk:
    """The way through the text, sentence by sentence.

    ``header``: whose section it is; ``carried``: whom the last sentence was about; ``spoken_of``: whom
    "he" and "she" mean; ``holder``: whose the stretch is; ``weak``: it closes at the next comma and
    gives way to ``opened``; ``labelled``: the last person was the label of a line.
    """

    text: str
    default: Holder
    partnered: bool
    starts: list[int] = field(default_factory=lambda: [0])
    holders: list[Holder] = field(default_factory=list)
    inherited: list[tuple[int, int]] = field(default_factory=list)
    named: list[tuple[int, Holder]] = field(default_factory=list)
    spoken_of: dict[Gender | None, Holder] = field(default_factory=dict)
    header: Holder = "self"
    carried: Holder = "self"
    holder: Holder = "self"
    opened: Holder = "self"
    weak: bool = False
    labelled: bool = False

    def __post_init__(self) -> None:
        self.holders.append(self.default)
        self.header = self.carried = self.default
        couple = _COUPLE.search(self.text) is not None and not _NO_COUPLE.search(self.text)
        if (self.partnered or couple) and not names_another(self.text):
            self.spoken_of = {None: "partner"}
        if self.default == "partner":
            self.spoken_of = dict.fromkeys(("male", "female", None), "partner")

    def sentence(self, part: Sentence) -> None:
        next_label = self.carried == "other" or _LABEL.match(self.text, part.start, part.end) is not None
        labelled = self.labelled and next_label
        carries_on = (
            not labelled and self.carried in ("partner", "other") and _ANEW.match(self.text, part.start) is None
        )
        base = self.carried if carries_on else self.header
        self._open(part.start, base, weak=False)
        aside: list[tuple[Holder, bool]] = []
        first: Holder | None = None
        named_at = part.end
        for match in _MENTION.finditer(self.text, part.start, part.end):
            if match.lastgroup == "stop":
                self._stop(match, aside)
                continue
            named = self._named(match, part)
            if named is None:
                continue
            named_at = min(named_at, match.start())
            relates = _ONLY_RELATES.match(self.text, match.end(), part.end) is not None
            self.named.append((match.start(), "self" if relates else named))
            if first is None and self._is_header(match, part):
                self.header = named
                self._open(match.start(), named, weak=False)
                continue
            if first is None:
                first = named
                self.labelled = _LABELLED.match(self.text, match.end(), part.end) is not None
            self._open(match.start(), named, weak=not self._is_subject(match, part))
        if base in ("partner", "other") and self.header != base:
            self.inherited.append((part.start, named_at))
        self.carried = self.opened if self.opened == first and first in ("partner", "other") else self.header

    def _open(self, place: int, holder: Holder, *, weak: bool) -> None:
        if not weak:
            self.opened = holder
        elif not self.weak:
            self.opened = self.holder
        self.holder, self.weak = holder, weak
        self._set(place)

    def _stop(self, match: re.Match[str], aside: list[tuple[Holder, bool]]) -> None:
        """A comma or "but" closes a weak stretch, a parenthesis what was opened in it."""
        mark = match.group()
        if mark == "(":
            aside.append((self.holder, self.weak))
            named = self.text[self.starts[-1] : match.start()].split()
            self.weak = self.weak and len(named) > _NAME_WORDS
        elif mark == ")" and aside:
            self.holder, self.weak = aside.pop()
            self._set(match.end())
        elif self.weak and mark != ":":
            self.holder, self.weak = self.opened, False
            self._set(match.start())

    def _set(self, place: int) -> None:
        self.starts.append(place)
        self.holders.append(self.holder)

    def _named(self, match: re.Match[str], part: Sentence) -> Holder | None:
        """Whom a mention means; None when it means nobody in particular."""
        kind, said = str(match.lastgroup), match.group()
        if kind == "self":
            return "self"
        if kind == "both":
            if _PARTNER.search(said):
                self.spoken_of[_gender(said)] = self.spoken_of[None] = "partner"
            elif not self.spoken_of:
                self.spoken_of[None] = "partner"
            return "self" if _WITH_ANOTHER.search(self.text, 0, match.start()) else "both"
        if kind == "they":
            return "other" if self.spoken_of else None
        if kind == "third":
            nobody: Holder = "partner" if self.default == "partner" else "other"
            return self.spoken_of.get(_gender(said), self.spoken_of.get(None, nobody))
        if kind == "other" and _NOBODY.search(self.text, part.start, match.start()):
            return None
        if kind == "other" and said.endswith(_EMPLOYERS) and _FOR.search(self.text, part.start, match.start()):
            return None
        if kind == "other" and _I_AM_A.search(self.text, part.start, match.start()):
            return None
        if said == "femme" and self._a_woman(match):
            return "self"
        if said in _ARTICLES and self.holder == "other":
            return None
        holder: Holder = "partner" if kind == "partner" else "other"
        gender = _gender(said)
        for one in (gender,) if gender else ("male", "female"):
            if gender or self.spoken_of.get(one) != "partner":
                self.spoken_of[one] = holder
        self.spoken_of[None] = holder
        return holder

    def _a_woman(self, match: re.Match[str]) -> bool:
        """Whether "femme 31 ans" is who writes: nobody's age is told before, nor another one after."""
        if _A_WOMAN.match(self.text, match.end()) is None or _AGE_TOLD.search(self.text, 0, match.start()):
            return False
        return _OWN_AGE.search(self.text, match.end() + 5) is None

    def _is_header(self, match: re.Match[str], part: Sentence) -> bool:
        """A person alone before a colon or on a line."""
        if not _HEADER_START.fullmatch(self.text, part.start, match.start()):
            return False
        if not _HEADER_END.fullmatch(self.text, match.end(), part.end):
            return False
        return ":" in self.text[match.end() : part.end] or self.text[part.end : part.end + 1] == "\n"

    def _is_subject(self, match: re.Match[str], part: Sentence) -> bool:
        """Whether a statement with content about the person follows."""
        kind = match.lastgroup
        if kind in ("self", "both"):
            return True
        relates = _RELATION.match(self.text, match.end(), part.end) is not None
        if kind in ("third", "they"):
            return not relates
        linked = _WITH.search(self.text[max(part.start, match.start() - 16) : match.start()])
        reach = min(part.end, match.end() + 60) if linked else part.end
        return not relates and _SUBJECT.match(self.text, match.end(), reach) is not None


def names_another(text: str) -> bool:
    """Whether a relative or a friend is named in the plain text."""
    return _KIN.search(text) is not None


def named_after(text: str, place: int) -> Holder | None:
    """ "MBA (me), B.Com (wife)": whose it is stands in parentheses after it."""
    match = _WHOSE_AFTER.match(text, place)
    if match is None:
        return None
    return "self" if match["self"] or match["self2"] else "partner"


def _gender(said: str) -> Gender | None:
    if _FEMALE.search(said):
        return "female"
    return "male" if _MALE.search(said) else None

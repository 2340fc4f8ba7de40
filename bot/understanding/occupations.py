"""From what a person calls their job to candidates of the NOC; the person chooses, never this module.

Titles come from the dated NOC data (``build``); the names people use stand in ``occupations.yml``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from rapidfuzz import fuzz, process

from bot import files
from bot.understanding.language import Language
from bot.understanding.normalise import normalise
from bot.understanding.words import words

_W = words("occupations")
_PATH: Final = Path(__file__).with_name("occupations.yml")
_GOOD_ENOUGH: Final = 72.0
_SHARED_WORD: Final = 0.94
_FAR_BEHIND: Final = 27.0
# Words of job names that say nothing of work when they stand alone.
_NOT_ALONE: Final = frozenset(
    (
        "company",
        "group",
        "school",
        "primary",
        "retail",
        "university",
        "public",
        "store",
        "hospital",
        "family",
        "member",
        "class",
        "ship",
        "certified",
        "autre",
        "grand",
        "homme",
        "femme",
        "premier",
        "hotel",
        "conservatory",
        "construction",
        "manufacturing",
        "consulting",
        "agent",
        "conseiller",
    )
)
_PARENTHESES: Final = re.compile(r"\(.*?\)")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit group that the job may belong to. ``title``: in the language asked for, if the file has one;
    ``score``: likeness of the names, 0 to 100."""

    noc: str
    teer: int
    title: str
    score: float


@dataclass(frozen=True, slots=True)
class Occupations:
    """Names of unit groups, ready for searching. ``names``: plain name -> codes."""

    titles: Mapping[str, tuple[int, str]]
    french: Mapping[str, str]
    names: Mapping[str, tuple[str, ...]]

    def candidates(self, text: str, language: Language, limit: int = 5) -> tuple[Candidate, ...]:
        """The likeliest unit groups for a job as the person wrote it, best first; none for no job at all.

        Both languages are searched whatever ``language`` is; it decides the titles.
        """
        whole = _plain(_singular(_PARENTHESES.sub("", text)))
        job = whole if whole in self.names else job_words(text)
        if not job:
            return ()
        best: dict[str, float] = {}
        for name, score in self._alike(job):
            for code in self.names[name]:
                best[code] = max(best.get(code, 0.0), score)
        least = max(best.values(), default=0.0) - _FAR_BEHIND
        ranked = sorted(((c, s) for c, s in best.items() if s >= least), key=lambda item: (-item[1], item[0]))[:limit]
        return tuple(Candidate(code, self.titles[code][0], self.title(code, language), score) for code, score in ranked)

    def title(self, code: str, language: Language) -> str:
        """The title of a unit group; in French a common name where the file has one."""
        if language == "fr" and code in self.french:
            name = self.french[code]
            return name[0].upper() + name[1:]
        return self.titles[code][1]

    def _alike(self, job: str) -> Iterable[tuple[str, float]]:
        exact = [(job, 100.0)] if job in self.names else []
        whole = process.extract(
            job, self.names.keys(), scorer=fuzz.token_sort_ratio, limit=12, score_cutoff=_GOOD_ENOUGH
        )
        inside = process.extract(job, self.names.keys(), scorer=fuzz.token_set_ratio, limit=25, score_cutoff=99.0)
        for name, score, _ in whole:
            exact.append((name, round(score, 1)))
        for name, _, _ in inside:
            exact.append((name, round(_inside(job, name), 1)))
        return exact


def _inside(job: str, name: str) -> float:
    """One name holds all the words of the other: the more words they share, the likelier."""
    a, b = set(job.split()), set(name.split())
    shared: float = len(a & b) / max(len(a), len(b))
    return 100 * _SHARED_WORD * math.sqrt(shared)


def build(titles: Iterable[tuple[str, int, str]]) -> Occupations:
    """The search over the unit groups of the day.

    ``titles``: (code, TEER, English title) of every unit group. Names of groups that are not among
    them are left out.
    """
    groups = {code: (teer, title) for code, teer, title in titles}
    names: dict[str, list[str]] = {}
    french: dict[str, str] = {}
    for code, (_, title) in groups.items():
        for name in _parts(title):
            names.setdefault(name, []).append(code)
    for code, used in _names().items():
        if code not in groups:
            continue
        for name in (*used.get("en", ()), *used.get("fr", ())):
            listed = names.setdefault(_plain(name), [])
            if code not in listed:
                listed.append(code)
        if used.get("fr"):
            french[code] = used["fr"][0]
    return Occupations(groups, french, {name: tuple(codes) for name, codes in names.items() if name})


def job_words(text: str) -> str:
    """The words that name a job: "I have worked as a senior cook in Oman since 2019" gives "cook"."""
    plain = normalise(text).text
    said = _W["said_as"].search(plain)
    job = plain[said.end() :] if said else plain
    job = _W["ends"].split(job, maxsplit=1)[0]
    job = _W["not_a_job"].sub(" ", job)
    return _plain(job)


def _plain(name: str) -> str:
    return " ".join(re.findall(r"[a-z.+#&']+", normalise(name).text)).replace("'s", "s").strip(" .'")


def _parts(title: str) -> tuple[str, ...]:
    """The whole title and, for "Chefs", "Software engineers and designers", each name in the singular."""
    bare = _PARENTHESES.sub("", title)
    parts = [bare, *(part for part in re.split(r",| and | or ", bare) if len(part.split()) > 1 or part.strip() == bare)]
    return tuple(dict.fromkeys(_plain(_singular(part)) for part in parts))


def _singular(name: str) -> str:
    return re.sub(r"\b(\w{3,}[^s])s\b", r"\1", name.strip())


@cache
def _names() -> Mapping[str, Mapping[str, Any]]:
    loaded: Mapping[str, Mapping[str, Any]] = files.read(_PATH)
    return loaded


@cache
def job_heads() -> frozenset[str]:
    """Single words that name a job in either language: "banker", "carpenter", "soudeur"."""
    heads: set[str] = set()
    for used in _names().values():
        heads.update(_plain(name).split()[-1] for name in used.get("en", ()) if name)
        heads.update(_plain(name).split()[0] for name in used.get("fr", ()) if name)
    return frozenset(head for head in heads if len(head) > 4 and head not in _NOT_ALONE)


def title_asked(text: str) -> str | None:
    """The job that a question about the classification names ("which NOC is a welder?"), in plain words."""
    asked = _W["title_asked"].search(normalise(text).text)
    return None if asked is None else (asked["after"] or asked["is"]).strip()

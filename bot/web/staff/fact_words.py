"""Facts as the firm's people read them: occupations with their titles, jobs and stays one by one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache

from babel import Locale

from bot.facts import Known, Profile
from bot.facts.profile import Job, Stay
from bot.knowledge.catalogue import LOCALES, Language, short_day, text
from bot.knowledge.wording import fact_text
from bot.rules import rulebook
from bot.rules.noc import unit_groups
from bot.understanding.occupations import build


def fact_lines(profile: Profile, fact_id: str, language: Language) -> tuple[str, ...]:
    """What is known of a fact: one line, or one for each job or stay."""
    match profile[fact_id]:
        case Known(tuple(items)) if items:
            return tuple(_job(one, language) if isinstance(one, Job) else _stay(one, language) for one in items)
        case Known(str(code)) if fact_id == "noc":
            return (_occupation(code, language),)
    return (fact_text(profile, fact_id, language),)


@lru_cache(maxsize=2)
def occupation_titles(language: Language) -> Mapping[str, str]:
    """The title of every occupation of today by its code."""
    groups = unit_groups(rulebook().at(date.today())).values()
    known = build((group.code, group.teer, group.title) for group in groups)
    return {group.code: known.title(group.code, language) for group in groups}


def _occupation(code: str, language: Language) -> str:
    title = occupation_titles(language).get(code)
    return f"{code} · {title}" if title else code


def _job(job: Job, language: Language) -> str:
    return " · ".join(filter(None, _of_job(job, language)))


def _of_job(job: Job, language: Language) -> Iterator[str]:
    yield job.title or ""
    yield _occupation(job.noc, language) if job.noc else ""
    yield _span(job.start, job.end, language)
    yield text("console.facts.a_week", language, hours=job.hours)
    yield _said("place", job.place, language)
    yield "" if job.status == "employee" else _said("status", job.status, language)
    yield "" if job.authorized else text("console.facts.not_authorized", language)
    yield "" if job.paid else text("console.facts.unpaid", language)
    yield text("console.facts.jobs.remote", language) if job.remote else ""
    yield text("console.facts.jobs.physician", language) if job.publicly_funded_physician else ""


def _stay(stay: Stay, language: Language) -> str:
    country = Locale.parse(LOCALES[language]).territories.get(stay.country, stay.country)
    return f"{country} · {_span(stay.start, stay.end, language)}"


def _span(start: date, end: date | None, language: Language) -> str:
    until = short_day(end, language) if end else text("console.facts.today", language)
    return f"{short_day(start, language)} – {until}"


def _said(part: str, value: str, language: Language) -> str:
    return text(f"console.facts.jobs.{part}_{value}", language)

"""Facts as the firm's people read them: jobs and stays one by one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from babel import Locale

from bot.facts import Known, Profile
from bot.facts.profile import Job, Stay
from bot.knowledge.catalogue import LOCALES, Language, short_day, text
from bot.knowledge.occupations import occupation
from bot.knowledge.wording import fact_text


def fact_lines(profile: Profile, fact_id: str, language: Language) -> tuple[str, ...]:
    """What is known of a fact: one line, or one for each job or stay."""
    match profile[fact_id]:
        case Known(tuple(items)) if items:
            return tuple(_job(one, language) if isinstance(one, Job) else _stay(one, language) for one in items)
    return (fact_text(profile, fact_id, language),)


def _job(job: Job, language: Language) -> str:
    return " · ".join(filter(None, _of_job(job, language)))


def _of_job(job: Job, language: Language) -> Iterator[str]:
    yield job.title or ""
    yield occupation(job.noc, language) if job.noc else ""
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

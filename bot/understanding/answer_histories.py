"""A short answer that tells a job with its dates, or the countries lived in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.facts import Job, Stay
from bot.understanding.message import Candidate, Message, whole
from bot.understanding.places import ABROAD, CANADA, COUNTRY


def jobs(message: Message, asked: str) -> Iterator[Candidate]:
    """One job with its dates: "cook, Canada, May 2022 to June 2024, 40 hours a week"."""
    dated = [d for d in message.durations if d.start_on is not None]
    if len(dated) != 1:
        return
    length = dated[0]
    text = message.text
    hours = re.search(r"(\d{1,3}(?:\.\d)?) ?(?:h\b|hours?|heures?)", text)
    code = re.search(r"(?<!\d)(\d[0-5]\d{3})(?!\d)", text)
    place = (
        "canada"
        if CANADA.search(text) and not re.search(r"outside (?:of )?canada", text)
        else "abroad"
        if ABROAD.search(text)
        else None
    )
    if place is None or length.start_on is None:
        return
    status = (
        "self_employed"
        if re.search(r"self[- ]?employ|freelanc|autonome|own business", text)
        else "student"
        if re.search(r"student|etudiant", text)
        else "employee"
    )
    title = re.split(r"[,;]| from | in | at |\bde \b", text.strip())[0].strip()
    job = Job(
        start=length.start_on,
        end=length.end_on,
        noc=code[1] if code else None,
        hours=float(hours[1]) if hours and float(hours[1]) <= 168 else 30.0,
        place="canada" if place == "canada" else "abroad",
        status=status,  # type: ignore[arg-type]
        remote=bool(re.search(r"\bremote|teletravail", text)),
        title=title if title and not re.search(r"\d", title) else None,
    )
    yield whole(message, asked, (job,), estimated=True)


def stays(message: Message, asked: str) -> Iterator[Candidate]:
    """Countries with years: "India 2010-2018, UAE 2018-2022"."""
    stays = []
    for length in message.durations:
        if length.start_on is None:
            continue
        sentence = (
            re.split(r"[,;\n]|\bthen\b|\bpuis\b", message.text[: length.start])[-1]
            + " "
            + re.split(r"[,;\n]", message.text[length.end :])[0]
        )
        country = COUNTRY.search(sentence)
        if country:
            stays.append(Stay(country.group().title(), length.start_on, length.end_on))
    if stays:
        yield whole(message, asked, tuple(stays), estimated=True)

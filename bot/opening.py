"""When the firm can be reached: hours of the week, holidays, and how long somebody has to wait."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any, Final, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.dates import format_date, format_time, get_timezone_name
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator

from bot.knowledge.catalogue import LOCALES, Language, text

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS: Final[tuple[Weekday, ...]] = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
LOOKED_AHEAD: Final = 60
"""Days; an office that does not open within them has no next opening."""


class Hours(BaseModel):
    """From when until when on one day; ``until`` lies behind ``since``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    since: time
    until: time

    @field_validator("until")
    @classmethod
    def _later(cls, until: time, info: Any) -> time:
        if "since" in info.data and until <= info.data["since"]:
            raise ValueError('write the later hour second, as in "9:00-17:00"')
        return until


def _hours(written: Any) -> Any:
    """``"9:00-17:00"`` as hours."""
    if not isinstance(written, str):
        return written
    since, dash, until = written.partition("-")
    if not dash:
        raise ValueError('write hours as "9:00-17:00"')
    return {"since": _clock(since), "until": _clock(until)}


def _clock(written: str) -> str:
    hour, _, minute = written.strip().partition(":")
    return f"{int(hour):02d}:{int(minute or 0):02d}" if hour.isdigit() else written


class Quiet(BaseModel):
    """Hours of the night, written "21:00-7:00"."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    since: time
    until: time

    @model_validator(mode="before")
    @classmethod
    def _written(cls, written: Any) -> Any:
        return _hours(written)

    def ends(self, at: datetime) -> datetime | None:
        """When the quiet that holds at this moment (in the office's time) is over; None: it is not quiet."""
        clock, midnight = at.time(), at.replace(hour=0, minute=0, second=0, microsecond=0)
        end = midnight.replace(hour=self.until.hour, minute=self.until.minute)
        if self.since <= self.until:
            return end if self.since <= clock < self.until else None
        if clock < self.until:
            return end
        return end + timedelta(days=1) if clock >= self.since else None


class Opening(BaseModel):
    """Opening hours of an office. ``holidays``: days on which it is closed; ``reply_minutes``: how long an
    answer usually takes while it is open."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    timezone: str = "America/Toronto"
    week: Mapping[Weekday, tuple[Annotated[Hours, BeforeValidator(_hours)], ...]] = Field(min_length=1)
    holidays: frozenset[date] = frozenset()
    reply_minutes: int | None = Field(default=None, ge=1)

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError):
            raise ValueError("write a time zone such as America/Toronto") from None
        return value

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    def is_open(self, at: datetime) -> bool:
        """Whether the office is open at a moment (with a time zone)."""
        return any(start <= at < end for start, end in self._periods(at, days=0))

    def next_opening(self, at: datetime) -> datetime | None:
        """When it opens next, in its own time; None: not in the days that are looked at."""
        return next((start for start, _ in self._periods(at, days=LOOKED_AHEAD) if start > at), None)

    def open_minutes(self, since: datetime, until: datetime) -> float:
        """How many minutes it was open between two moments."""
        days = (until - since).days + 1
        overlaps = (
            (min(end, until) - max(start, since)).total_seconds() for start, end in self._periods(since, days=days)
        )
        return sum(seconds for seconds in overlaps if seconds > 0) / 60

    def phrase(self, language: Language) -> str:
        """The week in words: ``Monday to Friday, 9:00 a.m. to 5:00 p.m. (Eastern Time)``."""
        zone = get_timezone_name(self.zone, locale=LOCALES[language])
        parts = [self._days(first, last, hours, language) for first, last, hours in self._groups()]
        return text("opening.week", language, days="; ".join(parts), zone=zone)

    def moment(self, at: datetime, language: Language) -> str:
        """A moment in the office's own time, in words: ``Monday, November 30, 9:00 a.m.``."""
        local = at.astimezone(self.zone)
        day = format_date(local.date(), "EEEE d MMMM" if language == "fr" else "EEEE, MMMM d", locale=LOCALES[language])
        return text("opening.moment", language, day=day, time=_time(local.timetz(), language))

    def _periods(self, at: datetime, *, days: int) -> Iterator[tuple[datetime, datetime]]:
        """The periods in which it is open, from the day of ``at`` on, for so many days more."""
        first = at.astimezone(self.zone).date()
        for count in range(days + 1):
            day = first + timedelta(days=count)
            if day in self.holidays:
                continue
            for hours in sorted(self.week.get(WEEKDAYS[day.weekday()], ()), key=lambda one: one.since):
                yield (
                    datetime.combine(day, hours.since, self.zone),
                    datetime.combine(day, hours.until, self.zone),
                )

    def _groups(self) -> Iterator[tuple[int, int, tuple[Hours, ...]]]:
        """Days in a row that have the same hours."""
        run: tuple[int, int, tuple[Hours, ...]] | None = None
        for number, name in enumerate(WEEKDAYS):
            hours = tuple(self.week.get(name, ()))
            if run is not None and hours == run[2] and number == run[1] + 1:
                run = (run[0], number, hours)
                continue
            if run is not None and run[2]:
                yield run
            run = (number, number, hours)
        if run is not None and run[2]:
            yield run

    @staticmethod
    def _days(first: int, last: int, hours: tuple[Hours, ...], language: Language) -> str:
        names = [_weekday(number, language) for number in (first, last)]
        days = names[0] if first == last else text("opening.days", language, first=names[0], last=names[1])
        times = ", ".join(
            text("opening.hours", language, since=_time(one.since, language), until=_time(one.until, language))
            for one in hours
        )
        return text("opening.day", language, days=days, hours=times)


def _weekday(number: int, language: Language) -> str:
    monday = date(2001, 1, 1)  # any Monday
    return format_date(monday + timedelta(days=number), "EEEE", locale=LOCALES[language])


def _time(at: time, language: Language) -> str:
    french = "H 'h' mm" if at.minute else "H 'h'"
    return format_time(at, french if language == "fr" else "h:mm a", locale=LOCALES[language])

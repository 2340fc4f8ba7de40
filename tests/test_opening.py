"""When somebody can be reached: the office's own time, its holidays, the change of the clocks, both languages."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.opening import Opening, Quiet

TORONTO = ZoneInfo("America/Toronto")
WEEK = {day: ["9:00-12:00", "13:00-17:00"] for day in ("monday", "tuesday", "wednesday", "thursday")}
OFFICE = Opening.model_validate({"week": {**WEEK, "friday": ["9:00-12:00"]}, "holidays": [date(2026, 12, 25)]})
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)).map(lambda moment: moment.replace(tzinfo=UTC))


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=TORONTO)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        (at(23, 9), True),
        (at(23, 8, 59), False),
        (at(23, 12), False),
        (at(23, 16, 59), True),
        (at(23, 17), False),
        (at(27, 13), False),
        (at(28, 10), False),
        (at(24, 10, month=12), True),
        (at(25, 10, month=12), False),
        (datetime(2026, 11, 23, 14, 30, tzinfo=UTC), True),
        (datetime(2026, 7, 6, 13, 30, tzinfo=UTC), True),  # 9:30 in summer
        (datetime(2026, 11, 23, 13, 30, tzinfo=UTC), False),  # 8:30 in winter
    ],
)
def test_open_in_the_offices_own_time(moment: datetime, is_open: bool) -> None:
    assert OFFICE.is_open(moment) is is_open


def test_the_next_opening_leaves_out_weekends_and_holidays() -> None:
    assert OFFICE.next_opening(at(27, 13)) == at(30, 9)
    assert OFFICE.next_opening(at(24, 18, month=12)) == at(28, 9, month=12)
    shut = Opening.model_validate({"week": {"monday": []}})
    assert shut.next_opening(at(23, 9)) is None


@given(MOMENTS)
def test_it_is_open_when_it_opens_and_was_not_before(moment: datetime) -> None:
    opens = OFFICE.next_opening(moment)
    assert opens is not None
    assert opens > moment
    assert OFFICE.is_open(opens)
    assert not OFFICE.is_open(opens - timedelta(seconds=1))
    assert OFFICE.open_minutes(moment, opens) >= 0
    if not OFFICE.is_open(moment):
        assert OFFICE.open_minutes(moment, opens) == 0


def test_a_wait_is_counted_in_open_minutes() -> None:
    assert OFFICE.open_minutes(at(23, 11, 30), at(23, 13, 10)) == 40
    assert OFFICE.open_minutes(at(27, 11, 50), at(30, 9, 5)) == 15


def test_the_week_in_words() -> None:
    assert OFFICE.phrase("en") == (
        "Monday to Thursday, 9:00 a.m. to 12:00 p.m., 1:00 p.m. to 5:00 p.m.; "
        "Friday, 9:00 a.m. to 12:00 p.m. (Eastern Time)"
    )
    french = OFFICE.phrase("fr")
    assert french.startswith("du lundi au jeudi, de 9 h à 12 h, de 13 h à 17 h; vendredi, de 9 h à 12 h")
    assert OFFICE.moment(at(30, 9), "en") == "Monday, November 30, 9:00 a.m."
    assert OFFICE.moment(at(30, 9, 30), "fr") == "lundi 30 novembre, 9 h 30"


@pytest.mark.parametrize(
    ("written", "moment", "ends"),
    [
        ("21:00-7:00", at(23, 22), at(24, 7)),
        ("21:00-7:00", at(23, 6, 59), at(23, 7)),
        ("21:00-7:00", at(23, 7), None),
        ("12:00-13:00", at(23, 12, 30), at(23, 13)),
        ("12:00-13:00", at(23, 13), None),
    ],
)
def test_quiet_hours_may_go_over_midnight(written: str, moment: datetime, ends: datetime | None) -> None:
    assert Quiet.model_validate(written).ends(moment) == ends


@pytest.mark.parametrize("wrong", ["9-8", "nine", "17:00-9:00", "25:00-26:00"])
def test_hours_that_cannot_be_are_refused(wrong: str) -> None:
    with pytest.raises(ValidationError):
        Opening.model_validate({"week": {"monday": [wrong]}})


def test_a_time_zone_that_is_none_is_refused() -> None:
    with pytest.raises(ValidationError, match="time zone"):
        Opening.model_validate({"timezone": "Nowhere/City", "week": WEEK})

"""Figures by their dotted id, as a table shows them and as other tools read them."""

from datetime import date

import pytest

from bot.rules import rulebook
from bot.rules.references import as_json, rows, short

BEFORE, AFTER = date(2026, 11, 2), date(2026, 11, 25)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "not established"),
        (67, "67"),
        (0.5, "0.5"),
        (True, "yes"),
        (False, "no"),
        ("canada", "canada"),
        ({"0": 0, "1": 40}, "table of 2"),
        (["0", "1", "2", "3", "4", "5"], "0, 1, 2, 3, 4, 5"),
        (["0", "1", "2", "3", "4", "5", "6"], "list of 7"),
        ([{"code": "21231"}], "list of 1"),
    ],
)
def test_a_value_in_one_cell_of_a_table(value, said):
    assert short(value) == said


def test_a_figure_as_json_has_its_days_its_doubts_and_its_sources():
    ended = as_json(rulebook().at(date(2020, 10, 19)).reference("crs.additional.french.english_below_5"))
    assert (ended["value"], ended["effective_from"], ended["effective_to"]) == (15, "2017-06-06", "2020-10-19")
    mark = "fsw.pass_mark"
    sure, doubtful = (as_json(rulebook().at(day).reference(mark)) for day in (BEFORE, AFTER))
    assert (sure["value"], sure["effective_to"], sure["needs_official_check"], sure["check_reason"]) == (
        67,
        None,
        None,
        None,
    )
    assert doubtful["needs_official_check"] == "2026-10-01"
    assert doubtful["check_reason"]
    assert all(source["url"].startswith("https://") for source in sure["sources"])


def test_the_day_on_which_a_source_was_read_is_given_where_it_is_known():
    rules = rulebook().at(BEFORE)
    read = {source.url: source.read for value in rows(rules) for source in value.sources}
    told = {source["url"]: source["read"] for value in rows(rules) for source in as_json(value)["sources"]}
    assert told == {url: day.isoformat() if day else None for url, day in read.items()}
    assert any(told.values())


def test_every_rule_and_every_cell_of_its_table_has_an_id():
    of_funds = [row for row in rulebook().at(BEFORE).references() if row.startswith("funds.table")]
    assert of_funds == ["funds.table", *(f"funds.table.{size}" for size in (*range(1, 8), "additional"))]
    of_level = [row for row in rulebook().at(BEFORE).references() if row.startswith("language.tcf_canada.7")]
    assert of_level == [
        f"language.tcf_canada.7.{ability}" for ability in ("reading", "writing", "listening", "speaking")
    ]


def test_rows_of_a_file_are_counted_and_not_spelled_out():
    assert as_json(rulebook().at(BEFORE).reference("noc.unit_groups"))["value"] == "516 rows"
    assert as_json(rulebook().at(BEFORE).reference("language.accepted"))["value"] == rulebook().at(BEFORE).value(
        "language.accepted"
    )

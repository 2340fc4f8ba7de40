"""IRCC's feed: read field by field, refused at the first doubt, kept with its provenance, used by the assessment."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest

from bot.assessment.rounds import history
from bot.rules import RuleBook, RulesError
from bot.rules.rounds_feed import kind, read_feed
from bot.rules.rounds_import import FOLDER, HISTORY, RECORDS, check, imported, records, store
from tests.rules.feed import NEWEST, RULES, SHIPPED, TODAY, entries, feed, new

CEC = new(NEWEST + 1, "2026-10-14", "Canadian Experience Class", 515, 2500)
GENERAL = new(NEWEST + 2, "2026-11-04", "General", 700, 1000)


def keep(text: str, directory, *, read_on: date = TODAY):
    rows, difference = check(text, RULES, read_on)
    return store(text, rows, difference, directory, origin="feed.json", read_on=read_on, by="Ana Tran")


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Provincial Nominee Program", "PNP"),
        ("Canadian Experience Class", "CEC"),
        ("Federal Skilled Trades", "FST"),
        ("Federal Skilled Worker", "FSW"),
        ("No Program Specified", "GENERAL"),
        ("General", "GENERAL"),
        ("General practitioners, 2027-Version 1", "GENERAL_PRACTITIONERS"),
        ("French language proficiency (Version 1)", "FRENCH"),
        ("Healthcare occupations (Version 2)", "HEALTHCARE"),
        ("STEM occupations (Version 1)", "STEM"),
        ("Trade occupations (Version 2)", "TRADES"),
        ("Researchers with Canadian Work Experience, 2026-Version 1", "RESEARCHERS"),
        ("Agriculture and agri-food occupations (Version 1)", "AGRICULTURE"),
        ("Lighthouse keepers, 2027-Version 1", "LIGHTHOUSE_KEEPERS"),
        ("Ecosystem scientists (Version 1)", "ECOSYSTEM_SCIENTISTS"),
    ],
)
def test_the_name_of_a_round_says_its_kind(name, found):
    assert kind(name) == found


def test_every_name_that_ircc_has_used_is_read_as_the_kind_it_was_filed_under():
    assert {row["name"]: kind(row["name"]) for row in SHIPPED} == {row["name"]: row["type"] for row in SHIPPED}


def test_the_feed_says_of_the_rounds_held_what_is_held():
    rows, difference = check(feed(), RULES, TODAY)
    assert rows == [{**row, "source_key": "IRCC"} for row in SHIPPED]
    assert not difference


def test_new_and_corrected_rounds_are_the_difference():
    changed = entries(CEC)
    changed[1]["drawCRS"] = "477"
    _, difference = check(json.dumps({"rounds": changed}), RULES, TODAY)
    assert [row["round"] for row in difference.added] == [str(NEWEST + 1)]
    assert [(before["crs_cutoff"], after["crs_cutoff"]) for before, after in difference.changed] == [("476", "477")]
    assert check(feed(CEC), RULES, TODAY)[1]
    assert check(json.dumps({"rounds": changed[1:]}), RULES, TODAY)[1]


def test_two_rounds_of_one_invitation_each_on_the_day_of_the_import_are_taken():
    today = [new(NEWEST + number, TODAY.isoformat(), "General", 700, 1) for number in (1, 2)]
    assert [row["itas"] for row in check(feed(*today), RULES, TODAY)[1].added] == ["1", "1"]


def test_a_time_of_the_tie_break_is_read_however_ircc_writes_it():
    (row,) = check(feed(CEC), RULES, TODAY)[1].added
    assert row["tie_break_utc"] == "2026-09-02T08:15:00Z"


def test_rounds_before_the_history_begins_are_left_aside():
    old = new(91, "2018-05-30", "Provincial Nominee Program", 902, 1000, drawNumber="91a")
    assert len(read_feed(json.dumps({"rounds": [*entries(), old]}), since=date(2025, 1, 7), today=TODAY)) == len(
        SHIPPED
    )


def test_a_kind_never_seen_before_is_taken_and_named():
    _, difference = check(feed(new(NEWEST + 1, "2026-11-04", "Lighthouse keepers", 400, 10)), RULES, TODAY)
    assert difference.unknown == ("Lighthouse keepers",)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"drawCRS": "1,201"}, "drawCRS: '1,201' is not a number from 1 to 1200"),
        ({"drawCRS": "0"}, "drawCRS: '0' is not a number"),
        ({"drawCRS": ""}, "drawCRS: is missing"),
        ({"drawSize": "many"}, "drawSize: 'many' is not a number"),
        ({"drawSize": "100,001"}, "drawSize: '100,001' is not a number from 1 to 100000$"),
        ({"drawDate": "14 October 2026"}, "drawDate: '14 October 2026' is not a date"),
        ({"drawDate": "2027-01-04"}, "drawDate: 2027-01-04 lies in the future"),
        ({"drawDate": "2026-09-02"}, "lies before round 447"),
        ({"drawName": " "}, "drawName: is missing"),
        ({"drawNumber": str(NEWEST + 2)}, f"round {NEWEST + 1} is missing in the feed"),
        ({"drawNumber": str(NEWEST)}, f"round {NEWEST} stands twice"),
        ({"drawNumber": "448b"}, "drawNumber: '448b' is not a number"),
        ({"drawNumber": "100001"}, "drawNumber: '100001' is not a number from 1 to 100000$"),
        ({"drawCutOff": "in September"}, "drawCutOff: 'in September' is not a time"),
        ({"drawCutOff": "February 30, 2026 at 10:00:00 UTC"}, "is not a time"),
        ({"drawCutOff": "October 20, 2026 at 10:00:00 UTC"}, "lies after the round"),
        ({"dd18": "0"}, "dd18: '0' is not a number"),
        ({"dd18": "10,000,001"}, "dd18: '10,000,001' is not a number from 1 to 10000000$"),
    ],
)
def test_a_feed_with_a_fault_is_refused_with_the_round_and_the_field(change, said):
    with pytest.raises(RulesError, match=said.replace("(", r"\(")):
        check(feed({**CEC, **change}), RULES, TODAY)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<html>Service unavailable</html>", "not JSON"),
        ("[]", "no list of rounds"),
        ('{"rounds": []}', "no list of rounds"),
        ('{"rounds": ["447"]}', "holds '447' where a round should be"),
        (json.dumps({"rounds": entries()[2:]}), "lacks rounds 446, 447, held until now"),
        (json.dumps({"rounds": entries()[5:]}), "lacks rounds 443, 444, 445, 446, 447, held until now"),
        (json.dumps({"rounds": entries()[6:]}), "lacks rounds 442, 443, 444, 445, 446 and others, held until now"),
        (json.dumps({"rounds": entries()[:-1]}), "lacks round 331, held until now"),
    ],
    ids=["html", "list", "empty", "numbers", "newest_gone", "five_gone", "many_gone", "oldest_gone"],
)
def test_what_is_not_a_whole_feed_is_refused(text, said):
    with pytest.raises(RulesError, match=said):
        check(text, RULES, TODAY)


def test_an_import_is_in_force_with_its_provenance(tmp_path):
    record = keep(feed(CEC, GENERAL), tmp_path)
    book = RuleBook(imported(RULES, tmp_path))
    held = book.at(TODAY).reference(HISTORY)
    assert (held.verified_on, held.sources[0].about) == (TODAY, "feed.json, imported by Ana Tran")
    assert held.sources[0].url == RULES[HISTORY].versions[-1].sources[0].url
    assert history(book.at(TODAY))[0].number == record.newest == NEWEST + 2
    assert record.newest_on == date(2026, 11, 4)
    assert record.file.endswith(f"Z-{record.sha256[:8]}.json")
    assert {rule.id: len(rule.versions) for rule in book.values()} == {
        rule.id: len(rule.versions) for rule in RULES.values()
    }
    assert book.at(TODAY).value("rounds.last_general.cut_off") == 700
    assert book.at(TODAY).value("rounds.last_general.on") == "2026-11-04"
    assert record.added == (NEWEST + 1, NEWEST + 2)
    assert record.imported_at <= datetime.now(UTC)


def test_rounds_before_the_change_of_the_scale_stay_on_the_earlier_one(tmp_path):
    first = new(NEWEST + 2, "2026-11-03", "General", 700, 1000)
    keep(feed(CEC, first), tmp_path)
    rules = RuleBook(imported(RULES, tmp_path)).at(TODAY)
    sets = {held.number: held.rule_set for held in history(rules)}
    assert (sets[NEWEST + 1], sets[NEWEST + 2]) == ("crs-2025-03-25", "crs-2026-11-03")
    assert rules.value("rounds.last_on_scale") == NEWEST + 1


def test_nothing_imported_leaves_the_rules_as_they_are(tmp_path):
    assert imported(RULES, tmp_path) is RULES
    assert records(tmp_path) == ()


def test_every_import_is_kept_and_the_last_one_is_in_force(tmp_path):
    directory = tmp_path / "var" / "rules"
    first = keep(feed(CEC), directory, read_on=date(2026, 10, 20))
    second = keep(feed(CEC, GENERAL), directory)
    assert records(directory) == (first, second)
    assert {path.name for path in (directory / FOLDER).iterdir()} == {RECORDS, first.file, second.file}
    assert history(RuleBook(imported(RULES, directory)).at(TODAY))[0].number == NEWEST + 2


def test_a_correction_of_the_newest_round_is_in_force_without_a_newer_one(tmp_path):
    corrected = entries()
    corrected[0]["drawCRS"] = "477"
    keep(json.dumps({"rounds": corrected}), tmp_path)
    assert history(RuleBook(imported(RULES, tmp_path)).at(TODAY))[0].cut_off == 477


def test_a_newer_version_of_the_product_is_not_hidden_by_an_older_import(tmp_path):
    record = keep(feed(), tmp_path)
    path = tmp_path / FOLDER / RECORDS
    path.write_text(json.dumps([{**record.model_dump(mode="json"), "newest": NEWEST - 1}]))
    assert imported(RULES, tmp_path) is RULES


@pytest.mark.parametrize("damage", ["feed", "gone", "records"])
def test_a_damaged_store_is_said_and_never_read_in_part(tmp_path, damage):
    record = keep(feed(CEC), tmp_path)
    folder = tmp_path / FOLDER
    if damage == "feed":
        (folder / record.file).write_text(feed(GENERAL))
    elif damage == "gone":
        (folder / record.file).unlink()
    else:
        (folder / RECORDS).write_text("[{")
    with pytest.raises(RulesError, match=RECORDS if damage == "records" else record.file):
        imported(RULES, tmp_path)

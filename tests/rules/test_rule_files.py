"""A fault in a rule file is named by file, key and mend; nothing with a fault is loaded."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.rules import RulesError
from bot.rules.bands import check, flatten
from bot.rules.loader import load

SOURCES = "sources:\n  page: {url: https://example.org/, about: A page, read: 2026-01-01}\n"
SUBJECTS = "subjects:\n  fees: {about: Fees, stale_after_days: 30}\n"
RULE = """subject: fees
defaults: {verified_on: 2026-01-01, sources: [page]}
rules:
  - id: fees.one
    about: A fee
    shape: figure
    unit: cad
    versions:
      - {from: 2020-01-01, value: 1}
      - {from: 2021-01-01, value: 2}
"""


def written(tmp_path: Path, rule: str = RULE, sources: str = SOURCES, subjects: str = SUBJECTS) -> Path:
    (tmp_path / "fees").mkdir()
    (tmp_path / "sources.yml").write_text(sources, encoding="utf-8")
    (tmp_path / "subjects.yml").write_text(subjects, encoding="utf-8")
    (tmp_path / "fees" / "fees.yml").write_text(rule, encoding="utf-8")
    return tmp_path


def test_a_rule_holds_from_its_first_to_its_last_day(tmp_path):
    rule = load(written(tmp_path))["fees.one"]
    assert [(version.value, version.effective_to) for version in rule.versions] == [(1, date(2020, 12, 31)), (2, None)]
    assert rule.on(date(2020, 12, 31)).value == 1
    assert rule.on(date(2021, 1, 1)).value == 2
    assert rule.versions[0].status_on(date(2021, 1, 1)) == "superseded"
    last = rule.versions[0].effective_to
    assert last is not None
    assert rule.versions[0].status_on(last) == "in_force"
    assert not rule.is_stale(rule.versions[1], date(2026, 1, 31))
    assert rule.is_stale(rule.versions[1], date(2026, 2, 1))


FIRST = "{from: 2020-01-01, value: 1}"


@pytest.mark.parametrize(
    ("was", "is_now", "named"),
    [
        (FIRST, "{from: 2020-01-01, to: 2020-11-30, value: 1}", r"fees/fees.yml: fees.one: .*2020-11-30 leaves a gap"),
        (FIRST, "{from: 2020-01-01, to: 2021-01-01, value: 1}", r"fees.one: .*2021-01-01 leaves an overlap"),
        (FIRST, "{from: 2020-01-01, to: 2020-11-30, value: 1}", r"leaves a gap; the next one starts 2021-01-01"),
        ("id: fees.one", "name: fees.one", r"fees/fees.yml: rule 1: id: Field required"),
        ("defaults: {", "defaults: {valeu: 1, ", r"fees/fees.yml: defaults.valeu: Extra inputs"),
        (FIRST, "{from: 2021-01-01, value: 1}", r"fees.one: version from 2021-01-01: must come after"),
        (FIRST, "{from: 2020-01-01, to: 2019-01-01, value: 1}", r"lies before its first day"),
        (FIRST, "{from: 2020-01-01, value: none}", r"versions from 2020-01-01: value: 'none' is not a figure"),
        (FIRST, "{from: 2020-01-01, value: -1}", r"-1 is not a figure of 0 or more"),
        (FIRST, "{from: 2020-01-01, value: true}", r"True is not a figure"),
        (FIRST, "{from: 2020-01-01}", r"fees.one: versions.0: .*needs status: incomplete and a reason"),
        (FIRST, "{from: 2020-01-01, status: incomplete}", r"needs status: incomplete and a reason"),
        (FIRST, "{from: 2020-01-01, reason: not_established}", r"needs status: incomplete and a reason"),
        (FIRST, "{from: 2020-01-01, value: 1, reason: not_established}", r"must not have a reason"),
        (FIRST, "{from: 2020-01-01, value: 1, valeu: 2}", r"fees/fees.yml: fees.one: versions.0.valeu: Extra inputs"),
        (FIRST, "{from: 2020-13-01, value: 1}", r"fees.yml: not readable as YAML: month must be in 1..12"),
        (FIRST, "{from: 2020-01-01, value: 1, sources: [elsewhere]}", r"sources: 'elsewhere' is not in sources.yml"),
        ("sources: [page]", "confidence: high", r"sources: name at least one source of sources.yml"),
        ("verified_on: 2026-01-01, ", "", r"verified_on: give the day"),
        ("shape: figure", "shape: number", r"shape 'number' is not one of"),
        ("subject: fees", "subject: money", r"subject: 'money' is not in subjects.yml"),
        ("id: fees.one", "id: Fees one", r"fees/fees.yml: Fees one: id: "),
        ("    about: A fee\n", "", r"fees.one: about: Field required"),
        ("    unit: cad\n", "    unit: cad\n    unit: points\n", r"fees.yml: .*the key 'unit' stands twice"),
        ("rules:", "rules: [", r"fees.yml: not readable as YAML"),
    ],
)
def test_a_fault_is_named(tmp_path, was, is_now, named):
    assert was in RULE
    with pytest.raises(RulesError, match=named):
        load(written(tmp_path, RULE.replace(was, is_now)))


def test_a_version_of_one_day_is_a_version(tmp_path):
    one_day = RULE.replace(FIRST, "{from: 2020-12-31, to: 2020-12-31, value: 1}")
    rule = load(written(tmp_path, one_day))["fees.one"]
    assert (rule.on(date(2020, 12, 31)).value, rule.on(date(2021, 1, 1)).value) == (1, 2)
    again = RULE.replace(FIRST, "{from: 2020-12-31, value: 1}")
    (tmp_path / "fees" / "fees.yml").write_text(again, encoding="utf-8")
    assert load(tmp_path)["fees.one"].versions[0].effective_to == date(2020, 12, 31)


def test_a_version_says_for_itself_what_the_file_says_for_all(tmp_path):
    """Who verified, how sure it is and the law: the version's own word comes before the file's."""
    of_all = RULE.replace("defaults: {", "defaults: {verified_by: Ana, confidence: medium, legal: IRPR s. 76, ")
    own = of_all.replace(
        "value: 2}",
        "value: 2, verified_by: Ben, confidence: low, note: In force., missing: One province is not listed.}",
    )
    rule = load(written(tmp_path, own.replace("    unit: cad\n", "    unit: cad\n    legal: IRPR s. 12\n")))["fees.one"]
    assert [(version.verified_by, version.confidence) for version in rule.versions] == [
        ("Ana", "medium"),
        ("Ben", "low"),
    ]
    assert [version.note for version in rule.versions] == [None, "In force. One province is not listed."]
    assert [version.missing for version in rule.versions] == [None, None]
    assert rule.legal == "IRPR s. 12"
    (tmp_path / "fees" / "fees.yml").write_text(of_all, encoding="utf-8")
    assert load(tmp_path)["fees.one"].legal == "IRPR s. 76"


def test_a_version_without_a_value_says_why(tmp_path):
    nothing = "{from: 2021-01-01, status: incomplete, reason: not_established, note: Announced.}"
    version = load(written(tmp_path, RULE.replace("{from: 2021-01-01, value: 2}", nothing)))["fees.one"].versions[1]
    assert (version.value, version.missing, version.note) == (None, "not_established", "Announced.")


def test_a_source_needs_an_address(tmp_path):
    with pytest.raises(RulesError, match=r"sources.yml: sources.page.url: is not an https address"):
        load(written(tmp_path, sources=SOURCES.replace("https://example.org/", "a friend")))


def test_a_missing_register_is_named(tmp_path):
    directory = written(tmp_path)
    (directory / "subjects.yml").unlink()
    with pytest.raises(RulesError, match=r"subjects.yml: the file is missing"):
        load(directory)


def test_a_rule_stands_in_one_file(tmp_path):
    directory = written(tmp_path)
    (directory / "fees" / "more.yml").write_text(RULE, encoding="utf-8")
    with pytest.raises(RulesError, match=r"fees/more.yml: fees.one: stands in fees/fees.yml too"):
        load(directory)


def test_an_id_below_another_rule_is_refused(tmp_path):
    second = RULE.replace("id: fees.one", "id: fees.one.more")
    directory = written(tmp_path)
    (directory / "fees" / "more.yml").write_text(second, encoding="utf-8")
    with pytest.raises(RulesError, match=r"fees.one.more: fees.one is a rule itself"):
        load(directory)


@pytest.mark.parametrize(
    ("shape", "value", "named"),
    [
        ("bands", '{"0": 0, "2-3": 1, ">=4": 2}', r"no band holds 1"),
        ("bands", '{"0": 0, "0-3": 1, ">=4": 2}', r"overlap"),
        ("bands", '{"0": 0, "1": 1}', r"the last band must be open"),
        ("bands", '{"1": 0, ">=2": 1}', r"expected one that starts with 0"),
        ("bands", '{"few": 0, ">=2": 1}', r"'few' is not a band"),
        ("column_bands", '{"0": [1], ">=1": [1, 2]}', r"0: \[1\] is not a pair"),
        ("level_table", '{"5": [4, 4, 4, 4], "4": [4, 3, 3, 3]}', r"level 5 must need more than level 4"),
        ("level_table", '{"6": [4, 4, 4, 4], "4": [3, 3, 3, 3]}', r"level 6 must need more than level 5|level 6"),
        ("level_table", '{"4": [3, 3, 3]}', r"needs four scores"),
        ("table", "[1, 2]", r"\[1, 2\] is not a table"),
        ("table", "{}", r"\{\} is not a table"),
        ("ability_figures", "7", r"7 is not four figures"),
        ("ability_figures", "[7, 7, 7]", r"is not four figures"),
        ("funds_table", "[1, 2]", r"needs exactly the keys amounts and additional"),
        ("funds_table", "{amounts: [1, 2]}", r"needs exactly the keys amounts and additional"),
        ("codes", '["722105"]', r"'722105' is not a NOC code"),
        ("codes", '["7"]', r"'7' is not a NOC code"),
        ("rows", "[{code: a}, 5]", r"needs file: with the name of a CSV file"),
        ("rows", "[]", r"needs file: with the name of a CSV file"),
        ("rows", "7", r"needs file: with the name of a CSV file"),
        ("codes", "[12]", r"12 is not a NOC code in quotes"),
        ("codes", '["72", "72"]', r"stands twice"),
        ("funds_table", "{amounts: [2, 1], additional: 1}", r"a larger family must need more"),
        ("table", "{1: 2}", r"write the key in quotes"),
        ("rows", "{file: nowhere.csv}", r"nowhere.csv is missing beside fees.yml"),
        ("text", '""', r"is not a text"),
        ("names", "[]", r"is not a list"),
        ("flag", "1", r"is not true or false"),
    ],
)
def test_a_value_of_the_wrong_shape_is_named(tmp_path, shape, value, named):
    text = RULE.replace("shape: figure", f"shape: {shape}").replace(FIRST, f"{{from: 2020-01-01, value: {value}}}")
    with pytest.raises(RulesError, match=named):
        load(written(tmp_path, text))


def test_bands_become_cells():
    assert flatten({"<=1": "a", "2-3": "b", ">=4": "c"}) == ("a", "a", "b", "b", "c")
    check(["<=1", "2-3", ">=4"])

"""An operator completes the set of 3 November 2026 with an invented file: refused without provenance, used with it."""

from __future__ import annotations

from datetime import date

import pytest

from bot.assessment import assess
from bot.rules import RuleBook, RulesError
from bot.rules.checking import faults
from bot.rules.completion import changes, completed, read, store, template
from bot.rules.loader import load
from tests.assessment.people import SINGLE, points, profile, score
from tests.rules.invented import INVENTED_URL, LEVELS, READ_ON, READER, SET, invented, write

TODAY = date(2026, 11, 22)
RULES = load()


@pytest.mark.parametrize(
    ("key", "value", "named"),
    [
        ("url", None, r"file.yml: url: is missing; a completion names url, read_on and reader"),
        ("read_on", None, r"file.yml: read_on: is missing"),
        ("reader", None, r"file.yml: reader: is missing"),
        ("reader", "   ", r"file.yml: reader: give the name of the person who read the page"),
        ("reader", "x", r"file.yml: reader: give the name of the person who read the page"),
        ("url", "http://example.org/", r"url: give the https address"),
        ("read_on", "yesterday", r"file.yml: read_on: "),
        ("read_on", date(2026, 11, 23), r"read_on: 2026-11-23 lies in the future"),
        ("set", "crs-2025-03-25", r"set: 'crs-2025-03-25' is not incomplete; these are: crs-2026-11-03"),
        ("extra", 1, r"file.yml: extra: "),
        ("rules", {}, r"file.yml: rules: "),
    ],
)
def test_a_file_without_provenance_is_refused(tmp_path, key, value, named):
    with pytest.raises(RulesError, match=named):
        read(write(tmp_path / "file.yml", {**invented(), key: value}), RULES, TODAY)


@pytest.mark.parametrize(
    ("rule_id", "value", "named"),
    [
        ("crs.core.age", None, r"rules.crs.core.age: is missing; 1 of \d+ cells are not given"),
        ("crs.core.agee", {"0": 0}, r"rules.crs.core.agee: is not a rule of the set"),
        ("fees.rprf_adult", 1, r"rules.fees.rprf_adult: is not a rule of the set"),
        ("crs.set", "x", r"rules.crs.set: is not a rule of the set"),
        ("crs.additional.sibling", -1, r"rules.crs.additional.sibling: -1 is not a figure of 0 or more"),
        ("crs.additional.sibling", 1.5, r"rules.crs.additional.sibling: 1.5 is not a whole number"),
        ("crs.canadian_work.window_years", 2.5, r"rules.crs.canadian_work.window_years: 2.5 is not a whole number"),
        ("crs.additional.sibling", 1201, r"rules.crs.additional.sibling: 1201 is more than crs.grand_total, 1200"),
        (
            "crs.additional.french",
            {"english_below_5": 25, "english_5_or_more": 1201},
            r"rules.crs.additional.french: 1201 is more than crs.grand_total, 1200",
        ),
        ("crs.core.canadian_work", {"0": [0, 0], ">=2": [1, 1]}, r"no band holds 1"),
        ("crs.core.education", {"none": [0, 0]}, r"rules.crs.core.education: row 'bachelor' is missing"),
        (
            "crs.transferability.certificate_language",
            {"clb5": 25, "clb7": 50, "clb8": 60},
            r"rules.crs.transferability.certificate_language: 'clb8' is not in the set before; nothing would read it",
        ),
        ("crs.canadian_work.excludes", ["students"], r"rules.crs.canadian_work.excludes: 'students' is not in the set"),
        ("crs.high_wage.unlisted_points", 5, r"the score counts no points for an occupation that is not on the list"),
        (
            "crs.transferability.education_language",
            {
                "none": {"clb7": 0},
                "one_credential": {"clb7": 0},
                "two_or_more_or_advanced": {"clb7": 0},
            },
            r"needs exactly the columns clb7, clb9",
        ),
        ("crs.high_wage.experience_points", {"2.0": 1}, r"needs points for exactly the levels 1.3, 1.5, 2.0"),
    ],
)
def test_a_cell_that_does_not_fit_is_refused(tmp_path, rule_id, value, named):
    content = invented()
    content["rules"][rule_id] = value
    with pytest.raises(RulesError, match=named):
        read(write(tmp_path / "file.yml", content), RULES, TODAY)


@pytest.mark.parametrize(
    ("advanced", "named"),
    [
        (["two_or_more", "master", "doctorate"], r"'professional' must stand in exactly one row"),
        (
            ["two_or_more", "master", "professional", "doctorate", "bachelor"],
            r"'bachelor' must stand in exactly one row",
        ),
        (["two_or_more", "masters", "professional", "doctorate"], r"'masters' is not in the set before"),
    ],
)
def test_every_level_of_education_has_one_row_of_the_combinations(tmp_path, advanced, named):
    content = invented()
    content["rules"]["crs.transferability.education_bands"]["two_or_more_or_advanced"] = advanced
    with pytest.raises(RulesError, match=f"rules.crs.transferability.education_bands: {named}"):
        read(write(tmp_path / "file.yml", content), RULES, TODAY)


@pytest.mark.parametrize(
    ("code", "level", "named"),
    [
        ("99999", 2.0, r"rules.crs.high_wage.codes: '99999' is not a unit group of NOC 2021"),
        ("63200", 1.7, r"63200: level 1.7 is not one of 1.3, 1.5, 2.0"),
        ("63200", 2.0, r"has 187 codes, crs.high_wage.size says 186"),
    ],
)
def test_a_list_that_does_not_fit_is_refused(tmp_path, code, level, named):
    content = invented()
    content["rules"]["crs.high_wage.codes"][code] = level
    with pytest.raises(RulesError, match=named):
        read(write(tmp_path / "file.yml", content), RULES, TODAY)


def test_a_page_can_be_read_and_stored_on_the_same_day(tmp_path):
    assert read(write(tmp_path / "file.yml", {**invented(), "read_on": TODAY}), RULES, TODAY).read_on == TODAY


def test_every_cell_must_be_given(tmp_path):
    content = invented()
    del content["rules"]["crs.core.age"]
    with pytest.raises(RulesError, match=r"rules.crs.core.age: is missing; 1 of \d+ cells are not given"):
        read(write(tmp_path / "file.yml", content), RULES, TODAY)


def test_what_changes_is_shown(tmp_path):
    found = {item.rule_id: item for item in changes(read(write(tmp_path / "f.yml", invented()), RULES, TODAY), RULES)}
    assert (found["crs.additional.sibling"].before, found["crs.additional.sibling"].after) == (15, 0)
    assert found["crs.high_wage_cap"].before is None
    assert found["crs.core.age"].before == found["crs.core.age"].after


@pytest.fixture
def book(tmp_path):
    """The rules with the invented completion in place."""
    path = write(tmp_path / "file.yml", invented())
    store(path, read(path, RULES, TODAY), tmp_path / "completions")
    return RuleBook(completed(RULES, tmp_path / "completions"))


def test_from_then_on_totals_are_computed_and_carry_the_provenance(book):
    result = assess(profile(sibling_in_canada=True), TODAY, book)
    found = result.crs
    assert (found.status, found.rule_set, found.previous) == ("computed", SET, None)
    (said,) = [note for note in result.notes if note.id == "assessment.note.completed_set"]
    assert said.values == {"since": date(2026, 11, 3), "url": INVENTED_URL, "read_on": READ_ON}
    assert found.total == score(sibling_in_canada=True).total - 15
    for line in found.lines:
        assert line.source == INVENTED_URL
        assert line.since == date(2026, 11, 3)
    reference = book.at(TODAY).reference("crs.core.age.30.without_spouse")
    assert (reference.value, reference.verified_on, reference.missing) == (105, READ_ON, None)
    assert reference.sources[0].about == f"Read by {READER}"
    assert list(faults(book)) == []


def test_earlier_days_stay_as_they_were(book):
    assert assess(profile(), date(2026, 11, 2), book).to_dict() == assess(profile(), date(2026, 11, 2)).to_dict()
    assert "assessment.note.completed_set" not in {note.id for note in assess(profile(), TODAY).notes}


def test_listed_work_in_canada_earns_its_points(book):
    codes = book.at(TODAY).value("crs.high_wage.codes")
    earned = dict(zip(LEVELS, (33, 22, 11), strict=True))
    for code, level in list(codes.items())[:6]:
        listed = assess(profile(noc=code, canadian_work_years=1), TODAY, book).crs
        assert points(listed, "additional.high_wage_experience") == earned[str(level)]
        too_short = assess(profile(noc=code, canadian_work_years=0.5), TODAY, book).crs
        assert points(too_short, "additional.high_wage_experience") == 0
    unlisted = assess(profile(noc="63200", canadian_work_years=1), TODAY, book).crs
    assert points(unlisted, "additional.high_wage_experience") == 0


def test_an_offer_in_an_unknown_occupation_is_left_open(book):
    found = assess(profile(job_offer="other"), TODAY, book).crs
    assert found.status == "range"
    assert {width.fact: width.points for width in found.widths} == {"job_offer": 66}


def test_an_unknown_occupation_is_left_open(book):
    found = assess(profile(noc=None, canadian_work_years=2), TODAY, book).crs
    assert {width.fact: width.points for width in found.widths} == {"noc": 33}


def keep(tmp_path, sibling: int, directory) -> None:
    content = invented()
    content["rules"]["crs.additional.sibling"] = sibling
    path = write(tmp_path / "file.yml", content)
    store(path, read(path, RULES, TODAY), directory)


def test_a_later_file_replaces_the_first_which_is_kept(tmp_path):
    directory = tmp_path / "var" / "rules"
    for sibling in (0, 5, 10):
        keep(tmp_path, sibling, directory)
    assert sorted(path.name for path in directory.iterdir()) == [f"{SET}.yml", f"{SET}.yml.1", f"{SET}.yml.2"]
    rules = RuleBook(completed(RULES, directory)).at(TODAY)
    assert rules.value("crs.additional.sibling") == 10


def test_no_earlier_file_is_written_over(tmp_path):
    for sibling in (0, 5, 10):
        keep(tmp_path, sibling, tmp_path)
    (tmp_path / f"{SET}.yml.1").unlink()
    before = (tmp_path / f"{SET}.yml.2").read_text()
    keep(tmp_path, 15, tmp_path)
    assert (tmp_path / f"{SET}.yml.2").read_text() == before
    assert (tmp_path / f"{SET}.yml.1").exists()


def test_the_file_of_a_set_that_the_product_itself_knows_by_now_is_left_aside(tmp_path):
    keep(tmp_path, 0, tmp_path / "kept")
    shipped = completed(RULES, tmp_path / "kept")
    keep(tmp_path, 5, tmp_path / "kept")
    assert completed(shipped, tmp_path / "kept") == shipped
    with pytest.raises(RulesError, match="is not incomplete; these are: none"):
        template(SET, shipped)


@pytest.mark.parametrize("rule_id", ["crs.grand_total", "crs.high_wage.codes", "crs.high_wage.experience_points"])
def test_what_the_product_knows_of_the_set_need_not_be_given(tmp_path, rule_id):
    keep(tmp_path, 0, tmp_path / "kept")
    known = {**RULES, rule_id: completed(RULES, tmp_path / "kept")[rule_id]}
    content = invented()
    del content["rules"][rule_id]
    assert rule_id not in read(write(tmp_path / "file.yml", content), known, TODAY).rules


def test_the_template_lists_every_cell():
    lines = template(SET, RULES).splitlines()
    cells = {line.strip().rstrip(":") for line in lines if line.startswith("  crs.")}
    assert cells == set(invented()["rules"])
    with pytest.raises(RulesError, match="is not incomplete; these are: crs-2026-11-03"):
        template("crs-2025-03-25", RULES)


def test_nothing_invented_is_in_the_product():
    assert "invented" not in template(SET, RULES)
    assert not [rule for rule in RULES.values() for version in rule.versions if "example.org" in str(version.sources)]
    assert SINGLE["noc"] in {row["code"] for row in RULES["noc.unit_groups"].versions[-1].value}

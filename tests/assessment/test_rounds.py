"""Past rounds: only those a person could have stood in, only on the same scale, never as a forecast."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.assessment.categories import CategoryResult
from bot.assessment.rounds import NO_PREDICTION, Rounds, Scored, history, rounds_for
from bot.facts import Profile
from bot.rules import Rule, RuleBook, rulebook
from bot.rules.rounds_import import check, imported, store
from tests.rules.feed import NEWEST, RULES, TODAY, feed, new

OLD_SCALE, NEW_SCALE = "crs-2025-03-25", "crs-2026-11-03"
BEFORE, AFTER = date(2026, 10, 15), date(2026, 11, 22)
CEC_ONLY = {"cec": "yes", "fsw": "no", "fst": "no"}
NO_PROGRAM = {"cec": "no", "fsw": "no", "fst": "no"}


def rounds(
    score: int | tuple[int, int],
    day: date = BEFORE,
    *,
    programs=CEC_ONLY,
    inside: tuple[str, ...] = (),
    open_: tuple[str, ...] = (),
    scale: str = OLD_SCALE,
    book: RuleBook | None = None,
    **facts,
) -> Rounds:
    low, high = score if isinstance(score, tuple) else (score, score)
    categories = [
        *(CategoryResult(name, "yes") for name in inside),
        *(CategoryResult(name, "cannot_tell") for name in open_),
    ]
    return rounds_for(
        Profile.of(**facts),
        (book or rulebook()).at(day),
        day,
        score=Scored(scale, low, high),
        programs=programs,
        categories=categories,
    )


def kinds(found: Rounds) -> list[str]:
    return [standing.round.type for standing in found.standings]


def test_the_newest_cec_round_with_its_cut_off() -> None:
    found = rounds(520)
    (standing,) = found.standings
    assert (standing.round.number, standing.round.on, standing.round.cut_off) == (446, date(2026, 9, 29), 518)
    assert (standing.position, standing.difference) == ("above", 2)
    assert NO_PREDICTION in found.notes


def test_at_the_cut_off_is_not_below_it_and_the_tie_break_decides() -> None:
    """E11 of the source pages: the score need not be higher than the cut-off."""
    (unknown,) = rounds(518).standings
    assert (unknown.position, [line.id for line in unknown.reasons]) == ("equal", ["tie_break"])
    assert unknown.reasons[0].values["on"] == date(2026, 2, 13)
    (before,) = rounds(518, profile_submitted_on=date(2026, 2, 12)).standings
    (same_day,) = rounds(518, profile_submitted_on=date(2026, 2, 13)).standings
    (after,) = rounds(518, profile_submitted_on=date(2026, 2, 14)).standings
    assert [standing.reasons[0].id for standing in (before, same_day, after)] == [
        "tie_break_before",
        "tie_break",
        "tie_break_after",
    ]


@pytest.mark.parametrize(("score", "position", "apart"), [(519, "above", 1), (518, "equal", 0), (517, "below", -1)])
def test_one_point_is_enough_to_be_above_or_below(score: int, position: str, apart: int) -> None:
    (standing,) = rounds(score).standings
    assert (standing.position, standing.difference, standing.difference_high) == (position, apart, apart)


def test_below_and_a_range_around_the_cut_off() -> None:
    assert (rounds(500).standings[0].position, rounds(500).standings[0].difference) == ("below", -18)
    (standing,) = rounds((500, 540)).standings
    assert (standing.position, standing.difference, standing.difference_high) == ("open", -18, 22)


def test_rounds_for_nominees_are_never_shown_without_a_nomination() -> None:
    assert "pnp" not in kinds(rounds(520))
    assert "pnp" not in kinds(rounds(520, provincial_nomination=False))
    assert "pnp" not in rounds(520).undecided
    assert "pnp" in kinds(rounds(1120, provincial_nomination=True))


def test_a_category_round_needs_the_category_and_a_program() -> None:
    assert kinds(rounds(480, inside=("trades",))) == ["trades", "cec"]
    assert kinds(rounds(480, programs=NO_PROGRAM, inside=("trades",))) == []
    fsw_only = {"cec": "no", "fsw": "yes", "fst": "no"}
    assert kinds(rounds(480, programs=fsw_only, inside=("trades",))) == ["trades"]


def test_what_cannot_be_told_shows_no_cut_off() -> None:
    found = rounds(480, open_=("french",))
    assert kinds(found) == ["cec"]
    assert found.undecided == ("french",)
    open_program = rounds(480, programs={"cec": "cannot_tell", "fsw": "no", "fst": "no"})
    assert (open_program.standings, open_program.undecided) == ((), ("cec",))


def test_no_round_on_the_old_scale_is_compared_with_a_new_score() -> None:
    (standing,) = rounds(620, AFTER, scale=NEW_SCALE).standings
    assert (standing.position, standing.difference) == ("not_comparable", None)
    assert [line.id for line in standing.reasons] == ["other_scale"]


def test_after_the_change_an_old_score_is_compared_with_old_rounds_and_says_so() -> None:
    found = rounds(520, AFTER)
    assert found.standings[0].difference == 2
    assert "scale_changed" in found.notes
    assert "scale_changed" not in rounds(520).notes


def test_rounds_before_march_2025_stand_on_an_earlier_scale() -> None:
    by_number = {held.number: held for held in history(rulebook().at(AFTER))}
    assert by_number[341].rule_set != by_number[342].rule_set == OLD_SCALE
    assert by_number[447].rule_set == OLD_SCALE


def test_a_round_is_stale_after_sixty_days() -> None:
    assert not rounds(520, date(2026, 11, 28)).standings[0].stale
    assert rounds(520, date(2026, 11, 29)).standings[0].stale
    assert not rounds(520, date(2026, 11, 30)).stale
    assert rounds(520, date(2026, 12, 1)).stale


@pytest.mark.parametrize(("day", "number"), [(date(2026, 9, 29), 446), (date(2026, 9, 28), 443)])
def test_a_round_counts_from_its_own_day(day: date, number: int) -> None:
    assert rounds(540, day).standings[0].round.number == number


def test_only_rounds_up_to_the_day() -> None:
    found = rounds(540, date(2025, 5, 20))
    assert found.standings[0].round.number == 347
    assert found.newest == date(2025, 5, 13)


def test_where_no_round_is_known_newer_ones_are_likely() -> None:
    found = rounds(540, date(2020, 1, 1))
    assert (found.standings, found.undecided, found.newest, found.stale) == ((), (), None, True)


@pytest.mark.parametrize(("inside", "said"), [((), False), (("french",), True)])
def test_one_round_on_an_earlier_scale_among_others_is_said(inside: tuple[str, ...], said: bool) -> None:
    """In May 2025 the newest round for French is of 21 March, before the points for job offers ended."""
    found = rounds(550, date(2025, 5, 20), inside=inside)
    assert [standing.position for standing in found.standings] == ["above", *(["not_comparable"] if said else [])]
    assert ("scale_changed" in found.notes) is said


def test_nothing_that_fits_is_no_change_of_the_scale() -> None:
    found = rounds(540, programs=NO_PROGRAM)
    assert (found.standings, found.notes) == ((), (NO_PREDICTION,))


def imported_rounds(tmp_path: Path, *more: dict[str, str]) -> Mapping[str, Rule]:
    """The rules with these rounds after the ones shipped."""
    text = feed(*more)
    store(text, *check(text, RULES, TODAY), tmp_path, origin="feed.json", read_on=TODAY, by="Ana Tran")
    return imported(RULES, tmp_path)


@pytest.mark.parametrize(
    ("answers", "shown", "undecided"),
    [
        (("yes", "no", "no"), {"general", "cec"}, set()),
        (("no", "yes", "no"), {"general", "fsw"}, set()),
        (("no", "no", "yes"), {"general", "fst"}, set()),
        (("no", "no", "no"), set(), set()),
        (("no", "cannot_tell", "no"), set(), {"general", "fsw"}),
    ],
)
def test_a_general_round_is_for_everybody_whom_a_program_fits_and_one_of_a_program_for_those_of_that_program(
    answers: tuple[str, str, str], shown: set[str], undecided: set[str], tmp_path: Path
) -> None:
    names = ("General", "Federal Skilled Worker", "Federal Skilled Trades")
    more = [new(NEWEST + place, "2026-10-14", name, 515, 500) for place, name in enumerate(names, 1)]
    book = RuleBook(imported_rounds(tmp_path, *more))
    found = rounds(520, book=book, programs=dict(zip(("cec", "fsw", "fst"), answers, strict=True)))
    assert set(kinds(found)) == shown
    assert set(found.undecided) == undecided


@pytest.mark.parametrize(
    ("name", "scale", "position", "said"),
    [
        ("Provincial Nominee Program", OLD_SCALE, "above", True),
        ("Provincial Nominee Program", NEW_SCALE, "not_comparable", True),
        ("Canadian Experience Class", OLD_SCALE, "not_comparable", False),
        ("Canadian Experience Class", NEW_SCALE, "above", False),
    ],
)
def test_that_a_cut_off_is_of_the_earlier_rules_is_said_of_the_rounds_that_are_shown(
    name: str, scale: str, position: str, said: bool, tmp_path: Path
) -> None:
    """After a round for nominees on the new scale, the newest round of CEC is still one on the earlier scale."""
    book = RuleBook(imported_rounds(tmp_path, new(NEWEST + 1, "2026-11-18", name, 515, 500)))
    found = rounds(520, AFTER, scale=scale, book=book)
    assert [standing.position for standing in found.standings] == [position]
    assert ("scale_changed" in found.notes) is said


def test_a_round_whose_number_and_day_disagree_is_on_no_certain_scale(tmp_path: Path) -> None:
    """Round 447 is the last one known on the earlier scale; the number after it, before the change, fits neither."""
    more = new(NEWEST + 1, "2026-10-14", "Canadian Experience Class", 515, 500)
    rules = imported_rounds(tmp_path, more)
    for last, scale, position in ((NEWEST + 1, OLD_SCALE, "above"), (NEWEST, None, "not_comparable")):
        rule = rules["rounds.last_on_scale"]
        disagreeing = replace(rule, versions=tuple(replace(version, value=last) for version in rule.versions))
        (standing,) = rounds(520, book=RuleBook({**rules, rule.id: disagreeing})).standings
        assert (standing.round.number, standing.round.rule_set, standing.position) == (NEWEST + 1, scale, position)


def test_all_rounds_are_read() -> None:
    found = history(rulebook().at(AFTER))
    assert [held.number for held in found] == list(range(447, 330, -1))
    assert {held.type for held in found} == {
        "pnp",
        "cec",
        "french",
        "education",
        "healthcare",
        "trades",
        "transport",
        "physicians",
        "senior_managers",
        "military",
    }
    assert all(held.tie_break is not None for held in found)

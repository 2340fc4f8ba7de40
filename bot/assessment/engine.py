"""The whole assessment of one profile on one day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from bot.assessment.crs import Scored, count, score
from bot.assessment.crs.reading import NONE, needs_assessment, same_language, without_assessment
from bot.assessment.language import language_results, off_scale
from bot.assessment.model import LanguageResult, Score
from bot.assessment.programs import programs
from bot.assessment.reason import Reason, reason
from bot.assessment.result import Assessment, Subject
from bot.assessment.work import FOR_POINTS, WorkCount, job_list, work_for_all
from bot.facts import Profile
from bot.rules import RuleBook, Rules, rulebook
from bot.rules.noc import unit_groups
from bot.rules.programs import needs_official_check

Results = Mapping[str, LanguageResult | None]


def assess(profile: Profile, as_of: date, rules: RuleBook | None = None) -> Assessment:
    """What the facts of ``profile`` give on ``as_of``, under the rules of that day.

    Total for every profile: what is not known gives ranges and open conditions. Raises ``RuleDateError`` for a day
    before the first rules, and nothing else.
    """
    day = (rules or rulebook()).at(as_of)
    results = language_results(profile, as_of, day)
    jobs = job_list(profile)
    work = work_for_all(profile, day, as_of, jobs=jobs)
    complete = day.last_complete_score()
    scored = count(profile, as_of, complete, results, work)
    points = score(scored, day)
    results = _costs(profile, as_of, complete, results, work, scored)
    answers = programs(profile, as_of, day, results, work)
    assumed = (*scored.reading.assumptions, *(item for answer in answers for item in answer.assumptions))
    return Assessment(
        as_of=as_of,
        rule_set=points.rule_set,
        crs=points,
        language=tuple([result for result in results.values() if result is not None]),
        programs=answers,
        assumptions=tuple({item.id: item for item in assumed}.values()),
        notes=tuple(_notes(profile, day, results, scored, points)),
        work=work,
        subject=Subject(profile, day, results, jobs, scored),
    )


def crs_score(profile: Profile, as_of: date, rules: RuleBook | None = None) -> Score:
    """The score alone, exactly as ``assess`` gives it, several times faster. Raises as ``assess`` does."""
    day = (rules or rulebook()).at(as_of)
    work = work_for_all(profile, day, as_of, FOR_POINTS) if profile.knows("jobs") else {}
    results = language_results(profile, as_of, day)
    return score(count(profile, as_of, day.last_complete_score(), results, work), day)


def _costs(
    profile: Profile, as_of: date, complete: Rules, results: Results, work: Mapping[str, WorkCount], scored: Scored
) -> dict[str, LanguageResult | None]:
    """The results, with what each expired one costs: the most points that the total would have more with it."""
    found = dict(results)
    for whose, result in results.items():
        if result is not None and result.expired:
            valid = count(profile, as_of, complete, {**results, whose: result._replace(expired=False)}, work)
            found[whose] = result._replace(costs=valid.high - scored.high)
    return found


def _notes(profile: Profile, rules: Rules, results: Results, scored: Scored, crs: Score) -> Iterator[Reason]:
    """What the reader must know about this result, as texts by their full id."""
    if crs.previous is not None:
        yield reason(
            "assessment.note.rules_incomplete",
            "crs.set",
            since=crs.in_force_from,
            until=crs.previous.in_force_until,
        )
        yield reason("assessment.note.high_wage", "crs.high_wage.codes", since=crs.in_force_from)
    points = rules.version("crs.set")
    if points.completed:
        source = points.sources[0]
        yield reason(
            "assessment.note.completed_set",
            "crs.set",
            since=points.effective_from,
            url=source.url,
            read_on=source.read,
        )
    checked = needs_official_check(rules)
    if checked is not None:
        yield reason("assessment.note.programs_check", "programs.outside_quebec", confirmed=checked)
    if not rules.has("programs.outside_quebec"):
        yield reason("assessment.note.programs_not_recorded", since=rules.first_day("programs.outside_quebec"))
    if rules.has("funds.table") and rules.reference("funds.table").stale:
        yield reason("assessment.note.funds_check", "funds.table", since=rules.version("funds.table").effective_from)
    for result in results.values():
        if result is not None and (result.of != "spouse" or True in scored.reading.columns):
            yield from _notes_of_result(result)
    if same_language(results["first"], results["second"]):
        yield reason("assessment.note.same_language")
    elif _second_reaches_more(rules, results):
        yield reason("assessment.note.second_language_first", "fsw.language", level=rules.value("fsw.language"))
    noc, known = profile.value("noc"), unit_groups(rules)
    if noc is not None and known and noc not in known:
        yield reason("assessment.note.noc_not_found", "noc.unit_groups", noc=noc)
    if profile.value("eca") in {"not_done", "in_progress"} and needs_assessment(profile):
        beside = without_assessment(profile) != NONE
        yield reason("assessment.note.canadian_diploma_alone" if beside else "assessment.note.eca_missing")


def _notes_of_result(result: LanguageResult) -> Iterator[Reason]:
    """What is wrong with a test result; that one expired which nothing hangs on is said of the first language only."""
    if result.expired and (result.costs or result.of == "first"):
        yield reason(
            f"assessment.note.expired_{result.of}", "validity.language_test", on=result.expires_on, points=result.costs
        )
    if off_scale(result):
        yield reason(f"assessment.note.off_scale_{result.of}")
    if result.estimated:
        yield reason(f"assessment.note.estimated_{result.of}")


def _second_reaches_more(rules: Rules, results: Results) -> bool:
    """Whether only the second language reaches the level that a program asks of the first one; an open one may too."""
    first, second = results["first"], results["second"]
    if first is None or second is None or first.expired or second.expired or not rules.has("fsw.language"):
        return False
    needed: int = rules.value("fsw.language")
    below = any(ability.level is not None and ability.level < needed for ability in first.abilities)
    return below and all(ability.level is not None and ability.level >= needed for ability in second.abilities)

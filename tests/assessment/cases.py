"""A profile with everything that documents and risks look at, worked out."""

from datetime import date

from bot.assessment.case import Case, asked_for_funds
from bot.assessment.crs.reading import spouse_columns
from bot.assessment.funds import funds_for
from bot.assessment.history import police_certificates
from bot.assessment.language import language_result
from bot.assessment.programs import programs
from bot.assessment.timeline import timeline
from bot.assessment.work import work_for_all
from bot.facts import Profile
from bot.rules import rulebook


def case_of(profile: Profile, day: date) -> Case:
    """The case of a profile on a day, as an assessment puts it together."""
    rules = rulebook().at(day)
    results = {whose: language_result(profile, whose, day, rules) for whose in ("first", "second", "spouse")}
    language = tuple(result for result in results.values() if result is not None)
    work = work_for_all(profile, rules, day)
    answers = programs(profile, day, rules, results, work)
    return Case(
        profile=profile,
        rules=rules,
        as_of=day,
        columns=spouse_columns(profile)[0],
        language=language,
        programs=answers,
        work=work,
        timeline=timeline(profile, rules, day, language=language, work=work),
        funds=funds_for(profile, rules),
        police=police_certificates(profile, rules, day),
        asked_for_funds=asked_for_funds(answers),
    )

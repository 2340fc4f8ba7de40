"""Which question comes next, and what it asks for."""

from __future__ import annotations

from collections.abc import Collection

from bot.facts.profile import Profile
from bot.facts.values import UNKNOWN
from bot.facts.vocabulary import JointQuestion, vocabulary


def open_questions(profile: Profile, skipped: Collection[str] = ()) -> list[str]:
    """Facts still to be asked, in the order of the vocabulary, that make sense for this person."""
    return [
        fact.id
        for fact in vocabulary().values()
        if fact.asked and profile.is_open(fact.id) and fact.id not in skipped and profile.applies(fact.id)
    ]


def asked_together(profile: Profile, fact_id: str) -> tuple[str, ...]:
    """The open facts that the question for ``fact_id`` asks for."""
    question = joint_question(profile, fact_id)
    return (fact_id,) if question is None else _asked_by(question, profile)


def alone(profile: Profile, fact_id: str) -> Profile:
    """A copy in which ``fact_id`` is asked for by itself, and not whether others hold as well."""
    joint = joint_question(profile, fact_id)
    others = joint.holding if joint is not None else ()
    return profile.with_facts({other: UNKNOWN for other in others if other != fact_id})


def joint_question(profile: Profile, fact_id: str) -> JointQuestion | None:
    """The question that asks for ``fact_id`` and for other facts at once; None: it is asked alone."""
    for question in vocabulary().questions:
        if fact_id in question.facts and len(found := _asked_by(question, profile)) > 1 and fact_id in found:
            return question
    return None


def _asked_by(question: JointQuestion, profile: Profile) -> tuple[str, ...]:
    found = tuple(fact for fact in question.facts if profile.is_open(fact) and not excluded(profile, fact))
    return found if question.holding or found == question.facts else ()


def no_longer_applicable(profile: Profile) -> list[str]:
    """Told facts that make no sense any more after another answer changed.

    One whose question only cannot be asked yet stays: the partner's diploma was told before whether the partner comes.
    """
    return [fact_id for fact_id in profile if excluded(profile, fact_id)]


def excluded(profile: Profile, fact_id: str) -> bool:
    """Whether an answer that is known rules the fact out."""
    return profile.spared(fact_id) or any(
        excluded(profile, parent) or (not profile.is_open(parent) and profile.value(parent) not in allowed)
        for parent, allowed in vocabulary()[fact_id].when.items()
    )

"""The knowledge base: every topic by id, and its answer for one person on one day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import ValidationError

from bot import files
from bot.facts import Profile, vocabulary
from bot.knowledge import rounds_asked
from bot.knowledge.answer import Answer, Button, Source
from bot.knowledge.catalogue import Language, day, text
from bot.knowledge.figures import Figures, MissingFigureError
from bot.knowledge.firm import FirmWords
from bot.knowledge.notices import reform_notice
from bot.knowledge.pages import pages
from bot.knowledge.places import DERIVED, Filling
from bot.knowledge.replies import urgent_notice
from bot.knowledge.rounds_asked import RoundsAsked
from bot.knowledge.tables import ROUNDS, rounds_age, table
from bot.knowledge.topic import AHEAD, KNOWN, PAST, UNKNOWN, Line, Topic
from bot.knowledge.wording import payload, value_text
from bot.rules import RuleValue

DIRECTORY = Path(__file__).with_name("topics")


class TopicError(ValueError):
    """A topic file is not well formed; the message names the file, the key and what is wrong."""


class UnknownTopicError(KeyError):
    """No topic has this id."""


@lru_cache(maxsize=1)
def topics() -> Mapping[str, Topic]:
    """The project's topics by id, in the order of their groups. Raises ``TopicError``."""
    return load(DIRECTORY)


def load(directory: Path) -> Mapping[str, Topic]:
    """Read and check every topic of a directory."""
    found: dict[str, Topic] = {}
    for path in sorted(directory.glob("*.yml")):
        topic = _read(path)
        if topic.id != path.stem:
            raise TopicError(f"{path.name}: id: {topic.id} must be the name of its file")
        found[topic.id] = topic
    for topic in found.values():
        for following in topic.next:
            if following not in found:
                raise TopicError(f"{topic.id}.yml: next: there is no topic {following}")
            if following == topic.id:
                raise TopicError(f"{topic.id}.yml: next: a topic cannot follow itself")
        for aspect, other in topic.about.items():
            if isinstance(other, str) and (other not in found or other == topic.id):
                raise TopicError(f"{topic.id}.yml: about.{aspect}: there is no other topic {other}")
    return found


def _read(path: Path) -> Topic:
    try:
        entry = files.read(path)
    except yaml.YAMLError as error:
        raise TopicError(f"{path.name}: not readable as YAML: {error}") from None
    try:
        return Topic.model_validate(entry)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"]) or "file"
        raise TopicError(f"{path.name}: {key}: {first['msg']}") from None


def answer(
    topic_id: str,
    *,
    language: Language,
    as_of: date,
    profile: Profile,
    firm: FirmWords,
    more: bool = False,
    about: str | None = None,
    rounds: RoundsAsked | None = None,
) -> Answer:
    """The answer to a topic for this person on this day; ``more``: its second part; ``about``: to a follow-up;
    ``rounds``: of a topic with a table of rounds, those of a kind or a year alone.

    Figures come from the rules in force on ``as_of``. Where one is stale, disputed, incomplete or
    missing the answer says so. Raises ``UnknownTopicError``.
    """
    topic = topics().get(topic_id)
    if topic is None:
        raise UnknownTopicError(topic_id)
    figures = Figures(as_of)
    filling = Filling(language, profile, firm, figures)
    followed = topic.said_about.get(about or "")
    if rounds is not None and topic.table in ROUNDS:
        shown = rounds_asked.table(rounds, filling)
        lines = [*rounds_asked.lead(rounds, filling), *_said(topic.answer[1:] if shown else (), filling)]
    else:
        lines = list(_said(followed or (topic.more if more else topic.answer), filling))
        shown = None if more or followed or topic.table is None else table(topic.table, filling)
    if topic.notice == "urgent" and not more:
        lines.append(urgent_notice(language, firm))
    if topic.table in ROUNDS and (shown is not None or rounds is not None):
        lines.append(rounds_age(filling))
    declared = tuple(_declared(topic, figures))
    return Answer(
        language=language,
        lines=(*lines, *_warnings(figures.used, declared, as_of, language)),
        kind="answer",
        buttons=tuple(_buttons(topic, filling, more=more)),
        table=shown,
        sources=(_source(topic, (*figures.used, *declared), language),),
        notices=tuple(_notices(topic, filling)),
        topic=topic.id,
    )


def _said(lines: tuple[Line, ...], filling: Filling) -> Iterator[str]:
    """The lines whose conditions hold. A line whose figure is missing is left out; ``figures`` remembers it."""
    for line in lines:
        if holds(line, filling):
            try:
                yield filling.fill(line[filling.language])
            except MissingFigureError:
                continue


def holds(line: Line, filling: Filling) -> bool:
    """Whether every condition of the line is met."""
    return all(_met(key, allowed, filling) for key, allowed in line.when.items())


def _met(key: str, allowed: tuple[object, ...], filling: Filling) -> bool:
    kind, _, name = key.partition(".")
    if kind == "rule":
        rule = filling.figures.look(name)
        return rule is not None and rule.status in allowed
    if kind == "derived":
        value = filling.derive(name)
        if isinstance(value, date) and (AHEAD in allowed or PAST in allowed):
            return (AHEAD if DERIVED[name].lies_ahead(value, filling.figures.as_of) else PAST) in allowed
    elif kind == "firm":
        value = getattr(filling.firm, name)
    else:
        value = filling.profile.value(key)
        if value in allowed:
            return True
    return (UNKNOWN if value is None else KNOWN) in allowed


def _declared(topic: Topic, figures: Figures) -> Iterator[RuleValue]:
    """The rules that the words hang on although no figure of them is filled in."""
    read = {rule.id for rule in figures.used}
    for rule_id in topic.rules:
        rule = figures.look(rule_id)
        if rule is not None and rule.value is not None and rule.id not in read and not _newer_is_due(rule):
            yield rule


def _newer_is_due(rule: RuleValue) -> bool:
    """A newer table of figures is due; that says nothing against words without its figures."""
    return rule.stale and rule.needs_official_check is not None


def _source(topic: Topic, relied_on: Sequence[RuleValue], language: Language) -> Source:
    """The official page, with the last day on which the oldest thing said was confirmed."""
    page = pages()[topic.link]
    confirmed = [rule.needs_official_check or rule.verified_on for rule in relied_on]
    verified = min((topic.reviewed_on, *confirmed))
    return Source(page.title[language], page.url[language], day(verified, language))


def _warnings(
    used: Sequence[RuleValue], declared: Sequence[RuleValue], as_of: date, language: Language
) -> Iterator[str]:
    """What must be known about the rules that the answer rests on: a sentence for each kind of doubt.

    ``used``: rules whose figures are said; ``declared``: rules that only the words hang on.
    """
    if any(rule.value is None for rule in used):
        yield text("faq.flag.missing", language)
    for since in sorted({rule.effective_from for rule in used if rule.stale and rule.needs_official_check}):
        yield text("faq.flag.newer", language, since=since, year=str(as_of.year))
    if old := [rule.verified_on for rule in used if rule.stale and not rule.needs_official_check]:
        yield text("faq.flag.stale", language, on=min(old))
    checks = [rule.needs_official_check for rule in (*used, *declared) if rule.needs_official_check and not rule.stale]
    checks += [rule.verified_on for rule in declared if rule.stale and not rule.needs_official_check]
    if checks:
        yield text("faq.flag.unconfirmed", language, on=min(checks))
    if any(rule.disputed for rule in used):
        yield text("faq.flag.disputed", language)


def _buttons(topic: Topic, filling: Filling, *, more: bool) -> Iterator[Button]:
    language = filling.language
    if topic.more and not more and any(holds(line, filling) for line in topic.more):
        yield Button(text("faq.button.more", language), payload("faq", {"topic": topic.id, "more": True}))
    if topic.asks and filling.profile.is_open(topic.asks):
        for value in vocabulary()[topic.asks].values:
            said = value_text(topic.asks, value, language)
            yield Button(said, payload("faq", {"topic": topic.id, topic.asks: value}))
        return
    for following in map(topics().__getitem__, topic.next):
        if filling.firm.licensee or not following.with_licensee:
            yield Button(following.title[language], payload("faq", {"topic": following.id}))
    if topic.offer_person and filling.firm.licensee:
        yield Button(text("faq.button.person", language), "/ask_person")


def _notices(topic: Topic, filling: Filling) -> Iterator[str]:
    language = filling.language
    match topic.notice:
        case "advice":
            yield text("notice.advice", language)
        case "reform":
            yield from reform_notice(filling.figures.as_of, language)
    yield text("notice.general", language)

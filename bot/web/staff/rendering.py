"""Pages of the console: one environment of templates, and what every page needs."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import jinja2
from aiohttp import web
from babel.dates import format_datetime, format_timedelta
from babel.numbers import format_percent
from markupsafe import Markup

from bot.intake.staff.accounts import Account
from bot.intake.staff.roles import roles
from bot.knowledge.catalogue import (
    LANGUAGES,
    LOCALES,
    Language,
    UnknownTextError,
    catalogue,
    day,
    number,
    short_day,
    text,
)
from bot.knowledge.notices import rule_date
from bot.knowledge.rule_notes import rule_about, rule_note
from bot.web.staff.access import form_token, remember_browser, visit_of
from bot.web.state import STATE
from bot.web.visitors import language_of

TEMPLATES: Final = Path(__file__).with_name("templates")
STATIC: Final = Path(__file__).with_name("static")
TOKENS: Final = Path(__file__).parents[1] / "static" / "tokens.css"
"""Colours, shared with the visitor's page."""
ENVIRONMENT: web.AppKey[jinja2.Environment] = web.AppKey("staff_environment", jinja2.Environment)

NAVIGATION: Final = (
    ("today", "/staff/today", "leads.read"),
    ("leads", "/staff/leads", "leads.read"),
    ("bulk", "/staff/bulk", "bulk.run"),
    ("reports", "/staff/reports", "reports.read"),
    ("rules", "/staff/rules", "content.read"),
    ("knowledge", "/staff/knowledge", "content.read"),
    ("replies", "/staff/replies", "leads.read"),
    ("outbox", "/staff/outbox", "outbox.read"),
    ("accounts", "/staff/accounts", "accounts.manage"),
    ("audit", "/staff/audit", "audit.read"),
    ("compliance", "/staff/compliance", "content.read"),
    ("settings", "/staff/settings", "settings.change"),
)
"""Sections of the console, and the permission without which one is not shown."""
WITHIN: Final[Mapping[str, tuple[str, ...]]] = {"leads": ("board", "export"), "outbox": ("subscribers",)}
"""Pages that belong to a section and have an address of their own."""


def environment() -> jinja2.Environment:
    """Templates in which every value is escaped; a name that is not given is an error."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    made.globals["version"] = _version()
    made.globals["roles"] = roles()
    made.globals["rule_date"] = rule_date
    made.globals["within"] = WITHIN
    return made


def page(request: web.Request, template: str, *, status: int = 200, **values: Any) -> web.Response:
    """A page, or with htmx the part of it that the template makes of ``partial``."""
    visit = visit_of(request)
    account = visit.account if visit and visit.stage == "full" else None
    language = spoken(request)
    words = words_of(request)
    html = (
        request.app[ENVIRONMENT]
        .get_template(template)
        .render(
            language=language,
            other_language=next(one for one in LANGUAGES if one != language),
            t=words.say,
            n=words.count,
            words=words,
            firm=request.app[STATE].firm,
            account=account,
            navigation=_navigation(account),
            path=request.path,
            csrf=form_token(request),
            done=_done(request, words),
            partial="HX-Request" in request.headers and "HX-Boosted" not in request.headers,
            **values,
        )
    )
    response = web.Response(text=html, status=status, content_type="text/html")
    remember_browser(request, response)
    return response


def partial(request: web.Request, template: str, **values: Any) -> str:
    """A part of a page by itself."""
    language, words = spoken(request), words_of(request)
    made = request.app[ENVIRONMENT].get_template(template)
    return made.render(language=language, t=words.say, n=words.count, words=words, **values)


def spoken(request: web.Request) -> Language:
    """The language of the person's account; before log-in ``?language=``, or the browser's.

    In the inbox the same word asks for leads of a language.
    """
    visit, asked = visit_of(request), request.query.get("language")
    if visit:
        return visit.account.language
    return asked if asked in LANGUAGES else language_of(request)  # type: ignore[return-value]


def words_of(request: web.Request) -> Words:
    return Words(spoken(request), request.app[STATE].zone)


def back(address: str, done: str = "") -> web.Response:
    """After something was changed: the page again. ``done``: which text ``console.done.…`` it begins with."""
    mark = f"{'&' if '?' in address else '?'}done={done}" if done else ""
    path, hash_mark, place = address.partition("#")
    return web.Response(status=303, headers={"Location": f"{path}{mark}{hash_mark}{place}"})


async def form_of(request: web.Request) -> Mapping[str, str]:
    """The texts of a form, trimmed."""
    return {key: value.strip() for key, value in (await request.post()).items() if isinstance(value, str)}


class Words:
    """Texts, numbers and moments in one language."""

    def __init__(self, language: Language, time_zone: ZoneInfo) -> None:
        self.language = language
        self.colon = "\u00a0:" if language == "fr" else ":"
        self._zone = time_zone

    def say(self, key: str, **values: Any) -> str:
        return text(f"console.{key}", self.language, **values)

    def count(self, key: str, count: int, **values: Any) -> str:
        """The text ``key.one`` or ``key.other``; French counts zero as one."""
        one = count == 1 if self.language == "en" else count < 2
        return text(f"console.{key}.{'one' if one else 'other'}", self.language, count=count, **values)

    def maybe(self, key: str, fallback: str) -> str:
        """A text of the whole catalogue that may not be there, as for a code that came from elsewhere."""
        try:
            return catalogue()[key][self.language]
        except UnknownTextError:
            return fallback

    def note(self, note: str) -> str:
        """What the rule data says of a doubt, in the reader's language; a note of one's own stays as it was written."""
        return self.maybe(f"console.rules.mark.{note}", "") or rule_note(note, self.language)

    def about(self, about: str) -> str:
        """What a rule is about, or the note of one of its versions."""
        return rule_about(about, self.language)

    def channel(self, channel: str) -> str:
        """A channel as it stands on a line: our own page has a shorter name there than on its switch."""
        return self.say("channel_web") if channel == "web" else self.maybe(f"console.settings.name.{channel}", channel)

    def filled(self, key: str, fallback: str, **values: Any) -> str:
        """The same, with places."""
        try:
            return text(key, self.language, **values)
        except (UnknownTextError, KeyError):
            return fallback

    def short_day(self, value: date) -> str:
        return short_day(value, self.language)

    def day(self, value: date | str) -> str:
        return day(date.fromisoformat(value) if isinstance(value, str) else value, self.language)

    def number(self, value: float) -> str:
        return number(value, self.language)

    def moment(self, value: datetime) -> Markup:
        """A moment in the firm's time zone, with the exact one for machines."""
        return Markup('<time datetime="{}">{}</time>').format(_machine(value), self._exact(value))

    def ago(self, value: datetime) -> Markup:
        """How long ago, with the moment itself on pointing at it."""
        past = max(datetime.now(UTC) - value, timedelta())
        locale = LOCALES[self.language]
        shown = format_timedelta(-past, add_direction=True, format="long", threshold=1.2, locale=locale)
        return Markup('<time datetime="{}" title="{}">{}</time>').format(_machine(value), self._exact(value), shown)

    def share(self, value: float) -> str:
        """A share of one: ``12.5%`` and ``12,5 %``."""
        return format_percent(value, "#,##0.#\u00a0%" if self.language == "fr" else "#,##0.#%", LOCALES[self.language])

    def _exact(self, value: datetime) -> str:
        here = value.astimezone(self._zone)
        clock = "HH 'h' mm" if self.language == "fr" else "HH:mm"
        return f"{self.short_day(here.date())}, {format_datetime(here, clock, locale=LOCALES[self.language])}"


def _machine(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="seconds")


def _navigation(account: Account | None) -> list[tuple[str, str]]:
    return [(key, address) for key, address, needs in NAVIGATION if account and account.may(needs)]


def _done(request: web.Request, words: Words) -> str:
    done = request.query.get("done", "")
    return words.maybe(f"console.done.{done}", "") if done else ""


def _version() -> str:
    digest = hashlib.sha256()
    for path in (TOKENS, *sorted(STATIC.iterdir())):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]

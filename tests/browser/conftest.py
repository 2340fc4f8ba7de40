"""A browser, the assistant's own server with a scripted dialogue, and a visitor in front of both."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from chromium import NoChromiumError, chromium
from office import Office
from playwright.sync_api import Browser, BrowserContext, Page, expect
from scripted import ScriptedDialogue
from serving import Assistant, Site
from visitor import Visitor

from tests.databases import KINDS, postgresql_url, without_tables

__all__ = ["postgresql_url"]

NewVisitor = Callable[..., Visitor]
Come = Callable[..., Page]

expect.set_options(timeout=20_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if {"browser", "new_visitor"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    try:
        with chromium() as found:
            yield found
    except NoChromiumError as error:
        pytest.fail(str(error), pytrace=False)


@pytest.fixture
def dialogue() -> ScriptedDialogue:
    return ScriptedDialogue()


@pytest.fixture
def site() -> Iterator[Site]:
    """A website of another origin."""
    found = Site()
    found.start()
    yield found
    found.close()


@pytest.fixture
def assistant(tmp_path: Path, dialogue: ScriptedDialogue, request: pytest.FixtureRequest) -> Iterator[Assistant]:
    """The assistant's server; it lets the website of the test embed it, if there is one."""
    settings: dict[str, Any] = {}
    if "site" in request.fixturenames:
        site = request.getfixturevalue("site")
        settings["allowed_origins"] = (site.url,)
    server = Assistant(tmp_path, dialogue, **settings)
    if "site" in request.fixturenames:
        site.assistant = server.url
    server.start()
    yield server
    server.close()


@pytest.fixture
def new_visitor(browser: Browser, assistant: Assistant) -> Iterator[NewVisitor]:
    """Makes visitors: each has a browser profile of its own. What a page logs as an error fails the test."""
    contexts: list[BrowserContext] = []
    visitors: list[Visitor] = []

    def make(*, width: int = 1280, height: int = 860, language: str = "en", **options: Any) -> Visitor:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            locale=f"{language}-CA",
            timezone_id="America/Toronto",
            **options,
        )
        context.set_default_timeout(20_000)
        contexts.append(context)
        visitor = Visitor(context.new_page(), assistant.url)
        visitors.append(visitor)
        return visitor

    yield make
    troubles = [trouble for visitor in visitors for trouble in visitor.troubles]
    for context in contexts:
        context.close()
    assert not troubles, troubles


@pytest.fixture
def visitor(new_visitor: NewVisitor) -> Visitor:
    """Somebody who has just opened the page."""
    return new_visitor().opens("/")


@pytest.fixture
def page(visitor: Visitor) -> Page:
    return visitor.page


@pytest.fixture(scope="module", params=KINDS)
def office(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The server with the firm's people and a few leads, on each database in turn; one for all tests of a file."""
    settings = {}
    if request.param == "postgresql":
        settings["database_url"] = without_tables(request.getfixturevalue("postgresql_url"))
    found = Office(tmp_path_factory.mktemp("office"), ScriptedDialogue(), **settings)
    found.start()
    yield found
    found.close()


@pytest.fixture
def come(browser: Browser, office: Office) -> Iterator[Come]:
    """Opens a browser for somebody with a role, or for nobody. What a page logs as an error fails the test."""
    contexts: list[BrowserContext] = []
    visitors: list[Visitor] = []

    def new(role: str = "", **options: Any) -> Page:
        usual = {"locale": "en-CA", "viewport": {"width": 1280, "height": 860}}
        context = browser.new_context(**usual | options)
        context.set_default_timeout(10_000)
        contexts.append(context)
        if role:
            context.add_cookies([office.cookie(role)])  # type: ignore[list-item]
        visitors.append(Visitor(context.new_page(), office.url))
        return visitors[-1].page

    yield new
    troubles = [trouble for visitor in visitors for trouble in visitor.troubles]
    for context in contexts:
        context.close()
    expected = ("409", "422", "404")  # what a page answers that says what does not fit, or that it is gone
    assert not [trouble for trouble in troubles if not any(status in trouble for status in expected)], troubles

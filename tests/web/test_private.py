"""A visitor's private pages: a result to keep and print, and a copy of the data; nobody else's business."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import date
from itertools import chain
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp import ClientSession
from reportlab.pdfbase.ttfonts import TTFont

from bot.facts import Profile
from bot.intake import erasure, links
from bot.intake.database import Database
from bot.intake.links import Kind
from bot.knowledge.catalogue import LANGUAGES, Language, catalogue
from bot.web.result_pdf import BODY, FONTS, STRONG
from tests.databases import database, sqlite_url
from tests.intake.people import PROFILE, made
from tests.web.conftest import Browser

__all__ = ["database"]
database_url = sqlite_url

PERSON = Profile.of(age=31, education="master", marital_status="single", eca="done", eca_issued_on=date(2025, 1, 5))


@pytest_asyncio.fixture
async def page(browser: Browser) -> AsyncIterator[ClientSession]:
    yield browser(origin="")


def link(database: Database, kind: Kind, language: Language = "en", day: date = date(2026, 11, 25)) -> str:
    lead = made(database, profile=PROFILE)
    with database.session() as session:
        return links.make(
            session,
            database.seal,
            lead.conversation_id,
            kind,
            language=language,
            channel="web",
            as_of=day,
            profile=PERSON,
        )


@pytest.mark.parametrize(("language", "words"), [("en", "Your Express Entry result"), ("fr", "Votre résultat")])
async def test_the_result_can_be_read_without_a_name_in_it(
    database: Database, page: ClientSession, language: Language, words: str
) -> None:
    token = link(database, "result", language)
    async with page.get(f"/result/{token}") as response:
        text = await response.text()
        assert response.status == 200
        assert response.headers["Referrer-Policy"] == "same-origin"  # the address never leaves us
        assert response.headers["X-Robots-Tag"] == "noindex"
        assert response.headers["Cache-Control"] == "no-store"
    assert words in text
    assert f'lang="{language}"' in text
    assert "31" in text
    assert not re.search("Anna|home.example", text)


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", ("As of November 25, 2026", "Met: ", "March 25, 2025", "1,200")),
        ("fr", ("En date du 25 novembre 2026", "Rempli\u00a0: ", "25 mars 2025", "1\u00a0200")),
    ],
)
async def test_days_numbers_and_colons_are_written_as_the_language_does(
    database: Database, page: ClientSession, language: Language, written: tuple[str, ...]
) -> None:
    async with page.get(f"/result/{link(database, 'result', language)}") as response:
        shown = re.sub(r"<[^>]+>|\s+(?=<)", "", (await response.text()).partition("<main")[2])
    for words in written:
        assert words in shown, words
    assert not re.search(r"\d{4}-\d\d-\d\d", shown)
    assert not re.search(r"\w:\s", shown) or language == "en"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_result_is_a_document_to_print(database: Database, page: ClientSession, language: Language) -> None:
    token = link(database, "result", language)
    async with page.get(f"/result/{token}/result.pdf") as response:
        body = await response.read()
        assert response.content_type == "application/pdf"
        assert 'filename="result-2026-11-25.pdf"' in response.headers["Content-Disposition"]
    assert body.startswith(b"%PDF-")
    assert 1 <= body.count(b"/Type /Page\n") <= 6


@pytest.mark.parametrize("font", [BODY, STRONG])
def test_the_fonts_hold_every_letter_that_is_said(font: str) -> None:
    glyphs = TTFont(font, FONTS / f"{font}.ttf").face.charToGlyph
    prefixes = ("assessment", "notice", "result_page", "fact", "row", "crs", "factor")
    texts = chain.from_iterable(said.values() for key, said in catalogue().items() if key.split(".")[0] in prefixes)
    missing = {letter for said in texts for letter in said if letter.isprintable() and ord(letter) not in glyphs}
    assert missing == set()


async def test_a_result_under_rules_that_have_changed_says_so(database: Database, page: ClientSession) -> None:
    old, new = link(database, "result", day=date(2024, 6, 1)), link(database, "result", day=date.today())
    async with page.get(f"/result/{old}") as response:
        assert "The rules have changed since June 1, 2024" in await response.text()
    async with page.get(f"/result/{new}") as response:
        assert "Ask the assistant for a new result" not in await response.text()


async def test_the_visitor_takes_the_page_away(database: Database, page: ClientSession, browser: Browser) -> None:
    token = link(database, "result")
    async with browser(origin="https://evil.example").post(f"/result/{token}/erase") as response:
        assert response.status == 403
    async with page.post(f"/result/{token}/erase") as response:
        assert "The page is erased." in await response.text()
    async with page.get(f"/result/{token}") as response:
        assert response.status == 404
        assert "nothing at this address" in await response.text()


async def test_a_copy_of_everything_as_page_json_and_text(database: Database, page: ClientSession) -> None:
    token = link(database, "data", "fr")
    async with page.get(f"/data/{token}") as response:
        text = await response.text()
        assert "Ce qui est conservé à votre sujet" in text
        assert "anna@home.example" in text
    async with page.get(f"/data/{token}/data.json") as response:
        data = await response.json()
        assert data["conversations"][0]["lead"]["name"] == "Anna Ødegård"
    async with page.get(f"/data/{token}/data.txt") as response:
        assert "Hello there" in await response.text()
        assert response.charset == "utf-8"


async def test_links_of_one_kind_do_not_open_the_other_and_end_with_the_person(
    database: Database, page: ClientSession
) -> None:
    result, data = link(database, "result"), link(database, "data")
    for wrong in (f"/data/{result}", f"/result/{data}", "/result/x", f"/data/{result}/data.json"):
        async with page.get(wrong) as response:
            assert response.status == 404
    with database.session() as session:
        found = links.follow(session, database.seal, data, "data").conversation_id
        erasure.erase(session, database.seal, found, "visitor")
    async with page.get(f"/data/{data}") as response:
        assert response.status == 404


def test_the_fonts_come_with_the_library() -> None:
    assert all((Path(FONTS) / f"{font}.ttf").is_file() for font in (BODY, STRONG))

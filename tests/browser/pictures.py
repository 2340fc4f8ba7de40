"""Takes the pictures of the documentation: ``python tests/browser/pictures.py [--every FOLDER]``.

Without ``--every`` the pictures of ``docs/images`` are written: the visitor's page, and the console with the invented
people of ``assistant demo``. With it, chat, result and every page of the console in both languages, light and dark,
narrow and wide, go to a folder, for looking at.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

from chromium import chromium
from office import Office
from playwright.sync_api import Browser, Page, expect
from scripted import EXAMPLE, ScriptedDialogue
from serving import Assistant
from test_console_accessibility_in_browser import PAGES
from visitor import Visitor

from bot.intake import demo
from bot.intake.inbox import Filters, page
from bot.intake.staff import accounts

IMAGES = Path(__file__).parents[2] / "docs" / "images"
LARGEST = 200_000
"""Bytes of a picture of the documentation."""

WORDS = {
    "en": {"start": "Start my assessment", "ask": "How much money do I need?"},
    "fr": {"start": "Commencer mon évaluation", "ask": "Combien de fonds faut-il?"},
}


@dataclass(frozen=True)
class Picture:
    name: str
    scene: Callable[[Visitor, str], None]
    width: int
    height: int
    language: str = "en"
    scheme: str = "light"
    path: str = "/"


def begin(visitor: Visitor, language: str) -> None:
    visitor.reads("Express")


def chat(visitor: Visitor, language: str) -> None:
    words = WORDS[language]
    visitor.chooses(words["start"])
    expect(visitor.page.locator(".choices button")).to_have_count(5)
    visitor.says(words["ask"])
    expect(visitor.page.get_by_role("table")).to_be_visible()
    expect(visitor.page.locator(".choices button")).to_have_count(5)
    visitor.page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")


def result(visitor: Visitor, language: str) -> None:
    visitor.says(EXAMPLE)
    expect(visitor.page.get_by_role("article")).to_be_visible()


def panel(visitor: Visitor, language: str) -> None:
    visitor.page.locator(".launcher").click()
    visitor.reads("Express")
    visitor.chooses(WORDS[language]["start"])
    expect(visitor.page.locator(".choices button")).to_have_count(5)


DOCUMENTATION = (
    Picture("conversation", chat, 1280, 860),
    Picture("result", result, 1280, 1060),
    Picture("phone", result, 375, 812, language="fr", scheme="dark"),
    Picture("panel", panel, 1280, 800, path="/embed"),
)


CONSOLE = ("inbox", "lead", "board")
"""Pictures of the console for the documentation."""
ADMINISTRATION = ("/staff/outbox", "/staff/subscribers", "/staff/accounts", "/staff/audit", "/staff/settings")
LEADS = 40
SIZES = ((375, 812), (1280, 860))


class DemoOffice(Office):
    """The console with the people of ``assistant demo`` and no others."""

    PEOPLE: Mapping[str, Any] = {}

    def __init__(self, directory: Path) -> None:
        super().__init__(directory, ScriptedDialogue())
        with self.database.session() as session:
            seal, staff = self.database.seal, [account.id for account in self.accounts.values()]
            demo.fill(session, seal, LEADS, date.today(), self.firm.name, staff=staff)
            self.first = page(session, seal, Filters(priority=(2,)), size=1).leads[0].id

    def photograph(self, browser: Browser, address: str, path: Path, **options: Any) -> None:
        """A page as a licensee sees it, or an administrator where a licensee does not come in."""
        role = "admin" if address in ADMINISTRATION else "licensee"
        width, height = options.pop("size", (1280, 860))
        language, whole = options.pop("language", "en"), options.pop("whole", False)
        with self.database.session() as session:
            accounts.set_language(session, self.database.seal, self.accounts[role].id, language)
        context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce", **options)
        context.add_cookies([self.cookie(role)])  # type: ignore[list-item]
        tab = context.new_page()
        tab.goto(f"{self.url}{address}")
        tab.screenshot(path=path, full_page=whole)
        context.close()


def take_console(folder: Path, *, all_pages: bool = False) -> list[Path]:
    """The pictures of the console."""
    folder.mkdir(parents=True, exist_ok=True)
    taken = []
    with tempfile.TemporaryDirectory() as directory, chromium() as browser:
        office = DemoOffice(Path(directory))
        office.start()
        addresses = {"inbox": "/staff/leads", "lead": f"/staff/leads/{office.first}", "board": "/staff/board"}
        for name in CONSOLE if not all_pages else ():
            taken.append(folder / f"{name}.png")
            office.photograph(browser, addresses[name], taken[-1], size=(1280, 760))
        for address, size in product(PAGES, SIZES) if all_pages else ():
            for language, scheme in (("en", "light"), ("fr", "dark")):
                name = address.strip("/").replace("/", "-").partition("?")[0]
                taken.append(folder / f"{name}-{language}-{scheme}-{size[0]}.png")
                given: dict[str, Any] = {"language": language, "color_scheme": scheme, "size": size, "whole": True}
                office.photograph(browser, address, taken[-1], **given)
        office.close()
    return taken


def every() -> Iterator[Picture]:
    for scene in (begin, chat, result):
        for language in ("en", "fr"):
            for scheme in ("light", "dark"):
                for width, height in ((375, 812), (1280, 860)):
                    yield Picture(
                        f"{scene.__name__}-{language}-{scheme}-{width}", scene, width, height, language, scheme
                    )
    yield Picture("panel-en-light-375", panel, 375, 812, path="/embed")


@contextmanager
def opened(browser: Browser, picture: Picture, server: str) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": picture.width, "height": picture.height},
        color_scheme=picture.scheme,
        locale=f"{picture.language}-CA",
        timezone_id="America/Toronto",
        reduced_motion="reduce",
    )
    page = context.new_page()
    visitor = Visitor(page, server).opens(f"{picture.path}?language={picture.language}")
    picture.scene(visitor, picture.language)
    page.evaluate("document.activeElement?.shadowRoot?.activeElement?.blur()")
    page.mouse.move(0, 0)
    yield page
    context.close()


def take(pictures: Iterator[Picture] | tuple[Picture, ...], folder: Path) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    taken = []
    with tempfile.TemporaryDirectory() as directory, chromium() as browser:
        assistant = Assistant(Path(directory), ScriptedDialogue())
        assistant.start()
        for picture in pictures:
            path = folder / f"{picture.name}.png"
            with opened(browser, picture, assistant.url) as page:
                page.screenshot(path=path)
            taken.append(path)
        assistant.close()
    return taken


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--every", type=Path, metavar="FOLDER")
    chosen = arguments.parse_args()
    if chosen.every:
        written = [*take(every(), chosen.every), *take_console(chosen.every, all_pages=True)]
    else:
        written = [*take(DOCUMENTATION, IMAGES), *take_console(IMAGES)]
    for image in written:
        print(f"{image}: {image.stat().st_size // 1000} kB")
    if not chosen.every and any(image.stat().st_size > LARGEST for image in written):
        sys.exit(f"a picture is larger than {LARGEST // 1000} kB")

"""Takes the pictures of the documentation: ``python tests/browser/pictures.py [--every FOLDER]``.

Without ``--every`` the four pictures of ``docs/images`` are written. With it, chat and result in both
languages, light and dark, narrow and wide, go to a folder, for looking at.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from chromium import chromium
from playwright.sync_api import Browser, Page, expect
from scripted import EXAMPLE, ScriptedDialogue
from serving import Assistant
from visitor import Visitor

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
    written = take(every(), chosen.every) if chosen.every else take(DOCUMENTATION, IMAGES)
    for image in written:
        print(f"{image}: {image.stat().st_size // 1000} kB")
    if not chosen.every and any(image.stat().st_size > LARGEST for image in written):
        sys.exit(f"a picture is larger than {LARGEST // 1000} kB")

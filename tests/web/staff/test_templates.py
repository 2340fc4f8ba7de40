"""Templates of the console as files: every text they name exists, and nothing in them runs as code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.knowledge.catalogue import catalogue
from bot.web.staff.rendering import STATIC, TEMPLATES

PAGES = sorted(TEMPLATES.glob("*.html"))
TEXTS = set(catalogue().under("console"))
WHOLE = re.compile(r'\bt\("([a-z_.]+)"[,)]')
COUNTED = re.compile(r'\bn\("([a-z_.]+)",')
BEGUN = re.compile(r'\bt\("([a-z_.]+\.)" ~')


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_text_that_is_named_exists(path: Path) -> None:
    code = path.read_text(encoding="utf-8")
    named = set(WHOLE.findall(code)) | {f"{key}.{form}" for key in COUNTED.findall(code) for form in ("one", "other")}
    assert named - TEXTS == set()
    assert [start for start in BEGUN.findall(code) if not any(key.startswith(start) for key in TEXTS)] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_no_script_no_style_and_one_picture_alone_that_is_not_escaped(path: Path) -> None:
    code = path.read_text(encoding="utf-8")
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\bstyle=|\son\w+=|hx-on|javascript:", code)
    assert re.findall(r"{{[^}]*\|\s*safe", code) == (["{{ picture | safe"] if path.name == "enrol.html" else [])


def test_the_script_of_others_comes_with_its_licence() -> None:
    assert "Zero-Clause BSD" in (STATIC / "htmx.LICENSE.txt").read_text(encoding="utf-8")

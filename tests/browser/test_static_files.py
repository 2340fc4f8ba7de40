"""Modules, styles and templates as files: their texts exist, nothing in them can run or load what is not ours."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from bot.knowledge.catalogue import LANGUAGES, catalogue

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "bot" / "web" / "static"
TEMPLATES = ROOT / "bot" / "web" / "templates"
MODULES = sorted(STATIC.rglob("*.js"))
PAGES = sorted(TEMPLATES.glob("*.html"))
DOCUMENT = ROOT / "docs" / "embedding.md"

COUNTED = re.compile(r'\.count\(\s*"([\w.]+)"')
SAID = re.compile(r'(?:\.say|\bsay)\(\s*(?:\w+ \? )?"([\w.]+)"')
COMPOSED = re.compile(r"say\((?:\w+ \? )?`([\w.]+\.)\$\{")
CHOSEN = re.compile(r'say\(worked \? "([\w.]+)" : "([\w.]+)"\)')
READ_AS_MARKUP = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|javascript:"
    r"|style=|\son\w+=\"|\|\s*safe"
)
IN_TEMPLATE = re.compile(r'strings\["([\w.]+)"\]')
COMPOSED_IN_TEMPLATE = re.compile(r'strings\["([\w.]+\.)" ~')


def texts() -> set[str]:
    return {key for key in catalogue().under("ui") if key.split(".")[0] in ("widget", "page")}


def used() -> tuple[set[str], set[str]]:
    """Ids that modules and templates name, and beginnings of ids that they put together."""
    whole: set[str] = set()
    begun: set[str] = set()
    for path in MODULES:
        code = path.read_text(encoding="utf-8")
        whole |= {f"widget.{key}" for key in SAID.findall(code)}
        whole |= {f"widget.{key}" for pair in CHOSEN.findall(code) for key in pair}
        whole |= {f"widget.{key}.{number}" for key in COUNTED.findall(code) for number in ("one", "other")}
        begun |= {f"widget.{key}" for key in COMPOSED.findall(code)}
    for path in PAGES:
        code = path.read_text(encoding="utf-8")
        whole |= set(IN_TEMPLATE.findall(code))
        begun |= set(COMPOSED_IN_TEMPLATE.findall(code))
    return whole, begun


def test_every_text_that_is_named_exists() -> None:
    whole, begun = used()
    assert whole - texts() == set()
    assert [start for start in begun if not any(key.startswith(start) for key in texts())] == []


def test_every_text_that_exists_is_used() -> None:
    whole, begun = used()
    assert {key for key in texts() - whole if not key.startswith(tuple(begun))} == set()


def test_the_first_words_are_those_of_the_catalogue() -> None:
    code = (STATIC / "first_words.js").read_text(encoding="utf-8")
    first = json.loads(
        re.sub(r",(\s*})", r"\1", re.sub(r"\b(en|fr): {", r'"\1": {', "{" + code.split("= {", 1)[1].rstrip(";\n ")))
    )
    assert set(first) == set(LANGUAGES)
    for language in LANGUAGES:
        assert first[language] == {key: catalogue()[f"ui.{key}"][language] for key in first[language]}
    assert first["en"].keys() == first["fr"].keys()


@pytest.mark.parametrize("path", [*MODULES, *PAGES], ids=lambda path: path.name)
def test_nothing_is_read_as_markup_or_run_as_code(path: Path) -> None:
    code = path.read_text(encoding="utf-8")
    assert [line for line in code.splitlines() if READ_AS_MARKUP.search(line)] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_pages_load_nothing_from_elsewhere_and_hold_no_script(path: Path) -> None:
    code = path.read_text(encoding="utf-8")
    assert re.findall(r'<(?:script|link|img|iframe)[^>]*(?:src|href)="(?!/static/|\{\{ firm\.logo)[^"]*"', code) == []
    assert re.findall(r"<script(?![^>]*\bsrc=)", code) == []
    assert "<style" not in code


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_modules_import_each_other_only_and_stay_small(path: Path) -> None:
    code = path.read_text(encoding="utf-8")
    for name in re.findall(r'^import [^"]*"([^"]+)"', code, re.MULTILINE):
        assert (path.parent / name).resolve().is_relative_to(STATIC)
        assert (path.parent / name).is_file()
    assert len(code.splitlines()) < 300


def test_the_page_announces_every_module_it_will_need() -> None:
    announced = re.findall(r'rel="modulepreload" href="/static/([\w/.]+)"', (TEMPLATES / "index.html").read_text())
    needed: set[str] = set()
    waiting = [STATIC / "widget.js"]
    while waiting:
        path = waiting.pop()
        for name in re.findall(r'^import [^"]*"([^"]+)"', path.read_text(encoding="utf-8"), re.MULTILINE):
            module = (path.parent / name).resolve()
            if str(module.relative_to(STATIC)) not in needed:
                needed.add(str(module.relative_to(STATIC)))
                waiting.append(module)
    assert sorted(announced) == sorted(needed)


def test_there_is_no_circle_of_modules() -> None:
    imports = {
        path: [
            (path.parent / name).resolve()
            for name in re.findall(r'^import [^"]*"([^"]+)"', path.read_text(), re.MULTILINE)
        ]
        for path in MODULES
    }
    done: set[Path] = set()
    while len(done) < len(imports):
        free = [path for path, names in imports.items() if path not in done and done.issuperset(names)]
        assert free, f"these import each other: {sorted(path.name for path in set(imports) - done)}"
        done.update(free)


def test_the_guide_names_every_attribute_and_every_property() -> None:
    guide = DOCUMENT.read_text(encoding="utf-8")
    styles = "".join(path.read_text(encoding="utf-8") for path in (STATIC / "styles").glob("*.js"))
    assert set(re.findall(r"`(--eea-[\w-]+)`", guide)) == set(re.findall(r"var\((--eea-[\w-]+)", styles))
    element = (STATIC / "widget.js").read_text(encoding="utf-8")
    attributes = set(re.findall(r'(?:get|has)Attribute\("(\w+)"\)', element)) | set(re.findall(r"theme", styles))
    assert set(re.findall(r"^\| `(\w+)` \|", guide, re.MULTILINE)) == attributes
    events = set(re.findall(r'#tell\("([\w-]+)"', element))
    assert events == set(re.findall(r"`(eea-\w+)`", guide))


def colours(code: str) -> list[tuple[str, str]]:
    """Plain colours that are named in a block of declarations."""
    return re.findall(r"(--[a-z-]+): (#[0-9a-f]{3,6});", code)


def test_the_element_has_the_colours_of_the_pages() -> None:
    theme = (STATIC / "styles" / "theme.js").read_text(encoding="utf-8")
    light, dark = (re.search(rf"const {name} = `(.*?)`", theme, re.DOTALL) for name in ("LIGHT", "DARK"))
    assert light
    assert dark
    tokens = (STATIC / "tokens.css").read_text(encoding="utf-8")
    of_light, _, of_dark = tokens.partition("@media (prefers-color-scheme: dark)")
    assert colours(light[1]) == [pair for pair in colours(of_light) if not pair[0].startswith("--eea")]
    assert colours(dark[1]) == colours(of_dark)
    assert len(colours(of_light)) > len(colours(of_dark)) >= 10


@pytest.mark.parametrize("style", ["page.css", "../staff/static/console.css"])
def test_no_page_names_a_colour_of_its_own_but_paper_white(style: str) -> None:
    assert set(re.findall(r"#[0-9a-f]{3,8}\b", (STATIC / style).read_text(encoding="utf-8"))) <= {"#fff"}

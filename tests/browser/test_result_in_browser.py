"""The result card: answer, programs with reasons, score, the points behind it, a copy and a printed page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect
from scripted import EXAMPLE, worked_example
from visitor import Visitor

from bot.knowledge.answer import Answer
from bot.knowledge.catalogue import Language, catalogue
from bot.knowledge.typography import typeset

NewVisitor = Callable[..., Visitor]

ADDRESS = r"https://\S+\w"
"""An address in a notice: it is shown as a link with the name of its site."""

PRINTED = """
  window.print = function () {
    const css = [...document.adoptedStyleSheets].flatMap((sheet) => [...sheet.cssRules].map((rule) => rule.cssText));
    const html = document.documentElement.outerHTML;
    window.parent.printed = { html, css: css.join("\\n"), title: document.title };
    console.log("printed");
  };
"""
"""Keeps what would have gone to the printer."""

OTHER_FONT = """
  addEventListener("DOMContentLoaded", () => document.documentElement.style.setProperty("--eea-font", "FONT"));
  new MutationObserver((_, seen) => {
    if (!document.documentElement) return;
    document.documentElement.style.setProperty("--eea-font", "FONT");
    seen.disconnect();
  }).observe(document, { childList: true });
"""
"""A machine without the fonts of this one."""


@pytest.fixture
def result(visitor: Visitor) -> Locator:
    visitor.says("result")
    card = visitor.page.get_by_role("article")
    expect(card).to_be_visible()
    return card


def test_an_address_in_a_notice_is_a_link_with_the_name_of_its_site(visitor: Visitor) -> None:
    visitor.says(EXAMPLE)
    notices = visitor.page.get_by_role("article").locator(".notices")
    tool = notices.get_by_role("link", name="www.canada.ca")
    expect(tool).to_have_attribute("href", re.compile(r"^https://www\.canada\.ca/en/.*check-score\.html$"))
    expect(notices).not_to_contain_text("https://")


def test_the_answer_comes_first_with_its_rules_and_their_note(result: Locator) -> None:
    text = result.inner_text()
    parts = [
        "On the facts you gave, you may be eligible for the Canadian Experience Class.",
        "Rules in force until November 2, 2026.",
        "As of November 22, 2026",
        "Programs",
        "Comprehensive Ranking System (CRS) score",
        "This is an estimate on the facts you gave",
        "Where each point comes from",
        "What this rests on",
        "Since November 3, 2026",
    ]
    assert [text.find(part) for part in parts] == sorted(text.find(part) for part in parts)
    assert all(part in text for part in parts)
    assert "CRS) score: 533" not in text, "the lines for other channels are not said a second time"


def test_each_program_says_its_answer_in_words_and_in_a_shape_of_its_own(result: Locator) -> None:
    programs = result.locator(".program")
    expect(programs.locator("summary")).to_have_text(
        [
            "Canadian Experience Class:Yes",
            "Federal Skilled Worker Program:Cannot tell yet",
            "Federal Skilled Trades Program:No",
        ]
    )
    shapes = {programs.nth(place).locator("summary svg").first.inner_html() for place in range(3)}
    assert len(shapes) == 3


def test_reasons_unfold_and_say_whether_each_condition_is_met(result: Locator) -> None:
    program = result.locator(".program").nth(1)
    condition = program.get_by_text("One continuous year of skilled work within ten years")
    expect(condition).to_be_hidden()
    program.locator("summary").click()
    expect(condition).to_be_visible()
    expect(program.locator(".conditions li")).to_have_text(
        [re.compile("^Met: At least 67"), re.compile("^Not known yet: One"), re.compile("^Not known yet: Settlement")]
    )
    expect(program.get_by_text("What would settle it")).to_be_visible()
    expect(program.get_by_text("How much money you could show")).to_be_visible()
    grid = program.get_by_role("table", name="Selection grid")
    expect(grid.get_by_role("row", name="Education 23 25")).to_be_visible()
    expect(grid.get_by_role("row", name="Total 80 100")).to_be_visible()
    result.locator(".program").nth(2).locator("summary").click()
    expect(result.get_by_text("What is missing")).to_be_visible()


def test_the_score_is_one_bar_drawn_to_scale_with_a_table_behind_it(result: Locator) -> None:
    expect(result.locator(".total")).to_have_text("533 of 1,200")
    table = result.get_by_role("table", name="Comprehensive Ranking System (CRS) score")
    rows = [
        "Core human capital 415 500",
        "Spouse or partner – –",
        "Skill transferability 88 100",
        "Additional points 30 600",
    ]
    for row in rows:
        expect(table.get_by_role("row", name=row)).to_be_visible()
    bar = result.locator(".bar")
    expect(bar).to_have_attribute("aria-hidden", "true")
    boxes = bar.locator(".track").evaluate_all("tracks => tracks.map((track) => track.getBoundingClientRect().width)")
    fills = bar.locator(".fill").evaluate_all("fills => fills.map((fill) => fill.getBoundingClientRect().width)")
    assert [round(width / sum(boxes), 2) for width in boxes] == [0.42, 0.08, 0.5]
    assert [round(fill / box, 2) for fill, box in zip(fills, boxes, strict=True)] == [0.83, 0.88, 0.05]


def test_every_point_names_its_rule_and_leads_to_it(result: Locator) -> None:
    result.locator(".lines summary").click()
    table = result.get_by_role("table", name="Where each point comes from")
    expect(table.get_by_role("columnheader")).to_have_text(["Factor", "Points", "Maximum", "Rule since"])
    expect(table.locator(".group")).to_have_text(["Core human capital", "Skill transferability", "Additional points"])
    age = table.get_by_role("row", name=re.compile("^Age"))
    expect(age.get_by_role("rowheader")).to_have_text("Age25 years")
    expect(age.get_by_role("cell")).to_have_text(["110", "110", re.compile("March 25, 2025")])
    expect(age.get_by_role("link")).to_have_attribute("href", re.compile("crs-criteria"))


def test_what_is_open_is_shown_as_open(visitor: Visitor, result: Locator) -> None:
    visitor.chooses("Explain the points")
    card = visitor.page.get_by_role("article").nth(1)
    expect(card.locator(".total")).to_have_text("315 to 539 of 1,200")
    expect(card.get_by_role("row", name="Core human capital 285 to 415 500")).to_be_visible()
    assert card.locator(".maybe").first.evaluate("part => part.getBoundingClientRect().width") > 10


def test_the_result_can_be_copied_as_text(visitor: Visitor, result: Locator) -> None:
    visitor.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visitor.page.get_by_role("button", name="Copy as text").click()
    expect(result.get_by_role("status")).to_have_text("Copied.")
    text = visitor.page.evaluate("navigator.clipboard.readText()")
    for part in (
        "On the facts you gave, you may be eligible",
        "Rules in force until November 2, 2026. As of November 22, 2026",
        "Federal Skilled Worker Program: Cannot tell yet\n- Met: At least 67 of 100 points",
        "Comprehensive Ranking System (CRS) score: 533 of 1,200\n- Core human capital: 415 / 500",
        "- Age (25 years): 110 / 110; Rule since: March 25, 2025",
        "A score is not an invitation, and an invitation is not an approval.",
    ):
        assert part in text


def test_copying_works_where_a_page_may_not_use_the_clipboard_itself(new_visitor: NewVisitor) -> None:
    visitor = new_visitor()
    visitor.page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    visitor.opens("/").says("result")
    visitor.page.get_by_role("button", name="Copy as text").click()
    expect(visitor.page.get_by_role("article").get_by_role("status")).to_have_text("Copied.")
    visitor.field.focus()
    visitor.field.press("Control+v")
    assert "533 of 1,200" in visitor.field.input_value()


@pytest.mark.parametrize(("language", "print_it"), [("en", "Print"), ("fr", "Imprimer")])
def test_the_printed_result_is_whole_and_fits_two_pages(
    new_visitor: NewVisitor, language: Language, print_it: str
) -> None:
    visitor = new_visitor(language=language)
    visitor.page.add_init_script(PRINTED)
    visitor.opens(f"/?language={language}").says(EXAMPLE)
    with visitor.page.expect_console_message(lambda message: message.text == "printed"):
        visitor.page.get_by_role("button", name=print_it).click()
    printed = visitor.page.evaluate("window.printed")
    assert printed["title"] == catalogue()["ui.widget.card.title"][language]
    paper = visitor.page.context.new_page()
    paper.set_content(printed["html"])
    paper.add_style_tag(content=printed["css"])
    text = paper.locator("body").inner_text()
    for part in ("Example Immigration Services", *texts_of(worked_example(language))):
        assert part in text, part
    expect(paper.get_by_role("button")).to_have_count(0)
    for size in ("Letter", "A4"):
        pdf = paper.pdf(format=size, prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 2, size


@pytest.mark.parametrize("font", ["monospace", "serif"])
def test_a_machine_with_other_fonts_prints_two_pages_too(new_visitor: NewVisitor, font: str) -> None:
    visitor = new_visitor(language="fr")
    visitor.page.add_init_script(PRINTED)
    visitor.page.add_init_script(OTHER_FONT.replace("FONT", font))
    visitor.opens("/?language=fr").says(EXAMPLE)
    with visitor.page.expect_console_message(lambda message: message.text == "printed"):
        visitor.page.get_by_role("button", name="Imprimer").click()
    printed = visitor.page.evaluate("window.printed")
    paper = visitor.page.context.new_page()
    paper.set_content(printed["html"])
    paper.add_style_tag(content=printed["css"])
    assert font in paper.locator("body").evaluate("body => getComputedStyle(body).fontFamily")
    assert len(re.findall(rb"/Type\s*/Page\b", paper.pdf(format="Letter", prefer_css_page_size=True))) <= 2


def test_the_parts_are_folded_under_what_they_hold(new_visitor: NewVisitor) -> None:
    visitor = new_visitor().opens("/").reads("Express").says(EXAMPLE)
    card = visitor.page.get_by_role("article")
    titles = [
        "What moves the score",
        "Past rounds",
        "Categories",
        "What to prove",
        "What to check",
        "What happens when",
    ]
    expect(card.locator(".part > summary h4")).to_have_text(titles)
    moves = card.locator(".part-moves")
    expect(moves.locator("> summary")).to_contain_text("8 changes")
    expect(moves.get_by_role("table").first).to_be_hidden()
    moves.locator("> summary").click()
    table = moves.get_by_role("table", name="One change")
    expect(table.get_by_role("row", name="French: NCLC 7 or more in all four abilities +62 595")).to_be_visible()
    nomination = table.get_by_role("row", name=re.compile("^Provincial nomination"))
    expect(nomination).to_contain_text("The tables give 600. Limit: additional points in all.")
    expect(moves.get_by_role("table", name="Two changes together")).to_be_hidden()
    moves.get_by_text("Two changes together").first.click()
    expect(moves.get_by_role("row", name=re.compile("^Doctorate .* nomination"))).to_be_visible()
    rounds = card.locator(".part-rounds")
    rounds.locator("> summary").press("Enter")
    expect(rounds.get_by_text("Past rounds do not predict later ones.")).to_be_visible()


def test_the_whole_conversation_prints_without_its_controls(page: Page, visitor: Visitor, result: Locator) -> None:
    page.emulate_media(media="print")
    expect(result).to_be_visible()
    for name in ("Send", "Print", "Copy as text", "Talk to a person"):
        expect(page.get_by_role("button", name=name)).to_have_count(0)
    background = page.locator(".root").evaluate("node => getComputedStyle(node).color")
    assert background == "rgb(31, 38, 41)", "dark ink, whatever the screen shows"


def test_what_is_folded_away_is_unfolded_for_printing_only(page: Page, result: Locator) -> None:
    reason = result.get_by_text("Plans to live outside Quebec")
    expect(reason).to_be_hidden()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(reason).to_be_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(reason).to_be_hidden()


def test_the_result_in_french(new_visitor: NewVisitor) -> None:
    visitor = new_visitor(language="fr").opens("/?language=fr")
    visitor.says("résultat")
    card = visitor.page.get_by_role("article")
    expect(card.locator(".total")).to_have_text(re.compile(r"^533 sur 1\s200$"))
    expect(card.get_by_text("En date du 22 novembre 2026")).to_be_visible()
    expect(card.get_by_role("button", name="Imprimer")).to_be_visible()
    expect(card).to_have_attribute("aria-label", re.compile("^D’après vos réponses"))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_products_own_result_is_shown_whole(new_visitor: NewVisitor, language: Language) -> None:
    visitor = new_visitor(language=language).opens(f"/?language={language}").reads("Express")
    answer = worked_example(language)
    visitor.says(EXAMPLE)
    card = visitor.page.get_by_role("article")
    expect(card).to_be_visible()
    for fold in card.locator("summary").all():
        fold.click()
    shown = card.inner_text()
    for text in texts_of(answer):
        assert text in shown, text
    assert answer.card is not None
    assert re.search(r"\b533\b", card.locator(".total").inner_text())
    assert card.locator(".lines tbody tr:not(.group)").count() == len(answer.card["lines"])


def texts_of(answer: Answer) -> Iterator[str]:
    """Every text of a result as a page shows it: French as it is printed."""
    as_shown = typeset if answer.language == "fr" else str
    yield from (as_shown(text) for text in _texts_of(answer))


def _texts_of(answer: Answer) -> Iterator[str]:
    card = answer.card or {}
    yield from (*card["heading"].split(". "), card["rules"], *card["notes"])
    yield from (part.strip() for notice in answer.notices for part in re.split(ADDRESS, notice) if len(part) > 1)
    for program in card["programs"]:
        yield from (program["name"], program["answer_label"], *program["missing"])
        yield from (condition["text"] for condition in program["conditions"])
        yield from (factor["label"] for factor in program["grid"] or ())
    yield from (text for line in card["lines"] for text in (line["label"], line["detail"]) if text)
    yield from (section["label"] for section in card["sections"])
    for part in card["parts"]:
        yield from (part["title"], *part["lead"], *part["notes"])
        yield from (text for item in part["items"] for text in (item["label"], item["text"], *item["notes"]) if text)
        yield from (row["label"] for table in part["tables"] for row in table["rows"])
        yield from (row["detail"] for table in part["tables"][:1] for row in table["rows"] if row["detail"])

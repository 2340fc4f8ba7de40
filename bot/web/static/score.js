/** The score: the total, one bar of its sections drawn to scale, and tables that say the same in figures. */

import { el, icon } from "./dom.js";
import { headRow, points, ruleLink } from "./figures.js";

/** @typedef {import("./card.js").Card} Card */
/** @typedef {import("./language.js").Words} Words */

/** @param {Card} card @param {Words} words @param {boolean} unfolded */
export function scoreSection(card, words, unfolded) {
  return el(
    "section",
    { class: "score" },
    el("h4", {}, card.total.label),
    total(card.total, words),
    bar(card.sections),
    sectionsTable(card, words),
    card.lines.length ? linesDetails(card, words, unfolded) : null,
  );
}

/** @param {Card["total"]} total @param {Words} words */
function total({ points: sum, low, high, max }, words) {
  const figure =
    sum === null
      ? words.say("card.between", { low: words.number(low), high: words.number(high) })
      : words.number(sum);
  return el(
    "p",
    { class: sum === null ? "total open" : "total" },
    el("strong", {}, figure),
    " ",
    el("span", {}, words.say("card.of", { max: words.number(max) })),
  );
}

/** Each section as wide as its maximum, filled as far as its points. @param {Card["sections"]} sections */
function bar(sections) {
  const figure = el("div", { class: "bar", "aria-hidden": "true" });
  sections.forEach(({ points: reached, max }, index) => {
    if (max <= 0) return;
    const fill = el("span", { class: `fill shade-${index + 1}` });
    fill.style.inlineSize = `${(100 * Math.min(reached ?? 0, max)) / max}%`;
    const track = el("span", { class: reached === null ? "track open" : "track" }, fill);
    track.style.flexGrow = String(max);
    figure.append(track);
  });
  return figure;
}

/** @param {Card} card @param {Words} words */
function sectionsTable({ sections, total: sum }, words) {
  return el(
    "table",
    { class: "points sections" },
    el("caption", { class: "unseen" }, sum.label),
    headRow([words.say("card.section"), words.say("card.points"), words.say("card.max")]),
    el(
      "tbody",
      {},
      ...sections.map((section, index) =>
        el(
          "tr",
          {},
          el(
            "th",
            { scope: "row" },
            el("span", { class: section.max ? `swatch shade-${index + 1}` : "swatch", "aria-hidden": "true" }),
            section.label,
          ),
          el("td", {}, section.max ? points(section.points, words) : "–"),
          el("td", { class: "max" }, section.max ? words.number(section.max) : "–"),
        ),
      ),
    ),
  );
}

/** @param {Card} card @param {Words} words @param {boolean} unfolded */
function linesDetails({ lines }, words, unfolded) {
  /** @type {Map<string, Card["lines"]>} */
  const groups = new Map();
  for (const line of lines) groups.set(line.section, [...(groups.get(line.section) ?? []), line]);
  return el(
    "details",
    { class: "lines", open: unfolded },
    el("summary", {}, el("span", { class: "name" }, words.say("card.lines")), icon("chevron")),
    el(
      "table",
      { class: "points" },
      el("caption", { class: "unseen" }, words.say("card.lines")),
      headRow([
        words.say("card.factor"),
        words.say("card.points"),
        words.say("card.max"),
        words.say("card.since"),
      ]),
      ...Array.from(groups, ([section, group]) =>
        el(
          "tbody",
          {},
          el("tr", { class: "group" }, el("th", { scope: "rowgroup", colspan: 4 }, section)),
          ...group.map((line) =>
            el(
              "tr",
              {},
              el(
                "th",
                { scope: "row" },
                line.label,
                line.detail ? el("span", { class: "detail" }, line.detail) : null,
              ),
              el("td", {}, points(line.points, words)),
              el("td", { class: "max" }, words.number(line.max)),
              el("td", { class: "since", "data-label": words.say("card.since") }, ruleLink(line, words)),
            ),
          ),
        ),
      ),
    ),
  );
}

/** The score: the total, one bar of its sections drawn to scale, and tables that say the same in figures. */

import { el, icon } from "./dom.js";
import { headRow, points, reached, ruleLink } from "./figures.js";

/** @typedef {import("./card.js").Card} Card */
/** @typedef {import("./language.js").Words} Words */

/** @param {Card} card @param {Words} words */
export function scoreSection(card, words) {
  return el(
    "section",
    { class: "score" },
    el("h4", {}, card.total.label),
    total(card.total, words),
    el("p", { class: "rules" }, card.rules),
    bar(card.sections),
    sectionsTable(card, words),
  );
}

/** @param {Card["total"]} sum @param {Words} words */
function total(sum, words) {
  return el(
    "p",
    { class: sum.points === null ? "total open" : "total" },
    el("strong", {}, reached(sum, words)),
    " ",
    el("span", {}, words.say("card.of", { max: words.number(sum.max) })),
  );
}

/** Each section as wide as its maximum, filled as far as its points, hatched as far as they may go. @param {Card["sections"]} sections */
function bar(sections) {
  const figure = el("div", { class: "bar", "aria-hidden": "true" });
  sections.forEach(({ points: sum, low = 0, high = 0, max }, index) => {
    if (max <= 0) return;
    const share = (/** @type {number} */ part) => `${(100 * Math.min(part, max)) / max}%`;
    const fill = el("span", { class: `fill shade-${index + 1}` });
    fill.style.inlineSize = share(sum ?? low);
    const open = sum === null ? el("span", { class: "maybe" }) : null;
    if (open) open.style.inlineSize = share(high - low);
    const track = el("span", { class: "track" }, fill, open);
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
          el("td", {}, section.max ? reached(section, words) : "–"),
          el("td", { class: "max" }, section.max ? words.number(section.max) : "–"),
        ),
      ),
    ),
  );
}

/** @param {Card} card @param {Words} words @param {boolean} unfolded */
export function linesSection({ lines, sections }, words, unfolded) {
  if (!lines.length) return null;
  const named = new Set(sections.map(({ label }) => label));
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
          named.has(section)
            ? el("tr", { class: "group" }, el("th", { scope: "rowgroup", colspan: 4 }, section))
            : null,
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

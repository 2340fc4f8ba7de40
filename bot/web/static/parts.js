/**
 * The parts of a result below its score, all drawn alike: what moves it, past rounds, what to prove, what happens
 * when. Each is folded under its title and says beside it what it holds.
 */

import { paragraphs } from "./blocks.js";
import { el, icon, link } from "./dom.js";
import { headRow } from "./figures.js";

/**
 * @typedef {{label: string, text: string, notes: string[], url: string | null}} Item
 * @typedef {{label: string, points: number, total: number, detail: string}} Row
 * @typedef {{caption: string, head: [string, string, string], rows: Row[]}} Rows
 * @typedef {{id: string, title: string, hint: string, lead: string[], tables: Rows[], items: Item[], notes: string[]}} Part
 * @typedef {import("./language.js").Words} Words
 */

/** @param {Part[]} parts @param {Words} words @param {boolean} unfolded */
export function partsSection(parts, words, unfolded) {
  if (!parts.length) return null;
  return el("section", { class: "parts" }, ...parts.map((part) => partNode(part, words, unfolded)));
}

/** @param {Part} part @param {Words} words @param {boolean} unfolded */
function partNode({ id, title, hint, lead, tables, items, notes }, words, unfolded) {
  return el(
    "details",
    { class: `part part-${id}`, open: unfolded },
    el(
      "summary",
      {},
      el("h4", { class: "name" }, title),
      hint ? el("span", { class: "holds" }, hint) : null,
      icon("chevron"),
    ),
    el(
      "div",
      { class: "held" },
      ...paragraphs(lead),
      ...tables.map((table, place) => (place ? folded(table, words, unfolded) : rowsTable(table, words))),
      items.length ? el("ul", { class: "items" }, ...items.map((item) => itemNode(item, words))) : null,
      ...notes.map((text) => el("p", { class: "small" }, text)),
    ),
  );
}

/** @param {Item} item @param {Words} words */
function itemNode({ label, text, notes, url }, words) {
  const name = url ? link(url, {}, words.say("new_tab"), label) : label;
  return el(
    "li",
    {},
    el("p", { class: "label" }, name),
    text ? el("p", {}, text) : null,
    ...notes.map((note) => el("p", { class: "small" }, note)),
  );
}

/** A further table under its caption, which can be long. @param {Rows} table @param {Words} words @param {boolean} unfolded */
function folded(table, words, unfolded) {
  return el(
    "details",
    { class: "folded", open: unfolded },
    el("summary", {}, el("span", { class: "name" }, table.caption), icon("chevron")),
    el("div", { class: "pairs" }, rowsTable(table, words)),
  );
}

/** @param {Rows} table @param {Words} words */
function rowsTable({ caption, head, rows }, words) {
  return el(
    "table",
    { class: "points gains" },
    el("caption", { class: "unseen" }, caption),
    headRow(head),
    el(
      "tbody",
      {},
      ...rows.map(({ label, points, total, detail }) =>
        el(
          "tr",
          {},
          el("th", { scope: "row" }, label, detail ? el("span", { class: "detail" }, detail) : null),
          el("td", {}, more(points, words)),
          el("td", { class: "max" }, words.number(total)),
        ),
      ),
    ),
  );
}

/** Points as what they add. @param {number} points @param {Words} words */
export function more(points, words) {
  return points > 0 ? `+${words.number(points)}` : words.number(points);
}

/** Rows and cells of the tables of points. */

import { el, link } from "./dom.js";

/** @typedef {import("./language.js").Words} Words */

/** @param {string[]} titles the first names the rows, the rest are figures */
export function headRow(titles) {
  return el("thead", {}, el("tr", {}, ...titles.map((title) => el("th", { scope: "col" }, title))));
}

/** @param {number | null} value @param {Words} words */
export function points(value, words) {
  return value === null ? words.say("card.open") : words.number(value);
}

/**
 * Points as far as they are known: a number, a range, or that they are open.
 * @param {{points: number | null, low?: number, high?: number}} share
 * @param {Words} words
 */
export function reached({ points: sum, low, high }, words) {
  if (sum !== null || low === undefined || high === undefined) return points(sum, words);
  return words.say("card.between", { low: words.number(low), high: words.number(high) });
}

/** A rule's first day, leading to where the rule stands. @param {import("./card.js").PointLine} line @param {Words} words */
export function ruleLink({ since, source }, words) {
  const text = since ? words.date(since) : words.say("card.rule");
  return link(source, {}, words.say("new_tab"), text);
}

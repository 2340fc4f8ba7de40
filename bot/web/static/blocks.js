/** Parts that plain messages and results are made of alike. */

import { el, link } from "./dom.js";

/** @typedef {import("./language.js").Words} Words */
/** @typedef {import("./conversation.js").Message} Message */

const LIST_MARK = /^[-–•]\s+/;
const ADDRESS = /(https:\/\/[^\s]+[^\s.,;:!?)])/;
const TOPIC_LINE = /^(\S.*?) [-–] (.+)$/;

/**
 * Lines as paragraphs; lines that begin with a dash or bullet as a list.
 * @param {string[]} lines
 * @param {boolean} [asks] whether the last line is a question to the visitor
 */
export function paragraphs(lines, asks = false) {
  /** @type {HTMLElement[]} */
  const nodes = [];
  lines.forEach((line, index) => {
    if (LIST_MARK.test(line)) {
      const before = nodes.at(-1);
      const list = before?.tagName === "UL" ? before : el("ul");
      list.append(el("li", {}, line.replace(LIST_MARK, "")));
      if (list !== before) nodes.push(list);
    } else {
      nodes.push(el("p", { class: asks && index === lines.length - 1 ? "question" : null }, line));
    }
  });
  return nodes;
}

/**
 * What was understood, by topic: lines of the form `topic - fact; fact` as a list of terms, others as paragraphs.
 * @param {string[]} lines
 */
export function summary(lines) {
  /** @type {HTMLElement[]} */
  const nodes = [];
  for (const line of lines) {
    const [, topic, facts] = TOPIC_LINE.exec(line) ?? [];
    if (!topic) {
      nodes.push(...paragraphs([line]));
      continue;
    }
    const before = nodes.at(-1);
    const list = before?.tagName === "DL" ? before : el("dl");
    list.append(el("dt", {}, topic), ...facts.split("; ").map((fact) => el("dd", {}, fact)));
    if (list !== before) nodes.push(list);
  }
  return nodes;
}

/**
 * @param {NonNullable<Message["sources"]>} list
 * @param {Words} words
 * @param {boolean} [plain] links that stand for themselves, without the word before them
 */
export function sources(list, words, plain = false) {
  if (!list.length) return null;
  return el(
    "div",
    { class: plain ? "sources plain" : "sources" },
    plain ? null : el("p", { class: "label", lang: words.language }, words.count("sources", list.length)),
    el(
      "ul",
      {},
      ...list.map(({ title, url, dated }) =>
        el(
          "li",
          {},
          link(url, {}, words.say("new_tab"), title),
          dated ? el("span", { class: "dated" }, words.say("checked", { date: words.date(dated) })) : null,
        ),
      ),
    ),
  );
}

/**
 * Notices, the addresses in them as links that show the site's name.
 * @param {string[]} list
 * @param {Words} words
 */
export function notices(list, words) {
  return list.length ? el("div", { class: "notices" }, ...list.map((text) => el("p", {}, ...linked(text, words)))) : null;
}

/** @param {string} text @param {Words} words */
function linked(text, words) {
  return text
    .split(ADDRESS)
    .map((part) => (part.startsWith("https://") ? link(part, {}, words.say("new_tab"), new URL(part).hostname) : part));
}

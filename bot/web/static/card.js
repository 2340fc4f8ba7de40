/**
 * The result of an assessment, top-down: the answer in a sentence, the programs, the score with what has to be
 * known about it, where each point comes from, what moves it, what to prove, what happens when, what was assumed.
 */

import { notices, paragraphs, sources } from "./blocks.js";
import { cardText } from "./card_text.js";
import { el, icon, unseen } from "./dom.js";
import { headRow, reached } from "./figures.js";
import { partsSection } from "./parts.js";
import { linesSection, scoreSection } from "./score.js";

/**
 * @typedef {{label: string, points: number | null, max: number, low?: number, high?: number}} Share
 * @typedef {{text: string, met: boolean | null}} Condition
 * @typedef {"yes" | "no" | "cannot_tell"} ProgramAnswer
 */
/**
 * @typedef {object} Program
 * @property {string} id
 * @property {string} name
 * @property {ProgramAnswer} answer
 * @property {string} answer_label
 * @property {Condition[]} conditions
 * @property {string[]} missing
 * @property {Share[] | null} [grid]
 */
/**
 * @typedef {object} PointLine
 * @property {string} section
 * @property {string} label
 * @property {string} [detail]
 * @property {number | null} points
 * @property {number} max
 * @property {string} [source]
 * @property {string} [since]
 */
/**
 * @typedef {object} Card
 * @property {string} heading
 * @property {string} rules
 * @property {string} as_of
 * @property {Share[]} sections
 * @property {{label: string, points: number | null, low: number, high: number, max: number}} total
 * @property {Program[]} programs
 * @property {PointLine[]} lines
 * @property {import("./parts.js").Part[]} [parts] missing in results of before there were any
 * @property {string[]} notes
 */
const BETWEEN_SENTENCES = /(?<=[.!?])\s+(?=\p{Lu})/u;

/** @typedef {import("./language.js").Words} Words */
/** @typedef {import("./conversation.js").Message} Message */

/**
 * @param {Message} message with a card
 * @param {Words} words
 * @param {import("./message.js").Hands} hands
 */
export function resultCard(message, words, hands) {
  const card = /** @type {Card} */ (message.card);
  const node = cardBody(message, words, false);
  const copied = el("span", { class: "done", role: "status" });
  const copy = async () => {
    const worked = await hands.copy(cardText(message, words));
    copied.textContent = words.say(worked ? "card.copied" : "card.not_copied");
  };
  node.append(
    el(
      "div",
      { class: "tools", lang: words.language },
      el("button", { type: "button", class: "tool", onclick: copy }, icon("copy"), words.say("card.copy")),
      el(
        "button",
        { type: "button", class: "tool", onclick: () => hands.print(message, cardBody(message, words, true)) },
        icon("print"),
        words.say("card.print"),
      ),
      copied,
    ),
  );
  node.setAttribute("aria-label", card.heading);
  return node;
}

/**
 * @param {Message} message
 * @param {Words} words
 * @param {boolean} unfolded on paper nothing is folded away
 */
function cardBody(message, words, unfolded) {
  const card = /** @type {Card} */ (message.card);
  const [first, ...others] = card.heading.split(BETWEEN_SENTENCES);
  return el(
    "article",
    { class: "card" },
    el(
      "header",
      {},
      el("h3", {}, first),
      others.length ? el("p", { class: "others" }, others.join(" ")) : null,
      el(
        "p",
        { class: "rules" },
        card.rules,
        el("span", { class: "as-of" }, words.say("card.as_of", { date: words.date(card.as_of) })),
      ),
    ),
    programsSection(card, words, unfolded),
    scoreSection(card, words),
    notices(message.notices ?? [], words),
    linesSection(card, words, unfolded),
    partsSection(card.parts ?? [], words, unfolded),
    notesSection(card, words),
    sources(message.sources ?? [], words),
  );
}

/** @param {Card} card @param {Words} words @param {boolean} unfolded */
function programsSection(card, words, unfolded) {
  if (!card.programs.length) return null;
  return el(
    "section",
    { class: "programs" },
    el("h4", {}, words.say("card.programs")),
    ...card.programs.map((program) => programNode(program, words, unfolded)),
  );
}

/** What was assumed, and what else there is to know. @param {Card} card @param {Words} words */
function notesSection({ notes }, words) {
  if (!notes.length) return null;
  return el("section", { class: "notes" }, el("h4", {}, words.say("card.notes")), ...paragraphs(notes));
}

/** @param {Program} program @param {Words} words @param {boolean} unfolded */
function programNode(program, words, unfolded) {
  return el(
    "details",
    { class: `program ${program.answer}`, open: unfolded },
    el(
      "summary",
      {},
      icon(program.answer),
      el("span", { class: "name" }, program.name, unseen(":")),
      el("span", { class: "answer" }, program.answer_label),
      icon("chevron"),
    ),
    el(
      "div",
      { class: "reasons" },
      program.conditions.length
        ? el("ul", { class: "conditions" }, ...program.conditions.map((condition) => conditionNode(condition, words)))
        : null,
      program.missing.length ? el("p", { class: "label" }, words.say(`card.missing.${program.answer}`)) : null,
      program.missing.length ? el("ul", {}, ...program.missing.map((text) => el("li", {}, text))) : null,
      program.grid?.length ? gridTable(program.grid, words) : null,
    ),
  );
}

/** @param {Condition} condition @param {Words} words */
function conditionNode({ text, met }, words) {
  const state = met === null ? "unknown" : met ? "met" : "unmet";
  return el("li", { class: state }, icon(state), el("span", {}, unseen(`${words.say(`card.${state}`)}: `), text));
}

/** The selection grid of a program, with its sum where every row is known. @param {Share[]} grid @param {Words} words */
function gridTable(grid, words) {
  const known = grid.every(({ points }) => points !== null);
  const sum = (/** @type {(share: Share) => number} */ of) => grid.reduce((total, share) => total + of(share), 0);
  return el(
    "table",
    { class: "points" },
    el("caption", {}, words.say("card.grid")),
    headRow([words.say("card.factor"), words.say("card.points"), words.say("card.max")]),
    el(
      "tbody",
      {},
      ...grid.map((share) =>
        el(
          "tr",
          {},
          el("th", { scope: "row" }, share.label),
          el("td", {}, reached(share, words)),
          el("td", { class: "max" }, words.number(share.max)),
        ),
      ),
    ),
    known
      ? el(
          "tfoot",
          {},
          el(
            "tr",
            {},
            el("th", { scope: "row" }, words.say("card.sum")),
            el("td", {}, words.number(sum((share) => share.points ?? 0))),
            el("td", { class: "max" }, words.number(sum((share) => share.max))),
          ),
        )
      : null,
  );
}

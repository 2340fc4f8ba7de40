/** The result as plain text, for a letter, a note or a mail. */

import { reached } from "./figures.js";
import { more } from "./parts.js";

/** @typedef {import("./card.js").Card} Card */
/** @typedef {import("./language.js").Words} Words */

/**
 * @param {import("./conversation.js").Message} message with a card
 * @param {Words} words
 * @returns {string}
 */
export function cardText(message, words) {
  const card = /** @type {Card} */ (message.card);
  const blocks = [
    [card.heading, `${card.rules} ${words.say("card.as_of", { date: words.date(card.as_of) })}`],
    ...card.programs.map((program) => programText(program, words)),
    scoreText(card, words),
    message.notices ?? [],
    linesText(card, words),
    ...(card.parts ?? []).map((part) => partText(part, words)),
    card.notes,
    (message.sources ?? []).map(({ title, url }) => `${title}: ${url}`),
  ];
  return `${blocks
    .filter((lines) => lines.length)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

/** @param {import("./card.js").Program} program @param {Words} words */
function programText(program, words) {
  const state = (/** @type {boolean | null} */ met) => words.say(`card.${met === null ? "unknown" : met ? "met" : "unmet"}`);
  return [
    pair(program.name, program.answer_label, words),
    ...program.conditions.map(({ text, met }) => `- ${pair(state(met), text, words)}`),
    ...(program.missing.length ? [words.say(`card.missing.${program.answer}`)] : []),
    ...program.missing.map((text) => `- ${text}`),
    ...(program.grid ?? []).map((share) => `- ${pair(share.label, ratio(share, words), words)}`),
  ];
}

/** @param {Card} card @param {Words} words */
function scoreText({ total, sections }, words) {
  const sum = `${reached(total, words)} ${words.say("card.of", { max: words.number(total.max) })}`;
  return [
    pair(total.label, sum, words),
    ...sections.filter(({ max }) => max > 0).map((share) => `- ${pair(share.label, ratio(share, words), words)}`),
  ];
}

/** @param {Card} card @param {Words} words */
function linesText({ lines }, words) {
  if (!lines.length) return [];
  return [
    words.say("card.lines"),
    ...lines.map((line) => {
      const name = line.detail ? `${line.label} (${line.detail})` : line.label;
      const since = line.since ? `; ${words.say("card.since")}: ${words.date(line.since)}` : "";
      return `- ${pair(name, ratio(line, words), words)}${since}`;
    }),
  ];
}

/** @param {import("./parts.js").Part} part @param {Words} words */
function partText({ title, hint, lead, tables, items, notes }, words) {
  return [
    hint ? `${title} (${hint})` : title,
    ...lead,
    ...tables.flatMap(({ caption, rows }) => [
      caption,
      ...rows.map(({ label, points, total, detail }) => {
        const gives = `${more(points, words)} (${words.number(total)})`;
        return `- ${pair(label, gives, words)}${detail ? ` ${detail}` : ""}`;
      }),
    ]),
    ...items.flatMap(({ label, text, notes: small }) => [
      `- ${text ? pair(label, text, words) : label}`,
      ...small.map((note) => `  ${note}`),
    ]),
    ...notes,
  ];
}

/** @param {{points: number | null, low?: number, high?: number, max: number}} share @param {Words} words */
function ratio(share, words) {
  return `${reached(share, words)} / ${words.number(share.max)}`;
}

/** @param {string} name @param {string} value @param {Words} words */
function pair(name, value, words) {
  return words.language === "fr" ? `${name}\u00a0: ${value}` : `${name}: ${value}`;
}

/** The result as plain text, for a letter, a note or a mail. */

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
    card.notes,
    ...card.programs.map((program) => programText(program, words)),
    scoreText(card, words),
    linesText(card, words),
    message.notices ?? [],
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
    ...(program.grid ?? []).map((share) => `- ${share.label}: ${ratio(share.points, share.max, words)}`),
  ];
}

/** @param {Card} card @param {Words} words */
function scoreText({ total, sections }, words) {
  const sum =
    total.points === null
      ? words.say("card.between", { low: words.number(total.low), high: words.number(total.high) })
      : words.number(total.points);
  return [
    pair(total.label, `${sum} ${words.say("card.of", { max: words.number(total.max) })}`, words),
    ...sections.filter(({ max }) => max > 0).map(({ label, points, max }) => `- ${pair(label, ratio(points, max, words), words)}`),
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
      return `- ${pair(name, ratio(line.points, line.max, words), words)}${since}`;
    }),
  ];
}

/** @param {number | null} points @param {number} max @param {Words} words */
function ratio(points, max, words) {
  const reached = points === null ? words.say("card.open") : words.number(points);
  return `${reached} / ${words.number(max)}`;
}

/** @param {string} name @param {string} value @param {Words} words */
function pair(name, value, words) {
  return words.language === "fr" ? `${name}\u00a0: ${value}` : `${name}: ${value}`;
}

/** One message as a person sees it. */

import { notices, paragraphs, sources, summary } from "./blocks.js";
import { resultCard } from "./card.js";
import { el, icon, link } from "./dom.js";

/** @typedef {import("./conversation.js").Message} Message */
/** @typedef {import("./language.js").Words} Words */

/**
 * @typedef {object} Hands what a message can ask for when it is used
 * @property {(message: Message, button: {id: number | string, title: string}) => void} choose
 * @property {(message: Message, card: HTMLElement) => void} print
 * @property {(text: string) => Promise<boolean>} copy
 * @property {() => void} focusLost what had the focus has gone
 */

/**
 * @param {Message} message
 * @param {Words} words
 * @param {Hands} hands
 */
export function messageNode(message, words, hands) {
  const node = el("div", {
    class: `message from-${message.from} kind-${message.card ? "result" : (message.kind ?? "text")}`,
    lang: message.language,
    "data-id": message.id,
    "data-from": message.from,
    "data-day": dayOf(message.at),
    "data-at": message.at,
  });
  node.append(
    el("p", { class: "day", lang: words.language, hidden: true }, words.day(message.at)),
    heading(message.from, message.at, words, message.author),
    el("div", { class: "said" }, ...content(message, words, hands)),
  );
  return node;
}

/**
 * A message of the visitor that the server has not acknowledged.
 * @param {import("./outbox.js").Unsent} item
 * @param {Words} words
 */
export function unsentNode(item, words) {
  return el(
    "div",
    {
      class: "message from-visitor unsent",
      lang: words.language,
      "data-client": item.client_id,
      "data-from": "visitor",
      "data-day": dayOf(item.at),
      "data-at": item.at,
    },
    el("p", { class: "day", hidden: true }, words.day(item.at)),
    heading("visitor", item.at, words),
    el("div", { class: "said" }, ...paragraphs([item.text])),
    el("p", { class: "state" }, words.say("pending")),
  );
}

/**
 * Who spoke and when. A message that follows another of the same sender says it to those who listen only.
 * @param {Message["from"]} from
 * @param {string} at
 * @param {Words} words
 * @param {string | null} [author] the person who writes, and in which capacity
 */
function heading(from, at, words, author) {
  return el(
    "p",
    { class: "who", lang: words.language },
    el("span", { class: "sender", "data-author": author }, author ?? words.say(`from.${from}`)),
    " ",
    el("time", { datetime: at }, words.time(at)),
  );
}

/** The local day of an instant. @param {string} at */
function dayOf(at) {
  const day = new Date(at);
  return `${day.getFullYear()}-${day.getMonth() + 1}-${day.getDate()}`;
}

/** @param {Message} message @param {Words} words @param {Hands} hands @returns {Node[]} */
function content(message, words, hands) {
  if (message.from === "visitor") return paragraphs([message.text ?? ""]);
  const parts = message.card
    ? [resultCard(message, words, hands)]
    : [
        message.kind === "notice" || message.kind === "error" ? icon("notice") : null,
        ...said(message),
        message.table ? table(message.table) : null,
        sources(message.sources ?? [], words, message.kind === "notice"),
        notices(message.notices ?? [], words),
      ];
  parts.push(choices(message, words, hands));
  return /** @type {Node[]} */ (parts.filter(Boolean));
}

/** @param {Message} message */
function said(message) {
  const lines = message.lines?.length ? message.lines : [message.text ?? ""].filter(Boolean);
  return message.kind === "summary" ? summary(lines) : paragraphs(lines, asks(message));
}

/** Whether the last line is what the visitor is asked. @param {Message} message */
function asks({ kind, lines }) {
  return kind === "question" && Boolean(lines?.at(-1)?.trimEnd().endsWith("?"));
}

/** @param {NonNullable<Message["table"]>} data */
function table({ caption, head, rows }) {
  return el(
    "div",
    { class: "table", role: "region", tabindex: 0, "aria-label": caption },
    el(
      "table",
      {},
      el("caption", {}, caption),
      el("thead", {}, el("tr", {}, ...head.map((text) => el("th", { scope: "col" }, text)))),
      el(
        "tbody",
        {},
        ...rows.map(([first, ...others]) =>
          el("tr", {}, el("th", { scope: "row" }, first), ...others.map((text) => el("td", {}, text))),
        ),
      ),
    ),
  );
}

/** @param {Message} message @param {Words} words @param {Hands} hands */
function choices(message, words, hands) {
  const buttons = message.buttons ?? [];
  if (!buttons.length) return null;
  return el(
    "div",
    { class: "choices", role: "group", "aria-label": words.say("choices") },
    ...buttons.map((button) =>
      button.href
        ? link(button.href, { class: "choice" }, words.say("new_tab"), button.title, icon("outside"))
        : el(
            "button",
            {
              class: "choice",
              type: "button",
              onclick: () => hands.choose(message, button),
            },
            button.title,
          ),
    ),
  );
}

/**
 * Takes the buttons off a message that has been answered; links stay.
 * @param {HTMLElement} node
 * @returns {boolean} whether the focus was on one of them
 */
export function retire(node) {
  const group = node.querySelector(":scope > .said > .choices");
  if (!group) return false;
  const focused = group.contains(/** @type {ShadowRoot} */ (node.getRootNode()).activeElement);
  for (const button of group.querySelectorAll("button")) button.remove();
  if (!group.childElementCount) group.remove();
  return focused;
}

/** What is said of an unsent message that turned out final. @param {HTMLElement} node @param {string} text */
export function setState(node, text) {
  const state = node.querySelector(".state");
  if (state) state.textContent = text;
  else node.append(el("p", { class: "state" }, text));
}


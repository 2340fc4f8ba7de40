/**
 * The list of messages: in order, one by one, without ever pulling away what somebody is reading.
 * The list is the only announcer of messages; the typing dots stand outside it and are not announced.
 */

import { el, icon } from "./dom.js";
import { messageNode, retire, setState, unsentNode } from "./message.js";

const NEAR_PX = 96;
const BREATH_MS = 420;
const SAME_BREATH_MINUTES = 5;

/** @typedef {import("./conversation.js").Message} Message */
/** @typedef {import("./language.js").Words} Words */

export class Log {
  /**
   * @param {import("./message.js").Hands} hands
   * @param {() => Element} scroller what scrolls when the list grows
   * @param {(count: number) => void} arrived told of messages that came while the visitor was there or away
   */
  constructor(hands, scroller, arrived) {
    this.hands = hands;
    this.scroller = scroller;
    this.arrived = arrived;
    /** @type {Message[]} */ this.queue = [];
    this.pacing = 0;
    this.isTyping = false;
    this.lastShown = 0;
    this.list = el("div", { class: "log", role: "log" });
    this.dots = el("div", { class: "typing", "aria-hidden": "true", hidden: true }, el("i"), el("i"), el("i"));
    this.more = el("button", { class: "more", type: "button", hidden: true, onclick: () => this.toEnd() }, icon("down"));
    this.node = el("div", { class: "scroll" }, this.list, this.dots);
  }

  /** @param {Words} words */
  setting(words) {
    this.words = words;
    this.list.setAttribute("aria-label", words.say("messages"));
    this.more.replaceChildren(icon("down"), words.say("new_messages"));
    for (const node of this.list.querySelectorAll(".who .sender:not([data-author])")) {
      const from = node.closest(".message")?.getAttribute("data-from");
      node.textContent = words.say(`from.${from}`);
    }
  }

  /**
   * All at once, at the start: nothing of it is news.
   * @param {Message[]} messages
   * @param {import("./outbox.js").Unsent[]} unsent
   */
  history(messages, unsent) {
    this.queue = [];
    clearTimeout(this.pacing);
    this.pacing = 0;
    this.list.removeAttribute("role");
    this.list.replaceChildren(...messages.map((message) => this.#node(message)), ...unsent.map((item) => this.#unsent(item)));
    for (const node of this.#nodes()) this.#relate(node);
    this.#retireAnswered();
    // Where nothing has been said yet, the page is read from its beginning.
    const begun = unsent.length > 0 || messages.some(({ from }) => from === "visitor");
    if (begun) this.toEnd();
    requestAnimationFrame(() => {
      this.list.setAttribute("role", "log");
      if (begun) this.toEnd();
    });
  }

  /** A message that has just arrived; several of the assistant come one after the other. @param {Message} message */
  message(message) {
    if (this.#find(message.id) || this.queue.some(({ id }) => id === message.id)) return;
    if (message.from === "visitor" || !this.#paced()) this.#show(message);
    else if (message.from === "staff") {
      this.#flush(); // a person writes at a person's pace already
      this.#show(message);
    } else {
      this.queue.push(message);
      this.#next();
    }
  }

  /** @param {import("./outbox.js").Unsent} item */
  unsent(item) {
    this.#flush();
    const node = this.#unsent(item);
    this.list.append(node);
    this.#relate(node);
    this.#retireAnswered();
    this.lastShown = Date.now();
    this.toEnd();
  }

  /** The server has it: the message takes its place in the order. @param {string} clientId @param {Message} message */
  received(clientId, message) {
    const node = this.list.querySelector(`[data-client="${clientId}"]`);
    if (this.#find(message.id)) node?.remove();
    else if (node) {
      const seen = this.#node(message);
      seen.classList.add("still");
      node.remove();
      this.#place(seen);
    } else this.message(message);
  }

  /** @param {string} clientId @param {string} text */
  failed(clientId, text) {
    const node = this.list.querySelector(`[data-client="${clientId}"]`);
    if (node instanceof HTMLElement) setState(node, text);
  }

  /** Takes out what will never be sent. @param {string} clientId @returns {string} its text */
  takeBack(clientId) {
    const node = this.list.querySelector(`[data-client="${clientId}"]`);
    node?.remove();
    return node?.querySelector(".said")?.textContent ?? "";
  }

  /** @param {boolean} on */
  typing(on) {
    this.isTyping = on;
    this.#drawDots();
  }

  toEnd() {
    const box = this.scroller();
    box.scrollTop = box.scrollHeight;
    this.more.hidden = true;
  }

  /** On paper nothing is folded away; afterwards all is as it was. @param {boolean} open */
  unfold(open) {
    const folded = this.list.querySelectorAll(open ? "details:not([open])" : "details[data-unfolded]");
    for (const part of folded) {
      part.toggleAttribute("open", open);
      part.toggleAttribute("data-unfolded", open);
    }
  }

  /** Whoever reads the end sees what comes next. */
  scrolled() {
    if (this.#atEnd()) this.more.hidden = true;
  }

  /** Whether messages come one by one: not when nobody watches or wants movement. */
  #paced() {
    return document.visibilityState === "visible" && !matchMedia("(prefers-reduced-motion: reduce)").matches;
  }

  #next() {
    if (this.pacing || !this.queue.length) return;
    const wait = Math.max(0, BREATH_MS - (Date.now() - this.lastShown));
    this.pacing = window.setTimeout(() => {
      this.pacing = 0;
      const message = this.queue.shift();
      if (message) this.#show(message);
      this.#next();
    }, wait);
    this.#drawDots();
  }

  #flush() {
    clearTimeout(this.pacing);
    this.pacing = 0;
    for (const message of this.queue.splice(0)) this.#show(message);
  }

  /** @param {Message} message */
  #show(message) {
    const follow = this.#atEnd();
    const node = this.#node(message);
    this.lastShown = Date.now();
    this.#place(node);
    this.#drawDots();
    this.#retireAnswered();
    if (message.from !== "visitor") this.arrived(1);
    if (follow) this.#bringIntoView(node);
    else this.more.hidden = false;
  }

  /** A message taller than the window is shown from its beginning, any other whole. @param {HTMLElement} node */
  #bringIntoView(node) {
    const box = this.scroller();
    const top = box === document.scrollingElement ? 0 : box.getBoundingClientRect().top;
    const room = box.clientHeight;
    const { height, top: at } = node.getBoundingClientRect();
    if (height > room * 0.75) box.scrollTop += at - top - 24;
    else box.scrollTop = box.scrollHeight;
  }

  #atEnd() {
    const box = this.scroller();
    return box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_PX;
  }

  #drawDots() {
    const show = this.isTyping || this.queue.length > 0;
    if (this.dots.hidden === !show) return;
    const follow = this.#atEnd();
    this.dots.hidden = !show;
    if (follow && show) this.scroller().scrollTop = this.scroller().scrollHeight;
  }

  /** @param {Message} message */
  #node(message) {
    return messageNode(message, /** @type {Words} */ (this.words), this.hands);
  }

  /** @param {import("./outbox.js").Unsent} item */
  #unsent(item) {
    return unsentNode(item, /** @type {Words} */ (this.words));
  }

  /** @returns {HTMLElement[]} */
  #nodes() {
    return /** @type {HTMLElement[]} */ (Array.from(this.list.children));
  }

  /** @param {number} id */
  #find(id) {
    return this.list.querySelector(`[data-id="${Number(id)}"]`);
  }

  /** Puts a node before the first that is later; unsent ones are always later. @param {HTMLElement} node */
  #place(node) {
    const id = Number(node.dataset.id);
    const later = this.#nodes().find((other) => !other.dataset.id || Number(other.dataset.id) > id);
    this.list.insertBefore(node, later ?? null);
    this.#relate(node);
    const next = node.nextElementSibling;
    if (next instanceof HTMLElement) this.#relate(next);
  }

  /** Sender and time are shown where they change, the day where a new one begins. @param {HTMLElement} node */
  #relate(node) {
    const before = /** @type {HTMLElement | null} */ (node.previousElementSibling);
    const minutes = before ? (Date.parse(node.dataset.at ?? "") - Date.parse(before.dataset.at ?? "")) / 60_000 : 0;
    const sameDay = before ? before.dataset.day === node.dataset.day : node.dataset.day === today();
    const follows = before?.dataset.from === node.dataset.from && sameDay && minutes < SAME_BREATH_MINUTES;
    node.classList.toggle("follows", follows);
    const day = node.querySelector(".day");
    if (day instanceof HTMLElement) day.hidden = sameDay;
  }

  /** Buttons are offered by the last question only, and until the visitor says something. */
  #retireAnswered() {
    const nodes = this.#nodes();
    const offering = nodes.findLastIndex((node) => node.dataset.from === "visitor" || node.querySelector(".choices button"));
    nodes.forEach((node, index) => {
      if (index < offering && retire(node)) this.hands.focusLost();
    });
  }
}

function today() {
  const now = new Date();
  return `${now.getFullYear()}-${now.getMonth() + 1}-${now.getDate()}`;
}

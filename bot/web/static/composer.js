/** Where the visitor writes: field, send button, counter, and the one line that says what is wrong. */

import { el, icon } from "./dom.js";
import { keep, recall } from "./memory.js";

const WARN_SHARE = 0.9;
const TALLEST_LINES = 6;

/** @typedef {import("./language.js").Words} Words */

export class Composer {
  /**
   * @param {string} draftKey under which the draft is kept
   * @param {(text: string) => void} say
   */
  constructor(draftKey, say) {
    this.draftKey = draftKey;
    this.say = say;
    this.limit = Infinity;
    this.trouble = "";
    this.field = el("textarea", {
      id: "text",
      rows: 1,
      autocomplete: "off",
      enterkeyhint: "send",
      "aria-describedby": "hint said",
      oninput: () => this.#edited(),
      onkeydown: (event) => this.#key(/** @type {KeyboardEvent} */ (event)),
    });
    this.label = el("label", { class: "unseen", for: "text" });
    this.hint = el("p", { class: "hint", id: "hint" });
    this.left = el("span", { class: "left" });
    this.error = el("span", { class: "error" });
    this.line = el("span", { class: "line" });
    this.said = el("p", { class: "status", role: "status", id: "said" }, this.line, this.error, this.left);
    this.sendLabel = el("span", { class: "unseen" });
    this.button = el("button", { class: "send", type: "submit" }, icon("send"), this.sendLabel);
    this.node = el(
      "form",
      { class: "composer", novalidate: true, onsubmit: (event) => this.#submit(event) },
      this.said,
      el("div", { class: "field" }, this.label, this.field, this.button),
      this.hint,
    );
    this.field.value = recall("tab", draftKey) ?? "";
  }

  /** @param {Words} words @param {{text?: number}} limits */
  setting(words, limits) {
    this.words = words;
    this.limit = limits.text ?? this.limit;
    this.label.textContent = words.say("input.label");
    this.field.placeholder = words.say("input.placeholder");
    this.sendLabel.textContent = words.say("input.send");
    this.hint.textContent = words.say("input.hint");
    this.#edited(false);
  }

  /** What the line above the field says of the connection; empty: nothing. @param {string} text */
  connection(text) {
    if (this.line.textContent !== text) this.line.textContent = text;
  }

  /** What is wrong with what was sent; goes when the visitor writes on. @param {string} text */
  refuse(text) {
    this.trouble = text;
    this.#draw();
  }

  /** Gives back a text that could not be sent, in front of what was written since. @param {string} text */
  restore(text) {
    this.field.value = [text, this.field.value].filter(Boolean).join("\n");
    this.#edited(false);
  }

  focus() {
    this.field.focus({ preventScroll: true });
  }

  /** @param {boolean} [fresh] whether the visitor has just typed, so that an error about the last try is over */
  #edited(fresh = true) {
    if (fresh) this.trouble = "";
    keep("tab", this.draftKey, this.field.value);
    this.#grow();
    this.#draw();
  }

  #grow() {
    const { field } = this;
    field.style.blockSize = "auto";
    const line = parseFloat(getComputedStyle(field).lineHeight) || 24;
    const tallest = line * TALLEST_LINES + 24;
    if (field.scrollHeight) field.style.blockSize = `${Math.min(field.scrollHeight, tallest)}px`;
    field.style.overflowY = field.scrollHeight > tallest ? "auto" : "hidden";
  }

  #draw() {
    if (!this.words) return;
    const length = Array.from(this.field.value).length;
    const over = length - this.limit;
    const near = length > this.limit * WARN_SHARE;
    const error = over > 0 ? this.words.count("input.too_long", over) : this.trouble;
    this.field.setAttribute("aria-invalid", String(Boolean(error)));
    if (this.error.textContent !== error) this.error.textContent = error;
    const left = near && over <= 0 ? this.words.count("input.left", -over) : "";
    if (this.left.textContent !== left) this.left.textContent = left;
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.node.requestSubmit();
  }

  /** @param {Event} event */
  #submit(event) {
    event.preventDefault();
    const text = this.field.value.trim();
    if (!text) {
      this.refuse(this.words?.say("input.empty") ?? "");
    } else if (Array.from(text).length <= this.limit) {
      this.field.value = "";
      this.#edited();
      this.say(text);
    }
    this.focus();
  }
}

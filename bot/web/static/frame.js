/** What stands around the messages: the button that opens the panel, its head, and the way out. */

import { el, icon } from "./dom.js";

/** @typedef {import("./language.js").Words} Words */

/**
 * @typedef {object} Ways
 * @property {() => void} show
 * @property {() => void} hide
 * @property {(language: "en" | "fr") => void} language
 */

const OTHER = /** @type {const} */ ({ en: { language: "fr", name: "Français" }, fr: { language: "en", name: "English" } });

export class Frame {
  /**
   * @param {boolean} page whether the conversation is the page itself
   * @param {import("./log.js").Log} log
   * @param {import("./composer.js").Composer} composer
   * @param {Ways} ways
   */
  constructor(page, log, composer, ways) {
    this.page = page;
    this.log = log;
    this.ways = ways;
    this.shown = false;
    this.title = el("h2", { class: "title", id: "title" });
    this.firmName = el("p", { class: "firm" });
    this.other = el("button", { class: "quiet language", type: "button", onclick: () => this.#speakOther() });
    this.closeLabel = el("span", { class: "unseen" });
    this.about = el("p", { class: "about" });
    this.panel = el(
      "section",
      {
        class: "panel",
        id: "panel",
        role: page ? null : "dialog",
        "aria-labelledby": "title",
        hidden: !page,
        onkeydown: (event) => this.#key(/** @type {KeyboardEvent} */ (event)),
      },
      el(
        "div",
        { class: page ? "head unseen" : "head" },
        el("div", { class: "names" }, this.title, page ? null : this.firmName),
        page ? null : this.other,
        page
          ? null
          : el("button", { class: "quiet close", type: "button", onclick: () => ways.hide() }, icon("close"), this.closeLabel),
      ),
      log.node,
      el("div", { class: "foot" }, log.more, composer.node, page ? null : this.about),
    );
    if (!page) log.node.setAttribute("tabindex", "0");
    else log.node.setAttribute("tabindex", "-1");
    this.launcherText = el("span", { class: "text" });
    this.unread = el("span", { class: "unread" });
    this.launcher = el(
      "button",
      {
        class: "launcher",
        type: "button",
        "aria-expanded": "false",
        "aria-controls": "panel",
        onclick: () => ways.show(),
      },
      icon("chat"),
      this.launcherText,
      this.unread,
    );
    this.node = el("div", { class: page ? "root page" : "root embedded" }, page ? null : this.launcher, this.panel);
    this.watched = () => this.log.scrolled();
    this.unfold = () => log.unfold(true);
    this.fold = () => log.unfold(false);
    window.addEventListener("beforeprint", this.unfold);
    window.addEventListener("afterprint", this.fold);
    document.addEventListener("scroll", this.watched, { passive: true });
    for (const box of [this.panel, log.node]) box.addEventListener("scroll", this.watched, { passive: true });
  }

  stop() {
    document.removeEventListener("scroll", this.watched);
    window.removeEventListener("beforeprint", this.unfold);
    window.removeEventListener("afterprint", this.fold);
  }

  /** @param {Words} words @param {any} firm */
  setting(words, firm) {
    this.words = words;
    this.node.lang = words.language;
    this.title.textContent = words.say("title");
    this.launcherText.textContent = words.say("open");
    this.closeLabel.textContent = words.say("close");
    const other = OTHER[words.language];
    this.other.textContent = other.name;
    this.other.lang = other.language;
    this.log.node.setAttribute("role", "group");
    this.log.node.setAttribute("aria-label", words.say("conversation") || words.say("title"));
    if (firm.name) this.#firm(words, firm);
  }

  /** @param {Words} words @param {any} firm */
  #firm(words, firm) {
    this.firmName.textContent = words.say("automated", { firm: firm.name });
    this.other.hidden = (firm.languages ?? ["en", "fr"]).length < 2;
    this.about.replaceChildren(words.say("general"));
    if (firm.privacy_url) {
      this.about.append(
        " ",
        el("a", { href: firm.privacy_url, target: "_blank", rel: "noopener noreferrer" }, words.say("privacy")),
      );
    }
    if (firm.accent) this.node.style.setProperty("--firm-accent", firm.accent);
    if (firm.accent_dark) this.node.style.setProperty("--firm-accent-dark", firm.accent_dark);
  }

  show() {
    this.shown = true;
    this.panel.hidden = false;
    this.launcher.hidden = true;
    this.launcher.setAttribute("aria-expanded", "true");
  }

  hide() {
    this.shown = false;
    this.panel.hidden = true;
    this.launcher.hidden = false;
    this.launcher.setAttribute("aria-expanded", "false");
    this.launcher.focus();
  }

  /** How many messages came while the panel was closed, in words; empty: none. @param {string} text */
  count(text) {
    this.unread.textContent = text;
  }

  /** What scrolls: the page, the messages, or in a low window the whole panel. @returns {Element} */
  scroller() {
    if (this.page) return document.scrollingElement ?? document.documentElement;
    const { node } = this.log;
    return getComputedStyle(node).overflowY === "visible" ? this.panel : node;
  }

  #speakOther() {
    if (this.words) this.ways.language(OTHER[this.words.language].language);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key !== "Escape" || event.isComposing) return;
    event.stopPropagation();
    this.ways.hide();
  }
}

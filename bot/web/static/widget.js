/**
 * <express-entry-assistant>: the assistant as one element of any page.
 *
 * Attributes: `server` (origin of the assistant; the module's own by default), `language` (en, fr; the
 * page's by default), `mode` (launcher, page), `open` (the launcher starts open), `theme` (light, dark; the
 * visitor's own setting by default). How it looks is set by the custom properties in styles/theme.js.
 * Events, both bubbling: `eea-language` (detail: the language now spoken), `eea-toggle` (detail: open or not).
 */

import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { el } from "./dom.js";
import { Frame } from "./frame.js";
import { Words, languageOf } from "./language.js";
import { Log } from "./log.js";
import { keep, recall } from "./memory.js";
import { printCard } from "./print.js";
import { STYLES } from "./styles/all.js";

const OWN_ORIGIN = new URL(import.meta.url).origin;
const QUIET_RECONNECT_MS = 700;

/** @type {CSSStyleSheet | null} */
let sheet = null;

export class ExpressEntryAssistant extends HTMLElement {
  static observedAttributes = ["language", "open"];

  /** @type {Conversation | null} */ conversation = null;
  /** @type {Composer | null} */ composer = null;
  /** @type {Frame | null} */ frame = null;
  /** @type {Log | null} */ log = null;
  /** @type {Words | null} */ words = null;
  /** @type {{name: string} | null} */ firm = null;
  openKey = "";
  unread = 0;
  settled = false;
  touched = false;
  mending = 0;

  connectedCallback() {
    if (this.conversation) return;
    // First what an old browser cannot do: then the element keeps showing what stands in it.
    if (!sheet) {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLES);
    }
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sheet];
    const server = originOf(this.getAttribute("server") ?? this.getAttribute("src"));
    const language = languageOf(this.getAttribute("language") ?? document.documentElement.lang);
    this.openKey = `eea:open:${server}`;
    this.settled = false;
    this.words = new Words(language);
    this.#build(root, server);
    this.conversation = new Conversation(server, language, this.#view());
    this.#setting(this.words, {}, {});
    if (this.page || this.hasAttribute("open") || recall("tab", this.openKey)) this.#show(false);
  }

  disconnectedCallback() {
    this.conversation?.stop();
    this.conversation = null;
    this.frame?.stop();
    this.shadowRoot?.replaceChildren();
  }

  /** @param {string} name @param {string | null} before @param {string | null} value */
  attributeChangedCallback(name, before, value) {
    if (!this.conversation || before === value) return;
    if (name === "language") {
      const language = languageOf(value);
      if (language === this.words?.language) return;
      if (!this.conversation.id) this.#setting(new Words(language), {}, {});
      void this.conversation.speak(language);
    } else if (value !== null) this.show();
    else this.hide();
  }

  get page() {
    return this.getAttribute("mode") === "page";
  }

  /** Opens the conversation and takes the visitor to where one writes. */
  show() {
    if (!this.frame?.shown) this.#show(true);
  }

  /** Closes the panel; the focus goes back to the button that opens it. */
  hide() {
    if (this.page || !this.frame?.shown) return;
    keep("tab", this.openKey, null);
    this.removeAttribute("open");
    this.frame.hide();
    this.#tell("eea-toggle", false);
  }

  /** @param {boolean} focus */
  #show(focus) {
    this.unread = 0;
    keep("tab", this.openKey, this.page ? null : "open");
    this.frame?.show();
    if (!this.page) this.setAttribute("open", "");
    this.frame?.count("");
    void this.conversation?.open();
    if (!this.page) this.log?.toEnd();
    if (focus) this.#focus();
    this.#tell("eea-toggle", true);
  }

  /** @param {ShadowRoot} root @param {string} server */
  #build(root, server) {
    this.composer = new Composer(`eea:draft:${server}`, (text) => this.conversation?.say(text));
    this.log = new Log(
      {
        choose: (message, button) => this.conversation?.choose(message.id, button.id, button.title),
        print: (message, card) => this.#print(root, message, card),
        copy: (text) => copy(root, text),
        focusLost: () => this.#focus(),
      },
      () => this.frame?.scroller() ?? this,
      (count) => this.#arrived(count),
    );
    this.frame = new Frame(this.page, this.log, this.composer, {
      show: () => this.show(),
      hide: () => this.hide(),
      language: (language) => void this.conversation?.speak(language),
    });
    root.replaceChildren(this.frame.node);
    this.frame.node.addEventListener("pointerdown", (event) => (this.touched = event.pointerType === "touch"));
    this.frame.node.addEventListener("keydown", () => (this.touched = false));
  }

  /** @returns {import("./conversation.js").View} */
  #view() {
    return {
      setting: (words, firm, limits) => this.#setting(words, firm, limits),
      history: (messages, unsent) => this.log?.history(messages, unsent),
      message: (message) => this.log?.message(message),
      unsent: (item) => this.log?.unsent(item),
      received: (clientId, message) => this.log?.received(clientId, message),
      typing: (on) => this.log?.typing(on),
      failed: (clientId, text, final) => {
        if (clientId && final) this.composer?.restore(this.log?.takeBack(clientId) ?? "");
        if (final) this.composer?.refuse(text);
        else this.#waiting(text);
      },
      connection: (state) => this.#connection(state),
    };
  }

  /** @param {Words} words @param {any} firm @param {any} limits */
  #setting(words, firm, limits) {
    const changed = words.language !== this.words?.language;
    this.words = words;
    this.frame?.setting(words, firm);
    this.log?.setting(words);
    this.composer?.setting(words, limits);
    if (firm.name) this.firm = firm;
    if (changed) this.#tell("eea-language", words.language);
    if (!this.page || !this.conversation?.id) return;
    // A page is in one language: when it was asked for in another than the conversation's, that one follows.
    const asked = this.getAttribute("language");
    if (!this.settled && asked && languageOf(asked) !== words.language) void this.conversation.speak(asked);
    else if (asked !== words.language) this.setAttribute("language", words.language);
    this.settled = true;
  }

  /** A line that mends itself at once is not worth a word. @param {"open" | "lost" | "first" | "new"} state */
  #connection(state) {
    clearTimeout(this.mending);
    const say = (/** @type {string} */ id) => this.composer?.connection(id ? (this.words?.say(id) ?? "") : "");
    this.frame?.node.classList.toggle("waiting", state === "lost" || state === "first");
    if (state === "open") say("");
    else if (state === "new") say("connection.new");
    else this.mending = window.setTimeout(() => say(`connection.${state}`), QUIET_RECONNECT_MS);
  }

  /** Trouble that passes: the message is kept and goes again by itself. @param {string} text */
  #waiting(text) {
    clearTimeout(this.mending);
    this.frame?.node.classList.add("waiting");
    this.composer?.connection(text);
  }

  /** To where one writes; not after a touch, for that would call the keyboard over what was just said. */
  #focus() {
    if (this.touched) this.log?.node.focus({ preventScroll: true });
    else this.composer?.focus();
  }

  /** @param {ShadowRoot} root @param {import("./conversation.js").Message} message @param {HTMLElement} card */
  #print(root, message, card) {
    if (!this.words) return;
    printCard(root, card, {
      title: this.words.say("card.title"),
      firm: this.firm?.name ?? "",
      language: message.language,
      at: this.words.date(message.at.slice(0, 10)),
    });
  }

  /** @param {number} count */
  #arrived(count) {
    if (this.page || this.frame?.shown || !this.words) return;
    this.unread += count;
    this.frame?.count(this.words.count("unread", this.unread));
  }

  /** @param {string} type @param {unknown} detail */
  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }
}

/** @param {string | null} address */
function originOf(address) {
  return address ? new URL(address, document.baseURI).origin : OWN_ORIGIN;
}

/** @param {ShadowRoot} root @param {string} text @returns {Promise<boolean>} whether it is in the clipboard */
async function copy(root, text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Without permission or a secure origin there is the old way.
  }
  const before = /** @type {HTMLElement | null} */ (root.activeElement);
  const field = el("textarea", { class: "unseen", readonly: true, tabindex: -1, "aria-hidden": "true" });
  field.value = text;
  root.append(field);
  field.select();
  const worked = document.execCommand("copy");
  field.remove();
  before?.focus();
  return worked;
}

if (!customElements.get("express-entry-assistant")) customElements.define("express-entry-assistant", ExpressEntryAssistant);

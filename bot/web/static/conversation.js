/** One conversation with the assistant: opened or taken up again, kept in order, nothing lost on the way. */

import { Api, RequestFailed } from "./api.js";
import { Connection } from "./connection.js";
import { Words, languageOf } from "./language.js";
import { Outbox } from "./outbox.js";

const ACKNOWLEDGED_WITHIN_MS = 12_000;
const TRY_AGAIN_MS = 4_000;
const OPEN_AGAIN_MS = [500, 1_000, 2_000, 4_000, 8_000];
/** Errors that sending the same message again cannot mend. */
const FINAL_ERRORS = new Set(["too_long", "too_large", "empty", "unknown_button", "request"]);

/**
 * @typedef {object} Message one message as the server tells it
 * @property {number} id
 * @property {"visitor" | "assistant" | "staff" | "system"} from
 * @property {string} at
 * @property {string} language
 * @property {string} [kind]
 * @property {string} [text]
 * @property {string} [client_id]
 * @property {string[]} [lines]
 * @property {{id: number | string, title: string, href?: string | null}[]} [buttons]
 * @property {{caption: string, head: string[], rows: string[][]} | null} [table]
 * @property {{title: string, url: string, dated?: string | null}[]} [sources]
 * @property {string[]} [notices]
 * @property {import("./card.js").Card | null} [card]
 * @property {string | null} [author] who of the firm writes, and in which capacity
 */

/**
 * @typedef {object} View what a conversation tells the page
 * @property {(words: Words, firm: any, limits: any) => void} setting words, firm and limits are known or changed
 * @property {(messages: Message[], unsent: import("./outbox.js").Unsent[]) => void} history all so far, from the start
 * @property {(message: Message) => void} message
 * @property {(item: import("./outbox.js").Unsent) => void} unsent
 * @property {(clientId: string, message: Message) => void} received
 * @property {(clientId: string | null, text: string, final: boolean) => void} failed
 * @property {(on: boolean) => void} typing
 * @property {(state: "open" | "lost" | "first" | "new") => void} connection
 */

export class Conversation {
  /** @param {string} server @param {string} language @param {View} view */
  constructor(server, language, view) {
    this.api = new Api(server);
    this.outbox = new Outbox(server);
    this.view = view;
    this.language = languageOf(language);
    /** @type {string | null} */ this.id = null;
    this.last = 0;
    this.opening = false;
    this.stopped = false;
    /** @type {any} */ this.settled = {};
    /** @type {Map<string, number>} */ this.watches = new Map();
    this.connection = new Connection(this.api, {
      after: () => this.last,
      frame: (frame) => this.#hear(frame),
      polled: ({ language, typing }) => {
        this.view.typing(Boolean(typing));
        if (language && languageOf(language) !== this.language) void this.#follow();
      },
      open: () => {
        this.view.connection("open");
        this.#sendAll();
      },
      lost: () => {
        this.view.typing(false);
        this.view.connection("lost");
      },
      gone: () => this.#anew(),
    });
  }

  /** Takes up this browser's conversation, or begins one; tries until it works. */
  async open() {
    if (this.opening || this.id !== null) return;
    this.opening = true;
    this.stopped = false;
    for (let attempt = 0; !this.stopped; attempt++) {
      try {
        this.#begin(await this.#current());
        break;
      } catch (error) {
        this.view.connection("first");
        if (error instanceof RequestFailed && error.text) this.view.failed(null, error.text, false);
        const pause = OPEN_AGAIN_MS[Math.min(attempt, OPEN_AGAIN_MS.length - 1)];
        await new Promise((resolve) => setTimeout(resolve, pause * (0.75 + Math.random() / 2)));
      }
    }
    this.opening = false;
  }

  stop() {
    this.stopped = true;
    this.connection.stop();
    this.id = null;
    for (const watch of this.watches.values()) clearTimeout(watch);
    this.watches.clear();
  }

  /** @param {string} text */
  say(text) {
    this.#post({ conversation: this.id, text });
  }

  /** @param {number} message @param {number | string} button @param {string} title */
  choose(message, button, title) {
    this.#post({ conversation: this.id, text: title, message, button });
  }

  /** @param {string} language */
  async speak(language) {
    const wanted = languageOf(language);
    if (wanted === this.language && this.id !== null) return;
    this.language = wanted;
    if (this.id === null) return;
    try {
      this.#settle(await this.api.post("/api/language", { language: wanted }));
    } catch (error) {
      // All stays as it was, so that asking again does something.
      this.#settle(this.settled);
      this.view.failed(null, /** @type {RequestFailed} */ (error).text, true);
    }
  }

  /** What the server knows of this browser's conversation; a new one when it knows none. */
  async #current() {
    if (this.api.known) {
      try {
        return await this.api.get("/api/conversations/current");
      } catch (error) {
        if (!(error instanceof RequestFailed) || !error.gone) throw error;
      }
    }
    return this.api.post("/api/conversations", { language: this.language });
  }

  /** @param {any} state */
  #begin(state) {
    if (state.token) this.api.token = state.token;
    this.id = String(state.conversation?.id ?? state.conversation);
    this.#settle(state);
    const messages = [...(state.messages ?? [])].sort((a, b) => a.id - b.id);
    this.last = messages.at(-1)?.id ?? 0;
    for (const { client_id } of messages) if (client_id) this.outbox.remove(client_id);
    this.view.history(messages, this.outbox.claim(this.id));
    this.connection.start();
  }

  /** The server does not know this conversation any more: another begins, with what is still unsent. */
  #anew() {
    this.connection.stop();
    this.view.connection("new");
    this.outbox.release();
    this.id = null;
    void this.open();
  }

  /** @param {any} state */
  #settle(state) {
    this.settled = state;
    this.language = languageOf(state.language ?? this.language);
    this.view.setting(new Words(this.language, state.strings), state.firm ?? {}, state.limits ?? {});
  }

  /** @param {any} frame */
  #hear(frame) {
    switch (frame.type) {
      case "welcome":
        this.#settle(frame);
        this.view.typing(Boolean(frame.typing));
        for (const message of frame.messages ?? []) this.#take(message);
        break;
      case "message":
        this.#take(frame.message);
        break;
      case "received":
        this.#acknowledged(frame.client_id, frame.message);
        break;
      case "language":
        this.#settle(frame);
        break;
      case "typing":
        this.view.typing(Boolean(frame.on));
        break;
      case "error":
        this.#refused(frame.client_id ?? null, frame.code ?? "", frame.text ?? "");
        break;
      case "restarting":
        this.view.connection("lost");
        break;
    }
  }

  /** @param {Message} message */
  #take(message) {
    this.last = Math.max(this.last, message.id);
    if (message.client_id && message.from === "visitor") this.#acknowledged(message.client_id, message);
    else this.view.message(message);
  }

  /** The assistant speaks another language because the visitor does: the words around it follow. */
  async #follow() {
    try {
      this.#settle(await this.api.get("/api/conversations/current"));
    } catch {
      // The next answer to a poll says it again.
    }
  }

  /** @param {Omit<import("./outbox.js").Unsent, "client_id" | "at">} item */
  #post(item) {
    const unsent = this.outbox.put(item);
    this.view.unsent(unsent);
    if (this.connection.mode) void this.#send(unsent);
  }

  #sendAll() {
    const items = this.outbox.claim(String(this.id));
    if (this.connection.mode === "socket") for (const item of items) void this.#send(item);
    else void items.reduce((before, item) => before.then(() => this.#send(item)), Promise.resolve());
  }

  /** @param {import("./outbox.js").Unsent} item */
  async #send({ client_id, text, message, button }) {
    const words = button === undefined ? { client_id, text } : { client_id, message, button };
    if (this.connection.mode === "socket") {
      this.#watch(client_id);
      this.connection.send({ type: button === undefined ? "say" : "choose", ...words });
      return;
    }
    try {
      const answer = await this.api.post("/api/messages", words);
      this.#acknowledged(client_id, answer.message ?? answer);
    } catch (error) {
      const { status, code, text: said } = /** @type {RequestFailed} */ (error);
      if (status) this.#refused(client_id, code || (status === 413 ? "too_long" : ""), said);
      else this.#tryAgain(client_id);
    }
  }

  /** Without an acknowledgement in time the line is taken for dead, however open it looks. @param {string} clientId */
  #watch(clientId) {
    clearTimeout(this.watches.get(clientId));
    this.watches.set(
      clientId,
      window.setTimeout(() => this.connection.renew(), ACKNOWLEDGED_WITHIN_MS),
    );
  }

  /** @param {string} clientId @param {Message} message */
  #acknowledged(clientId, message) {
    clearTimeout(this.watches.get(clientId));
    this.watches.delete(clientId);
    this.outbox.remove(clientId);
    this.view.received(clientId, message);
    if (!this.outbox.all().length) this.view.connection("open");
  }

  /** @param {string | null} clientId @param {string} code @param {string} text */
  #refused(clientId, code, text) {
    if (code === "gone") {
      this.#anew();
      return;
    }
    const final = FINAL_ERRORS.has(code);
    if (clientId) {
      clearTimeout(this.watches.get(clientId));
      this.watches.delete(clientId);
      if (final) this.outbox.remove(clientId);
      else this.#tryAgain(clientId);
    }
    this.view.failed(clientId, text, final);
  }

  /** @param {string} clientId */
  #tryAgain(clientId) {
    const again = window.setTimeout(() => {
      const item = this.outbox.all().find((unsent) => unsent.client_id === clientId);
      if (item && this.connection.mode) void this.#send(item);
    }, TRY_AGAIN_MS);
    this.watches.set(clientId, again);
  }
}

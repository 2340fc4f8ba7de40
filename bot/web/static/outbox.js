/** Messages of the visitor that the server has not acknowledged yet. They outlive a reload and a closed tab. */

import { keep, recall } from "./memory.js";

/**
 * @typedef {object} Unsent
 * @property {string} client_id by which the server knows a message that it was sent twice
 * @property {string | null} conversation whose message it is; null: written before there was one
 * @property {string} text what the visitor wrote, or the title of the chosen button
 * @property {number} [message] of a chosen button: the message it stands in
 * @property {number | string} [button] of a chosen button: its id there
 * @property {string} at ISO instant
 */

export class Outbox {
  /** @param {string} server origin of the assistant */
  constructor(server) {
    this.key = `eea:outbox:${server}`;
  }

  /** @returns {Unsent[]} oldest first */
  all() {
    try {
      const items = JSON.parse(recall("browser", this.key) ?? "[]");
      return Array.isArray(items) ? items : [];
    } catch {
      return [];
    }
  }

  /** @param {Omit<Unsent, "client_id" | "at">} item @returns {Unsent} */
  put(item) {
    const unsent = { ...item, client_id: newId(), at: new Date().toISOString() };
    this.#write([...this.all(), unsent]);
    return unsent;
  }

  /** @param {string} clientId */
  remove(clientId) {
    this.#write(this.all().filter((item) => item.client_id !== clientId));
  }

  /**
   * Gives what was written before there was a conversation to this one, and drops what belongs to another.
   * @param {string} conversation
   * @returns {Unsent[]} what is still to be sent in it
   */
  claim(conversation) {
    const mine = this.all()
      .filter((item) => item.conversation === null || item.conversation === conversation)
      .map((item) => ({ ...item, conversation }));
    this.#write(mine);
    return mine;
  }

  /** Leaves what is unsent to the conversation that comes next: the server has lost this one. */
  release() {
    this.#write(this.all().map((item) => ({ ...item, conversation: null })));
  }

  /** @param {Unsent[]} items */
  #write(items) {
    keep("browser", this.key, items.length ? JSON.stringify(items) : null);
  }
}

/** 128 random bits; `crypto.randomUUID` exists on secure origins only. */
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

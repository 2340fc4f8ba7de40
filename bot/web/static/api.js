/** Requests to the assistant's server. On its own origin a cookie says whose conversation it is; elsewhere a token. */

import { keep, recall } from "./memory.js";

const PATIENCE_MS = 15_000;

/** An answer that is not a success. `status` 0: no answer at all. */
export class RequestFailed extends Error {
  /** @param {number} status @param {{code?: string, text?: string}} [body] */
  constructor(status, body = {}) {
    super(body.text ?? `The server answered ${status}`);
    this.status = status;
    this.code = body.code ?? "";
    this.text = body.text ?? "";
  }

  /** The conversation is not known to the server, or not to this browser. */
  get gone() {
    return [401, 404, 410].includes(this.status);
  }
}

export class Api {
  /** @param {string} server origin of the assistant */
  constructor(server) {
    this.server = server;
    this.elsewhere = server !== window.location.origin;
    this.key = `eea:token:${server}`;
  }

  /** @returns {string | null} the token of this browser's conversation, needed on another origin only */
  get token() {
    return this.elsewhere ? recall("browser", this.key) : null;
  }

  set token(value) {
    if (this.elsewhere) keep("browser", this.key, value);
  }

  /** Whether a conversation of this browser may exist already. */
  get known() {
    return !this.elsewhere || this.token !== null;
  }

  /** @param {string} path @param {{signal?: AbortSignal, patience?: number}} [options] @returns {Promise<any>} */
  get(path, options = {}) {
    return this.#request(path, { method: "GET" }, options);
  }

  /** @param {string} path @param {object} body @returns {Promise<any>} */
  post(path, body) {
    const headers = { "Content-Type": "application/json" };
    return this.#request(path, { method: "POST", headers, body: JSON.stringify(body) }, {});
  }

  /** @returns {WebSocket} */
  socket() {
    const address = `${this.server.replace(/^http/, "ws")}/api/ws`;
    return this.token ? new WebSocket(address, ["eea", `eea.${this.token}`]) : new WebSocket(address);
  }

  /**
   * @param {string} path
   * @param {RequestInit} request
   * @param {{signal?: AbortSignal, patience?: number}} options
   */
  async #request(path, request, { signal, patience = PATIENCE_MS }) {
    const headers = new Headers(request.headers);
    if (this.token) headers.set("Authorization", `Bearer ${this.token}`);
    const limit = AbortSignal.timeout(patience);
    let response;
    try {
      response = await fetch(this.server + path, {
        ...request,
        headers,
        cache: "no-store",
        credentials: this.elsewhere ? "omit" : "same-origin",
        signal: signal ? either(signal, limit) : limit,
      });
    } catch {
      throw new RequestFailed(0);
    }
    const body = await response.json().catch(() => ({}));
    if (!response.ok) throw new RequestFailed(response.status, body);
    return body;
  }
}

/** @param {AbortSignal} one @param {AbortSignal} other */
function either(one, other) {
  const both = new AbortController();
  for (const signal of [one, other]) {
    if (signal.aborted) both.abort();
    signal.addEventListener("abort", () => both.abort(), { once: true });
  }
  return both.signal;
}

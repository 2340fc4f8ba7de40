/**
 * The line to the server: a WebSocket, or long polling where WebSockets do not get through.
 * It comes back by itself, waiting longer after each failure.
 */

import { RequestFailed } from "./api.js";

const WELCOME_WITHIN_MS = 5_000;
const PING_EVERY_MS = 20_000;
const PONG_WITHIN_MS = 4_000;
const WAIT_SECONDS = 25;
const FIRST_PAUSE_MS = 400;
const LONGEST_PAUSE_MS = 15_000;

/**
 * @typedef {object} Listener
 * @property {() => number} after id of the last message that arrived here
 * @property {(frame: any) => void} frame one frame of the server
 * @property {() => void} open the line works; what is unsent can go
 * @property {() => void} lost the line is broken and being mended
 * @property {(news: {language?: string, typing?: boolean}) => void} polled what an answer to a poll says besides
 * @property {() => void} gone the server does not know the conversation any more
 */

export class Connection {
  /** @param {import("./api.js").Api} api @param {Listener} listener */
  constructor(api, listener) {
    this.api = api;
    this.listener = listener;
    /** @type {WebSocket | null} */ this.line = null;
    /** @type {"socket" | "polling" | null} */ this.mode = null;
    this.hangUp = () => {};
    this.stopped = true;
    this.stopping = new AbortController();
    this.wake = () => {};
    this.probing = 0;
    // Who comes back to the page, or to a network, may find a line that died meanwhile.
    this.noticed = () => {
      if (document.visibilityState !== "visible") return;
      this.wake();
      this.#probe();
    };
  }

  start() {
    if (!this.stopped) return;
    this.stopped = false;
    this.stopping = new AbortController();
    window.addEventListener("online", this.noticed);
    document.addEventListener("visibilitychange", this.noticed);
    void this.#run();
  }

  stop() {
    this.stopped = true;
    this.mode = null;
    this.stopping.abort();
    this.hangUp();
    this.wake();
    window.removeEventListener("online", this.noticed);
    document.removeEventListener("visibilitychange", this.noticed);
  }

  /** Breaks a line that has gone silent, so that a new one is made. */
  renew() {
    this.hangUp();
  }

  /** @param {object} frame */
  send(frame) {
    if (this.mode === "socket" && this.line?.readyState === WebSocket.OPEN) this.line.send(JSON.stringify(frame));
  }

  /** Asks for a sign of life; a line that gives none is renewed. */
  #probe() {
    if (this.mode !== "socket") return;
    clearTimeout(this.probing);
    this.send({ type: "ping" });
    this.probing = window.setTimeout(() => this.hangUp(), PONG_WITHIN_MS);
  }

  async #run() {
    let failures = 0;
    while (!this.stopped) {
      const worked = (await this.#socket()) || (await this.#poll());
      if (this.stopped) return;
      this.mode = null;
      this.listener.lost();
      failures = worked ? 0 : failures + 1;
      await this.#pause(failures);
    }
  }

  /** Talks over a WebSocket until it breaks. @returns {Promise<boolean>} whether it ever worked */
  #socket() {
    return new Promise((resolve) => {
      let welcomed = false;
      let line;
      try {
        line = this.api.socket();
      } catch {
        resolve(false);
        return;
      }
      const end = () => {
        clearTimeout(slow);
        clearInterval(pulse);
        clearTimeout(this.probing);
        line.onmessage = line.onclose = null;
        line.close();
        this.line = null;
        resolve(welcomed);
      };
      // A line that has gone silent may take minutes to close in order; the next one does not wait for it.
      this.hangUp = end;
      const slow = setTimeout(end, WELCOME_WITHIN_MS);
      const pulse = setInterval(() => this.#probe(), PING_EVERY_MS);
      this.line = line;
      line.onclose = end;
      line.onopen = () => line.send(JSON.stringify({ type: "hello", after: this.listener.after() }));
      line.onmessage = (event) => {
        clearTimeout(this.probing);
        const frame = parse(event.data);
        if (!frame) return;
        const welcome = frame.type === "welcome";
        if (welcome) {
          welcomed = true;
          clearTimeout(slow);
          this.mode = "socket";
        }
        this.listener.frame(frame);
        if (welcome) this.listener.open();
      };
    });
  }

  /** Asks again and again, each time waiting for news. @returns {Promise<boolean>} whether it ever worked */
  async #poll() {
    let worked = false;
    while (!this.stopped) {
      try {
        const wait = worked ? WAIT_SECONDS : 0;
        const path = `/api/messages?after=${this.listener.after()}&wait=${wait}`;
        const body = await this.api.get(path, { signal: this.stopping.signal, patience: (wait + 10) * 1000 });
        for (const message of body.messages ?? []) this.listener.frame({ type: "message", message });
        this.listener.polled(body);
        if (!worked && !this.stopped) {
          worked = true;
          this.mode = "polling";
          this.listener.open();
        }
      } catch (error) {
        if (error instanceof RequestFailed && error.gone && !this.stopped) this.listener.gone();
        return worked;
      }
    }
    return worked;
  }

  /** @param {number} failures */
  #pause(failures) {
    const longest = Math.min(FIRST_PAUSE_MS * 2 ** failures, LONGEST_PAUSE_MS);
    return /** @type {Promise<void>} */ (
      new Promise((resolve) => {
        const timer = setTimeout(resolve, longest * (0.5 + Math.random() / 2));
        this.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      })
    );
  }
}

/** @param {unknown} data */
function parse(data) {
  try {
    return JSON.parse(String(data));
  } catch {
    return null;
  }
}

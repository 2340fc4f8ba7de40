/** Prints one result on its own sheet, whatever page the assistant stands on. */

import { el } from "./dom.js";
import { PAPER } from "./styles/paper.js";

/**
 * @param {ShadowRoot} root where the sheet is kept while it is printed
 * @param {HTMLElement} card
 * @param {{title: string, firm: string, language: string, at: string}} about
 */
export function printCard(root, card, { title, firm, language, at }) {
  const frame = el("iframe", { class: "sheet", "aria-hidden": "true", tabindex: -1, title });
  frame.srcdoc = "<!doctype html><title></title>";
  frame.addEventListener("load", () => {
    const page = frame.contentDocument;
    const view = /** @type {Window & typeof globalThis} */ (frame.contentWindow);
    if (!page || !view) return;
    const sheet = new view.CSSStyleSheet();
    sheet.replaceSync(PAPER);
    page.adoptedStyleSheets = [sheet];
    page.documentElement.lang = language;
    page.title = title;
    page.body.className = "paper";
    page.body.append(el("p", { class: "letterhead" }, el("strong", {}, firm), el("span", {}, at)), card);
    view.addEventListener("afterprint", () => frame.remove());
    view.focus();
    view.print();
  });
  root.append(frame);
}

/** Prints one result on its own sheet, whatever page the assistant stands on. */

import { el } from "./dom.js";
import { PAPER } from "./styles/paper.js";

/** What Letter and A4 both leave inside the margins of `styles/paper.js`, in millimetres; each leaves more one way. */
const PAGE = { width: 184, height: 261 };
const PAGES = 2;
/** Of each page; the rest is lost where an entry is kept whole. */
const USED = 0.985;
/** Sizes of type in points: the largest with which all fits is taken, and the first one where none does. */
const SIZES = [8.5, 8.25, 8, 7.75, 7.5, 7.25, 7, 6.75, 6.5, 6.25, 6];

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
    fit(page.body);
    view.addEventListener("afterprint", () => frame.remove());
    view.focus();
    view.print();
  });
  root.append(frame);
}

/** Chooses the size of type, whatever fonts this machine has. @param {HTMLElement} body */
function fit(body) {
  body.style.inlineSize = `${PAGE.width}mm`;
  const most = PAGES * PAGE.height * USED * (body.getBoundingClientRect().width / PAGE.width);
  const fits = SIZES.find((size) => {
    body.style.fontSize = `${size}pt`;
    return body.scrollHeight <= most;
  });
  body.style.fontSize = `${fits ?? SIZES[0]}pt`;
  body.style.inlineSize = "";
}

/** Building elements. Every text goes in as a text node: nothing that arrives is ever read as markup. */

const SVG = "http://www.w3.org/2000/svg";
const SAFE_LINK = /^(https?:|mailto:|tel:)/i;

/**
 * @typedef {Node | string | null | undefined | false} Child
 * @typedef {Record<string, string | number | boolean | null | undefined | EventListener>} Attributes
 */

/**
 * An element with attributes and children. `true` writes an empty attribute; `false`, `null` and
 * `undefined` leave it out; a function under `onclick`, `oninput`… becomes a listener.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Attributes} [attributes]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, String(value));
  }
  add(node, children);
  return node;
}

/**
 * @param {Element} node
 * @param {Child[]} children
 */
export function add(node, children) {
  for (const child of children) {
    if (child !== null && child !== undefined && child !== false) node.append(child);
  }
}

/** Text for those who hear the page rather than see it. @param {string} text */
export function unseen(text) {
  return el("span", { class: "unseen" }, text);
}

/**
 * A decorative drawing on a 24 by 24 grid; what it means is always said in text beside it.
 * @param {string} name of a shape in `SHAPES`
 */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("focusable", "false");
  for (const d of SHAPES[name]) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", d);
    svg.append(path);
  }
  return svg;
}

/**
 * A link, or plain text when the address is not one that a link of ours may have.
 * @param {string | null | undefined} href
 * @param {Attributes} attributes
 * @param {string} newTab what is said of a link that opens beside the conversation
 * @param {...Child} children
 */
export function link(href, attributes, newTab, ...children) {
  if (!href || !SAFE_LINK.test(href)) return el("span", {}, ...children);
  const outside = /^http/i.test(href);
  return el(
    "a",
    { ...attributes, href, target: outside ? "_blank" : null, rel: outside ? "noopener noreferrer" : null },
    ...children,
    outside && unseen(` (${newTab})`),
  );
}

/** @type {Record<string, string[]>} */
const SHAPES = {
  chat: ["M4 5.5h16v11H10.5L6 20v-3.5H4z", "M8 9.5h8M8 12.5h5"],
  close: ["M6 6l12 12M18 6L6 18"],
  send: ["M12 19V5M6 11l6-6 6 6"],
  down: ["M12 5v14M6 13l6 6 6-6"],
  chevron: ["M8 10l4 4 4-4"],
  outside: ["M9 7h8v8M17 7L7 17"],
  yes: ["M12 3a9 9 0 100 18 9 9 0 000-18z", "M8 12.2l2.8 2.8L16 9.6"],
  no: ["M5 5h14v14H5z", "M9 9l6 6M15 9l-6 6"],
  cannot_tell: ["M12 2.8l9.2 9.2-9.2 9.2L2.8 12z", "M9.9 10.2c.2-1.2 1-1.9 2.1-1.9 1.3 0 2.1.8 2.1 1.8 0 1.6-2.1 1.7-2.1 3.1M12 15.6v.1"],
  met: ["M6 12.5l4 4 8-9"],
  unmet: ["M7 7l10 10M17 7L7 17"],
  unknown: ["M6 12h12"],
  notice: ["M12 3a9 9 0 100 18 9 9 0 000-18z", "M12 11v5.5M12 7.6v.1"],
  copy: ["M9 9h10v11H9z", "M15 9V4H5v11h4"],
  print: ["M7 9V4h10v5", "M7 17H4V9h16v8h-3", "M7 14h10v6H7z"],
};

/** What the browser keeps for the visitor. Where it refuses to keep anything, this page remembers by itself. */

/** @type {Map<string, string>} */
const page = new Map();

/** @typedef {"tab" | "browser"} Shelf: `tab` lives as long as the tab, `browser` until it is removed */

/** @param {Shelf} shelf @returns {Storage | null} */
function storage(shelf) {
  try {
    return shelf === "tab" ? window.sessionStorage : window.localStorage;
  } catch {
    return null;
  }
}

/** @param {Shelf} shelf @param {string} key @returns {string | null} */
export function recall(shelf, key) {
  try {
    return storage(shelf)?.getItem(key) ?? page.get(key) ?? null;
  } catch {
    return page.get(key) ?? null;
  }
}

/** Keeps a value; `null` or an empty text removes it. @param {Shelf} shelf @param {string} key @param {string | null} value */
export function keep(shelf, key, value) {
  if (value) page.set(key, value);
  else page.delete(key);
  try {
    if (value) storage(shelf)?.setItem(key, value);
    else storage(shelf)?.removeItem(key);
  } catch {
    // A full or forbidden storage: the page's own memory above has it.
  }
}

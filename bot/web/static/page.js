/**
 * The page that is the conversation: the firm's colours, and one language for the page and the assistant.
 * Without this module the language link loads the page anew.
 */

/** What stands around the conversation and is written in the page's language. */
const AROUND = [".masthead", ".side"];

const { accent, accentDark } = document.documentElement.dataset;
if (accent) document.documentElement.style.setProperty("--eea-accent", accent);
if (accentDark) document.documentElement.style.setProperty("--eea-accent-dark", accentDark);

// Beside the conversation there is room for who is speaking; above it one can unfold it.
const wide = window.matchMedia("(min-width: 901px)");
const unfold = () => document.querySelector("details.identity")?.toggleAttribute("open", wide.matches);
wide.addEventListener("change", unfold);
window.addEventListener("beforeprint", () => document.querySelector("details.identity")?.setAttribute("open", ""));
window.addEventListener("afterprint", unfold);
unfold();

const assistant = document.querySelector("express-entry-assistant");

document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.target instanceof Element ? event.target.closest("[data-language]") : null;
  if (!link || !assistant) return;
  event.preventDefault();
  assistant.setAttribute("language", link.getAttribute("data-language") ?? "");
});

document.addEventListener("eea-language", (event) => {
  void follow(/** @type {CustomEvent<string>} */ (event).detail);
});

/** Takes the page's words in another language from the page in that language. @param {string} language */
async function follow(language) {
  if (document.documentElement.lang === language) return;
  const address = new URL(window.location.href);
  address.searchParams.set("language", language);
  const answer = await fetch(address, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!answer?.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const inLink = document.activeElement?.matches("[data-language]");
  document.documentElement.lang = language;
  document.title = page.title;
  for (const part of AROUND) {
    const fresh = page.querySelector(part);
    if (fresh) document.querySelector(part)?.replaceWith(document.adoptNode(fresh));
  }
  unfold();
  if (inLink) /** @type {HTMLElement | null} */ (document.querySelector("[data-language]"))?.focus();
  window.history.replaceState(null, "", address);
}

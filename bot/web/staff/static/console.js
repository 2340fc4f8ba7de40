/** What the console's pages do in the browser beside htmx: the firm's colours, the focus, keys. */

const { accent, accentDark } = document.documentElement.dataset;
if (accent) document.documentElement.style.setProperty("--eea-accent", accent);
if (accentDark) document.documentElement.style.setProperty("--eea-accent-dark", accentDark);

// A form that came back with something to mend: the first thing to mend, or else what is said about it.
const alert = document.querySelector("[role=alert]");
if (alert instanceof HTMLElement) {
  const field = document.querySelector("[aria-invalid=true]") ?? alert;
  if (field === alert) alert.tabIndex = -1;
  /** @type {HTMLElement} */ (field).focus();
}

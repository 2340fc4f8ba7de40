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

// A conversation as it happens. What comes is a part of the page made by the server, every value in it escaped.
const transcript = document.querySelector("[data-live]");
if (transcript instanceof HTMLElement) {
  let after = Number(transcript.dataset.after);
  const here = () => window.innerHeight + window.scrollY >= document.body.scrollHeight - 80;
  const source = new EventSource(`${transcript.dataset.live}?after=${after}`);
  source.addEventListener("message", (event) => {
    const number = Number(event.lastEventId);
    if (number <= after) return;
    after = number;
    const follow = here();
    const part = new DOMParser().parseFromString(event.data, "text/html").body.firstElementChild;
    if (part) transcript.append(document.adoptNode(part));
    if (follow) window.scrollTo({ top: document.body.scrollHeight });
  });
  window.addEventListener("pagehide", () => source.close());
  if (!window.location.hash) window.scrollTo({ top: document.body.scrollHeight });
}

document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target instanceof Element ? event.target.closest("form[data-clears]") : null;
  const sent = /** @type {CustomEvent<{successful: boolean}>} */ (event).detail.successful;
  if (form instanceof HTMLFormElement && sent) form.reset();
  else if (form instanceof HTMLFormElement) window.location.reload();
});

// A message of one's own: Ctrl and Enter send it.
document.addEventListener("keydown", (event) => {
  const field = event.target;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && field instanceof HTMLTextAreaElement) field.form?.requestSubmit();
});

// A prepared reply goes into the field, where it can be changed before it is sent.
document.addEventListener("change", (event) => {
  const list = event.target instanceof HTMLSelectElement && event.target.dataset.fills ? event.target : null;
  const field = list && document.getElementById(list.dataset.fills ?? "");
  if (!list || !(field instanceof HTMLTextAreaElement) || !list.value) return;
  field.value = list.value;
  list.value = "";
  field.focus();
});

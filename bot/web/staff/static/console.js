/** What the console's pages do in the browser beside htmx: the firm's colours, the focus, keys. */

const { accent, accentDark } = document.documentElement.dataset;
if (accent) document.documentElement.style.setProperty("--eea-accent", accent);
if (accentDark) document.documentElement.style.setProperty("--eea-accent-dark", accentDark);

// On a narrow screen the sections are a strip: the present one is brought into sight.
document.querySelector(".sections [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

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

// The board: a card is dragged to a column that its lead may move to; what is sent is the form of the card itself.
const board = document.querySelector(".board");
if (board instanceof HTMLElement) {
  /** @type {HTMLElement | null} */
  let card = null;
  const lanes = /** @type {HTMLElement[]} */ ([...board.querySelectorAll("[data-lane]")]);
  const laneOf = (/** @type {Event} */ event) => {
    const lane = event.target instanceof Element ? event.target.closest("[data-lane]") : null;
    return lane instanceof HTMLElement && lane.classList.contains("open-to") ? lane : null;
  };
  board.addEventListener("dragstart", (event) => {
    card = event.target instanceof HTMLElement ? event.target.closest(".card") : null;
    if (!card || !event.dataTransfer) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", card.id);
    const moves = (card.dataset.moves ?? "").split(" ");
    card.classList.add("lifted");
    for (const lane of lanes) lane.classList.toggle("open-to", moves.includes(lane.dataset.lane ?? ""));
  });
  board.addEventListener("dragover", (event) => {
    const over = laneOf(event);
    for (const lane of lanes) lane.classList.toggle("over", lane === over);
    if (!card || !event.dataTransfer) return;
    event.preventDefault(); // else a browser opens the link in the card, where the card cannot be dropped
    event.dataTransfer.dropEffect = over ? "move" : "none";
  });
  board.addEventListener("drop", (event) => {
    const lane = laneOf(event);
    const form = card?.querySelector("form");
    const status = form?.elements.namedItem("status");
    if (!lane || !form || !(status instanceof HTMLSelectElement)) return;
    event.preventDefault();
    status.value = lane.dataset.lane ?? "";
    form.requestSubmit();
  });
  board.addEventListener("dragend", () => {
    card?.classList.remove("lifted");
    for (const lane of lanes) lane.classList.remove("open-to", "over");
    card = null;
  });
  // After a move the focus is on the card that was moved, in its new column.
  const moved = document.getElementById(window.location.hash.slice(1));
  if (moved instanceof HTMLElement && moved.classList.contains("card")) moved.focus();
}

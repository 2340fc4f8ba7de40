/** Where one writes. */

export const COMPOSER = `
.status { display: flex; flex-wrap: wrap; gap: 2px 16px; font-size: 0.875em; line-height: 1.4; padding: 4px 8px; }
.status .error { color: var(--no); font-weight: 600; }
.status .left { margin-inline-start: auto; color: var(--muted); font-variant-numeric: tabular-nums; }
.status .line { color: var(--ink); }
.waiting .status .line:not(:empty)::before {
  content: ""; display: inline-block; inline-size: 8px; block-size: 8px; margin-inline-end: 8px; border-radius: 50%; background: var(--open);
}
.field {
  display: flex; align-items: flex-end; gap: 4px; padding: 4px;
  border: 1px solid var(--edge); border-radius: calc(var(--radius) + 12px); background: var(--surface);
}
.field:focus-within { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); }
.field:has([aria-invalid="true"]) { border-color: var(--no); box-shadow: inset 0 0 0 1px var(--no); }
textarea {
  flex: 1; min-inline-size: 0; min-block-size: 44px; padding: 10px 8px 10px 16px; border: 0; outline: none; resize: none;
  background: none; font-size: max(1em, 16px); line-height: 24px; scrollbar-width: thin;
}
textarea:focus-visible { outline: none; }
textarea::placeholder { color: var(--muted); opacity: 1; }
.send {
  display: inline-flex; align-items: center; justify-content: center; flex: none; inline-size: 44px; block-size: 44px;
  border: 1px solid transparent; border-radius: 50%; background: var(--accent); color: var(--on-accent); transition: filter 120ms ease-out;
}
.hint { padding: 6px 8px 0; font-size: 0.75em; color: var(--muted); text-align: center; }
.embedded .hint { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); }
@media (hover: hover) {
  .send:hover { filter: brightness(1.08); }
}
@media (hover: none), (max-width: 520px) { .page .hint { display: none; } }
@media (forced-colors: active) {
  .field:focus-within { outline: 2px solid Highlight; outline-offset: 2px; }
  .send { border-color: ButtonText; }
}
`;

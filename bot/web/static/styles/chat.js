/** Messages. */

export const CHAT = `
.log { display: flex; flex-direction: column; gap: 20px; }
.embedded .log { margin-block-start: auto; }
.message { display: flex; flex-direction: column; align-items: flex-start; gap: 4px; min-inline-size: 0; animation: appear 160ms ease-out; }
.message.follows { margin-block-start: -8px; }
.message.still { animation: none; }
@keyframes appear { from { opacity: 0; transform: translateY(4px); } }

.day { align-self: center; padding-block-end: 8px; font-size: 0.8125em; color: var(--muted); }
.who { font-size: 0.8125em; line-height: 1.5; color: var(--muted); }
.sender { font-weight: 600; color: var(--ink); }
.sender::after { content: " ·"; font-weight: 400; color: var(--muted); }
time { font-variant-numeric: tabular-nums; }
.follows .who { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

.said { display: flex; flex-direction: column; gap: 8px; max-inline-size: 38em; min-inline-size: 0; overflow-wrap: anywhere; }
.said > p { white-space: pre-line; }
.question { font-weight: 600; }
dl { margin: 0; border: 1px solid var(--line); border-radius: var(--radius-small); background: var(--surface); padding: 4px 16px 10px; }
dt { padding-block-start: 8px; font-size: 0.8125em; font-weight: 600; color: var(--muted); }
dd { margin: 0; }
.from-visitor { align-items: flex-end; }
.from-visitor .said {
  max-inline-size: min(32em, 86%); padding: 10px 16px; border-radius: var(--radius) var(--radius) 4px var(--radius);
  background: var(--tint-strong);
}
.from-visitor .said > p { white-space: pre-wrap; }
.unsent .said { background: none; outline: 1px dashed var(--edge); outline-offset: -1px; }
.state { font-size: 0.8125em; color: var(--muted); visibility: hidden; }
.waiting .state { visibility: visible; }
.from-staff .said { padding: 10px 16px; border: 1px solid var(--line); border-radius: var(--radius) var(--radius) var(--radius) 4px; background: var(--surface); }
.from-system { align-items: center; text-align: center; font-size: 0.875em; color: var(--muted); }
.kind-notice .said, .kind-error .said {
  position: relative; padding: 12px 16px 12px 46px; font-size: 0.9375em; border: 1px solid var(--line); border-radius: var(--radius); background: var(--surface);
}
.kind-notice .said > .icon, .kind-error .said > .icon { position: absolute; inset-inline-start: 16px; inset-block-start: 14px; color: var(--accent); }
.kind-error .said > .icon { color: var(--no); }
.kind-result, .kind-result .said { inline-size: 100%; }
.kind-result .said { max-inline-size: none; gap: 16px; }

.table { max-inline-size: 100%; overflow-x: auto; margin-block: 4px; border: 1px solid var(--line); border-radius: var(--radius-small); background: var(--surface); }
.table table { border-collapse: collapse; min-inline-size: 100%; font-size: 0.9375em; font-variant-numeric: tabular-nums; overflow-wrap: normal; }
.table caption { padding: 10px 14px; text-align: start; font-size: 0.875em; font-weight: 600; }
.table th, .table td { padding: 8px 14px; text-align: start; vertical-align: top; font-weight: 400; border-block-start: 1px solid var(--line); }
.table thead th { font-size: 0.8125em; font-weight: 600; color: var(--muted); }
.table td { min-inline-size: 5.5em; }

.sources { padding-inline-start: 12px; border-inline-start: 2px solid var(--line); font-size: 0.875em; }
.sources ul { padding: 0; list-style: none; }
.sources li { padding-block: 2px; }
.sources a { display: inline-block; padding-block: 2px; }
.sources .dated { color: var(--muted); }
.sources .dated::before { content: " · "; }
.sources.plain { padding: 0; border: 0; font-size: 1em; }
.sources.plain ul { display: flex; flex-wrap: wrap; gap: 0 24px; }
.sources.plain a { padding-block: 6px; }
.notices { display: flex; flex-direction: column; gap: 4px; font-size: 0.8125em; line-height: 1.5; color: var(--muted); }

.choices { display: flex; flex-wrap: wrap; gap: 8px; padding-block: 6px 2px; }
.choice {
  display: inline-flex; align-items: center; gap: 6px; min-block-size: 44px; max-inline-size: 100%; padding: 9px 18px;
  border: 1px solid color-mix(in srgb, var(--accent) 70%, var(--surface)); border-radius: 22px;
  background: var(--surface); color: var(--accent); font-size: 1em; font-weight: 600; line-height: 1.3; text-align: start; text-decoration: none;
  transition: background-color 120ms ease-out;
}
.choice .icon { inline-size: 1em; block-size: 1em; }


.typing { display: flex; gap: 5px; padding: 14px 2px 4px; }
.typing i { inline-size: 7px; block-size: 7px; border-radius: 50%; background: var(--muted); animation: breathe 1200ms ease-in-out infinite; }
.typing i:nth-child(2) { animation-delay: 160ms; }
.typing i:nth-child(3) { animation-delay: 320ms; }
@keyframes breathe { 0%, 60%, 100% { opacity: 0.35; } 30% { opacity: 1; } }

@media (hover: hover) {
  .choice:hover { background: var(--tint-strong); }
}
@media (forced-colors: active) {
  .from-visitor .said { border: 1px solid CanvasText; }
  .typing i { background: CanvasText; }
}
@media print {
  .from-visitor .said { outline: 1px solid var(--line); }
  .choices, .typing, .state { display: none; }
  .message { break-inside: avoid; animation: none; }
  .kind-result { break-inside: auto; }
  .table { overflow: visible; }
}
`;

/** The result. */

export const CARD = `
.card {
  container-type: inline-size; inline-size: 100%;
  border: 1px solid var(--line); border-radius: var(--radius); background: var(--surface); overflow-wrap: break-word;
}
.card > * { padding: 20px 24px; }
.card > * + * { border-block-start: 1px solid var(--line); }
.card h3 { font-size: 1.3125em; letter-spacing: -0.005em; }
.card h4 { font-size: 0.8125em; color: var(--muted); padding-block-end: 8px; }
.card .rules { display: flex; flex-wrap: wrap; gap: 0 12px; padding-block-start: 6px; font-size: 0.875em; color: var(--muted); }
.card .others { padding-block-start: 8px; }
.card > .notices { gap: 8px; background: var(--tint); color: var(--ink); font-size: 0.9375em; }
.card .notes { display: flex; flex-direction: column; gap: 4px; font-size: 0.9375em; }
.card .notes h4 { font-size: 0.8666em; padding-block-end: 4px; }
.card > .sources { padding-inline-start: 24px; border-inline-start: 0; }
.score .rules { padding-block: 4px 0; }

.programs { padding-block-end: 8px !important; }
.program { border-block-start: 1px solid var(--line); }
.programs h4 + .program { border-block-start: 0; }
summary { list-style: none; cursor: pointer; border-radius: var(--radius-small); }
summary::-webkit-details-marker { display: none; }
.program summary {
  display: grid; grid-template-columns: auto 1fr auto auto; align-items: center; gap: 2px 12px;
  min-block-size: 52px; margin-inline: -8px; padding: 8px;
}
summary .icon-chevron { color: var(--muted); transition: rotate 120ms ease-out; }
details[open] > summary .icon-chevron { rotate: 180deg; }
.program .name { font-weight: 600; }
.program .answer { font-weight: 600; font-size: 0.9375em; }
.program summary > .icon:first-child { inline-size: 1.5em; block-size: 1.5em; }
.program.yes > summary > :is(.answer, .icon:first-child) { color: var(--yes); }
.program.no > summary > :is(.answer, .icon:first-child) { color: var(--no); }
.program.cannot_tell > summary > :is(.answer, .icon:first-child) { color: var(--open); }
.reasons { display: flex; flex-direction: column; gap: 8px; padding: 4px 0 20px 36px; font-size: 0.9375em; }
.conditions { list-style: none; padding: 0; display: flex; flex-direction: column; gap: 6px; }
.conditions li { display: grid; grid-template-columns: auto 1fr; gap: 10px; }
.conditions .icon { margin-block-start: 0.1em; }
.conditions .met .icon { color: var(--yes); }
.conditions .unmet .icon { color: var(--no); }
.conditions .unknown .icon { color: var(--open); }

.total { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 10px; color: var(--muted); line-height: 1.1; }
.total strong { font-size: 3em; font-weight: 600; letter-spacing: -0.02em; color: var(--ink); font-variant-numeric: tabular-nums; }
.total.open strong { font-size: 1.75em; letter-spacing: 0; }
.bar { display: flex; gap: 3px; padding-block: 12px 16px; }
.track { display: flex; min-inline-size: 3px; block-size: 14px; border-radius: 4px; background: var(--tint-strong); overflow: hidden; flex: 0 1 0; }
.fill { display: block; }
.shade-1 { background: var(--accent); }
.shade-2 { background: color-mix(in srgb, var(--accent) 50%, var(--ink)); }
.shade-3 { background: color-mix(in srgb, var(--accent) 18%, var(--muted)); }
.shade-4 { background: color-mix(in srgb, var(--accent) 25%, var(--ink)); }
.maybe { background: repeating-linear-gradient(135deg, color-mix(in srgb, var(--accent) 55%, var(--surface)) 0 3px, var(--tint-strong) 3px 6px); }
.swatch { display: inline-block; inline-size: 10px; block-size: 10px; margin-inline-end: 10px; border-radius: 3px; }

.points { inline-size: 100%; border-collapse: collapse; font-size: 0.9375em; font-variant-numeric: tabular-nums; }
.points caption:not(.unseen) { padding-block: 8px 4px; text-align: start; font-size: 0.8666em; font-weight: 600; color: var(--muted); }
.points th, .points td { padding: 7px 0; border-block-end: 1px solid var(--line); font-weight: 400; text-align: start; vertical-align: top; }
.points tbody:last-child tr:last-child > * , .points tfoot tr > * { border-block-end: 0; }
.points td, .points thead th:not(:first-child) { text-align: end; padding-inline-start: 16px; white-space: nowrap; }
.points thead th { font-size: 0.8666em; font-weight: 600; color: var(--muted); }
.points td:not(.max, .since) { font-weight: 600; }
.points .max { color: var(--muted); }
.points tfoot th, .points tfoot td { font-weight: 600; border-block-start: 1px solid var(--edge); }
.points .group th { padding-block-start: 20px; font-weight: 600; border-block-end-color: var(--edge); }
.points .detail { display: block; font-size: 0.9333em; line-height: 1.4; color: var(--muted); }
.sections tbody th { padding-inline-end: 8px; }
.card > .lines { padding-block: 8px; }
.lines > summary, .folded > summary { display: inline-flex; align-items: center; gap: 6px; min-block-size: 44px; color: var(--accent); font-weight: 600; font-size: 0.9375em; }
:is(.lines, .folded) > summary .icon-chevron { color: inherit; }
.lines .since a { display: inline-block; padding-block: 3px; }

.card > .parts { padding-block: 0; }
.part + .part { border-block-start: 1px solid var(--line); }
.part > summary { display: grid; grid-template-columns: 1fr auto auto; align-items: center; gap: 2px 12px; min-block-size: 52px; margin-inline: -8px; padding: 8px; }
.part > summary h4 { padding: 0; font-size: 1em; color: var(--ink); }
.part .holds { font-size: 0.875em; color: var(--muted); text-align: end; }
.held { display: flex; flex-direction: column; gap: 8px; padding-block: 4px 20px; font-size: 0.9375em; }
.held .points { font-size: 1em; }
.held .gains + .gains { margin-block-start: 8px; }
.gains thead th:not(:first-child) { white-space: normal; vertical-align: bottom; }
.items { list-style: none; padding: 0; display: flex; flex-direction: column; gap: 12px; }
.items .label { font-size: 1em; color: var(--ink); }
.items .label a { display: inline-block; padding-block: 4px; color: inherit; }
.held .small { font-size: 0.9333em; line-height: 1.45; color: var(--muted); }

.tools { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; padding-block: 12px !important; }
.tool {
  display: inline-flex; align-items: center; gap: 8px; min-block-size: 44px; padding: 8px 16px 8px 12px;
  border: 1px solid var(--edge); border-radius: var(--radius-small); background: var(--surface); color: var(--ink); font-size: 0.9375em; font-weight: 600;
}
.tools .done { font-size: 0.875em; color: var(--muted); }

@container (max-width: 460px) {
  .card > *, .programs { padding-inline: 16px; }
  .program summary { grid-template-columns: auto 1fr auto; }
  .program .answer { grid-column: 2; grid-row: 2; }
  .program summary .icon-chevron { grid-column: 3; grid-row: 1 / span 2; }
  .program summary > .icon:first-child { grid-row: 1 / span 2; }
  .reasons { padding-inline-start: 0; }
  .sections thead, .lines thead { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); }
  .sections td { padding-inline-start: 6px; }
  .sections td:not(.max) { white-space: normal; }
  .sections td.max::before { content: "/ "; }
  .lines table, .lines tbody, .lines tr { display: block; }
  .lines tr { display: grid; grid-template-columns: 1fr auto auto; column-gap: 6px; padding-block: 8px; border-block-end: 1px solid var(--line); }
  .lines .group { padding-block: 16px 4px; }
  .lines .points :is(th, td), .lines .group th { padding: 0; border: 0; }
  .lines tr > th { grid-column: 1; padding-inline-end: 12px; }
  .lines td.max::before { content: "/ "; }
  .lines td.since::before { content: attr(data-label) " "; color: var(--muted); }
  .lines td.since { grid-column: 1 / -1; text-align: start; font-size: 0.9333em; white-space: normal; }
}
@media (hover: hover) {
  summary:hover .name { text-decoration: underline; text-decoration-thickness: 1px; text-underline-offset: 0.2em; }
  .tool:hover { background: var(--tint); border-color: var(--accent); }
}
@media (forced-colors: active) {
  .track { border: 1px solid CanvasText; }
  .fill, .maybe, .swatch { forced-color-adjust: none; background: CanvasText; }
  .maybe { opacity: 0.4; }
}
@media print {
  .tools { display: none; }
  .card { container-type: normal; }
  .program, .points tr, .total, .bar { break-inside: avoid; }
  .card :is(h3, h4), .total { break-after: avoid; }
  .fill, .maybe, .track, .swatch, .card > .notices { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;

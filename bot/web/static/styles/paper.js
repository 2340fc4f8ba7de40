/**
 * A result on its own sheets of paper: small, dense, nothing folded away. Every measure hangs on the size of the type,
 * so that `print.js` can choose the largest one with which two pages hold the whole.
 */

import { CARD } from "./card.js";
import { PAPER_THEME } from "./theme.js";

export const PAPER = `
@page { margin: 9mm 13mm; }
${PAPER_THEME}
${CARD}
.paper { margin: 0; line-height: 1.25; }
.letterhead { display: flex; justify-content: space-between; padding-block-end: 0.5em; }
.card { border: 0; container-type: normal; }
.card > * { padding: 0.55em 0; }
.card h3 { font-size: 1.4em; }
.card h4, .card .notes h4, .part > summary h4 { font-size: 1.05em; color: var(--ink); padding-block-end: 0.2em; }
.card .others, .card .rules { padding-block-start: 0.2em; }
.card > .notices { display: flex; flex-direction: column; gap: 0.3em; padding: 0.6em 1em; break-inside: avoid; }
.icon-chevron, .lines > summary, .folded > summary { display: none !important; }
.card :is(.reasons, .notes, .held, .points, .notices, .rules), .program .answer { font-size: 1em; }

.programs { display: grid; grid-template-columns: repeat(3, 1fr); gap: 0 1.5em; padding-block-end: 0.7em !important; break-inside: avoid; }
.programs h4 { grid-column: 1 / -1; }
.program { border: 0; }
.program summary { grid-template-columns: auto 1fr; gap: 0 0.5em; min-block-size: 0; margin: 0; padding: 0; }
.program .answer { grid-column: 2; }
.reasons { gap: 0.3em; padding: 0.2em 0 0; }
.conditions { gap: 0.15em; }
.conditions li { gap: 0.4em; }
.reasons ul:not(.conditions) { padding: 0; }
.reasons ul:not(.conditions) li { display: inline; }
.reasons ul:not(.conditions) li + li::before { content: " · "; }
.reasons .points, .reasons .points :is(caption, tbody, tfoot, tr, th, td) { display: inline; padding: 0; border: 0; white-space: normal; vertical-align: baseline; }
.reasons .points thead { display: none; }
.reasons .points caption::after { content: ": "; }
.reasons .points td::before { content: " "; }
.reasons .points td.max::before { content: " / "; }
.reasons .points tr:not(:last-child)::after, .reasons .points tbody::after { content: " · "; }

.score { display: grid; grid-template-columns: 2fr 3fr; column-gap: 2.5em; break-inside: avoid; }
.score > * { grid-column: 1; }
.score > table { grid-column: 2; grid-row: 1 / span 4; align-self: start; }
.total strong { font-size: 2.6em; }
.total.open strong { font-size: 1.6em; }
.bar { padding-block: 0.5em; }
.track { block-size: 1em; }
.points th, .points td { padding-block: 0; }
.points td, .points thead th:not(:first-child) { padding-inline-start: 0.8em; }
.points thead th { font-size: 0.95em; }
.points .group th { padding-block-start: 0.25em; }
.points .detail, .points .detail::before { display: inline; font-size: 1em; }
.points .detail::before { content: " · "; }

.items, .notes, .pairs { columns: 2; column-gap: 2.5em; }
.pairs .detail { display: none !important; }
.lines thead { break-after: avoid; }
.lines caption.unseen { position: static !important; inline-size: auto; block-size: auto; margin: 0; clip-path: none; white-space: normal; }
.lines caption { padding-block-end: 0.3em; text-align: start; font-weight: 600; }
.card > .parts { padding-block: 0.7em; }
.part + .part { border-block-start: 0; padding-block-start: 0.6em; }
.part > summary { display: block; min-block-size: 0; margin: 0; padding: 0; break-after: avoid; }
.part > summary .holds { display: none; }
.held { display: block; padding: 0; }
.held > * + * { margin-block-start: 0.2em; }
.held .small { font-size: 1em; line-height: inherit; }
.held .items { display: block; }
.items li { break-inside: avoid; }
.items li + li { margin-block-start: 0.25em; }
.items p { display: inline; }
.items p + p::before { content: " "; }
.items .label { font-size: 1em; font-weight: 600; }
.notes h4 { column-span: all; }
.card .notes { display: block; }
.items, .notes { orphans: 2; widows: 2; }
.notes p + p { margin-block-start: 0.15em; }
.card > .sources { padding-inline-start: 0; }
.sources :is(.label, ul, li) { display: inline; padding: 0; font-size: 1em; }
.notices a::after { content: " (" attr(href) ")"; }
.sources .label::after { content: " "; }
.sources .dated::before { content: " · "; }
.lines .since a, .items .label a { display: inline; padding: 0; }
.paper a { color: inherit; text-decoration: none; }
`;

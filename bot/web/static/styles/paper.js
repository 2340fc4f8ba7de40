/** A result on its own sheets of paper: small, dense, nothing folded away. Two pages hold a whole one. */

import { CARD } from "./card.js";
import { PAPER_THEME } from "./theme.js";

export const PAPER = `
@page { margin: 12mm 16mm; }
${PAPER_THEME}
${CARD}
.paper { margin: 0; font-size: 8.5pt; line-height: 1.3; }
.letterhead { display: flex; justify-content: space-between; padding-block-end: 8pt; }
.card { border: 0; container-type: normal; }
.card > * { padding: 6pt 0; }
.card > .notices { display: flex; flex-direction: column; gap: 3pt; padding: 6pt 10pt; break-inside: avoid; }
.card .others { padding-block-start: 2pt; }
.card h3 { font-size: 14pt; }
.program summary { min-block-size: 0; padding-block: 3pt; margin: 0; }
.icon-chevron, .lines > summary { display: none !important; }
.reasons { padding-block-end: 4pt; gap: 3pt; }
.conditions { gap: 1pt; }
.total strong { font-size: 24pt; }
.bar { padding-block: 6pt; }
.program summary { grid-template-columns: auto 1fr auto; }
.points .detail { display: inline; }
.points .detail::before { content: " · "; }
.lines thead { break-after: avoid; }
.lines caption.unseen { position: static !important; inline-size: auto; block-size: auto; margin: 0; clip-path: none; white-space: normal; }
.lines caption { padding-block: 6pt; text-align: start; font-weight: 600; color: var(--muted); }
.points th, .points td { padding-block: 1.5pt; }
.points .group th { padding-block-start: 8pt; }
.card > .sources { padding-inline-start: 0; }
.sources ul { padding: 0; list-style: none; }
.sources .dated::before { content: " · "; }
.sources a, .since a { color: inherit; }
`;

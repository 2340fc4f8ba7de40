/**
 * Colours, type and measures. A page sets, on the element or above it:
 * `--eea-accent` and `--eea-accent-dark` (each 4.5:1 or more against white and #1b2023), `--eea-radius`,
 * `--eea-font`, `--eea-width`, `--eea-height`, `--eea-offset`, `--eea-layer`.
 */

const LIGHT = `
  color-scheme: light;
  --accent: var(--eea-accent, var(--firm-accent, #1f5a8a));
  --on-accent: #fff;
  --ground: #faf8f4;
  --surface: #fff;
  --ink: #1f2629;
  --muted: #566064;
  --line: #e3ddd3;
  --edge: #868c8b;
  --yes: #1c6742;
  --no: #8f3c2c;
  --open: #735510;
  --shadow: 0 1px 2px rgb(40 34 24 / 6%), 0 12px 32px rgb(40 34 24 / 14%);
`;

const DARK = `
  color-scheme: dark;
  --accent: var(--eea-accent-dark, var(--firm-accent-dark, #8cc4f0));
  --on-accent: #10171b;
  --ground: #14181a;
  --surface: #1b2023;
  --ink: #ebe8e2;
  --muted: #abb3b5;
  --line: #343c3f;
  --edge: #7f898c;
  --yes: #82cca4;
  --no: #f0a894;
  --open: #e2c377;
  --shadow: 0 1px 2px rgb(0 0 0 / 30%), 0 12px 32px rgb(0 0 0 / 50%);
`;

const MEASURES = `
  --tint: color-mix(in srgb, var(--accent) 9%, var(--surface));
  --tint-strong: color-mix(in srgb, var(--accent) 17%, var(--surface));
  --radius: var(--eea-radius, 14px);
  --radius-small: calc(var(--radius) * 0.6);
  font: 400 1em/1.5 var(--eea-font, -apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Helvetica Neue", Arial, system-ui, sans-serif);
  color: var(--ink);
  text-align: start;
  -webkit-text-size-adjust: 100%;
`;

const BASE = `
  *, *::before, *::after { box-sizing: border-box; }
  [hidden] { display: none !important; }
  p, ul, h2, h3, h4, table { margin: 0; }
  ul { padding-inline-start: 1.25em; }
  h2, h3, h4 { font-weight: 600; line-height: 1.25; text-wrap: balance; }
  button, textarea { font: inherit; color: inherit; letter-spacing: inherit; }
  button { cursor: pointer; }
  a { color: var(--accent); text-underline-offset: 0.2em; text-decoration-thickness: 1px; }
  a:hover { text-decoration-thickness: 2px; }
  :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
  .icon { inline-size: 1.25em; block-size: 1.25em; flex: none; fill: none; stroke: currentColor; stroke-width: 1.75; stroke-linecap: round; stroke-linejoin: round; }
  .unseen { position: absolute !important; inline-size: 1px; block-size: 1px; margin: -1px; padding: 0; overflow: hidden; clip-path: inset(50%); white-space: nowrap; border: 0; }
  .label { font-size: 0.8125em; font-weight: 600; color: var(--muted); }
`;

export const THEME = `
:host { all: initial; display: block; font-size: medium; }
:host([mode="page"]) { display: flex; flex-direction: column; flex: 1; }
:host([hidden]) { display: none; }
.root { ${LIGHT} ${MEASURES} }
@media (prefers-color-scheme: dark) { :host(:not([theme="light"])) .root { ${DARK} } }
:host([theme="dark"]) .root { ${DARK} }
@media print { :host .root { ${LIGHT} } }
${BASE}
@media (prefers-reduced-motion: reduce) { *, *::before, *::after { animation: none !important; transition: none !important; } }
`;

export const PAPER_THEME = `
.paper { ${LIGHT} --ground: #fff; ${MEASURES} }
${BASE}
`;

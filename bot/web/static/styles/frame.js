/** The launcher, the panel and the page. */

export const FRAME = `
.launcher {
  position: fixed; inset-block-end: var(--eea-offset, 20px); inset-inline-end: var(--eea-offset, 20px);
  z-index: var(--eea-layer, 2147483000);
  display: inline-flex; align-items: center; gap: 10px;
  min-block-size: 56px; max-inline-size: calc(100vw - 2 * var(--eea-offset, 20px)); padding: 12px 22px 12px 18px;
  border: 1px solid transparent; border-radius: 28px;
  background: var(--accent); color: var(--on-accent); box-shadow: var(--shadow);
  font-weight: 600; text-align: start; line-height: 1.25;
  transition: filter 120ms ease-out;
}
.launcher:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; box-shadow: 0 0 0 3px var(--surface), var(--shadow); }
.launcher .icon { inline-size: 1.5em; block-size: 1.5em; }
.launcher .unread:empty { display: none; }
.launcher .unread { padding: 2px 10px; border-radius: 12px; background: var(--on-accent); color: var(--accent); font-size: 0.8125em; }

.panel { display: flex; flex-direction: column; background: var(--ground); }
.embedded .panel {
  position: fixed; inset-block-end: var(--eea-offset, 20px); inset-inline-end: var(--eea-offset, 20px);
  z-index: var(--eea-layer, 2147483000);
  inline-size: min(var(--eea-width, 420px), calc(100vw - 2 * var(--eea-offset, 20px)));
  block-size: min(var(--eea-height, 700px), calc(100dvh - 2 * var(--eea-offset, 20px)));
  border: 1px solid var(--line); border-radius: calc(var(--radius) + 4px); box-shadow: var(--shadow); overflow: hidden;
  animation: rise 160ms ease-out;
}
@keyframes rise { from { opacity: 0; transform: translateY(8px); } }

.head { display: flex; align-items: center; gap: 4px; padding: 10px 8px 10px 20px; border-block-end: 1px solid var(--line); background: var(--surface); }
.head .names { flex: 1; min-inline-size: 0; }
.head .title { font-size: 1em; }
.head .firm { font-size: 0.8125em; line-height: 1.35; color: var(--muted); overflow-wrap: anywhere; }
.quiet {
  display: inline-flex; align-items: center; justify-content: center; flex: none;
  min-inline-size: 44px; min-block-size: 44px; padding: 8px 10px; border: 0; border-radius: var(--radius-small);
  background: none; color: var(--accent); font-size: 0.875em; font-weight: 600;
}
.quiet:focus-visible { outline-offset: -3px; }
.quiet.close { color: var(--ink); }
.quiet.close .icon { inline-size: 1.5em; block-size: 1.5em; }

.scroll { flex: 1; min-block-size: 0; display: flex; flex-direction: column; }
.scroll:focus-visible { outline-offset: -3px; border-radius: var(--radius-small); }
.embedded .scroll { overflow-y: auto; overscroll-behavior: contain; padding: 16px 20px 8px; scroll-padding: 16px; }
.root.page, .page .panel { display: flex; flex-direction: column; flex: 1; }
.page .scroll { padding: 24px 0 16px; }
.page .scroll:focus { outline: none; }

.foot { position: relative; background: var(--ground); }
.embedded .foot { padding: 4px 12px 10px; border-block-start: 1px solid var(--line); background: var(--surface); }
.page .foot { position: sticky; inset-block-end: 0; padding-block-end: 16px; }
.page .foot::before {
  content: ""; position: absolute; inset-inline: 0; inset-block-end: 100%; block-size: 20px;
  background: linear-gradient(to top, var(--ground), transparent); pointer-events: none;
}
.about { padding: 6px 8px 0; font-size: 0.75em; line-height: 1.4; color: var(--muted); text-align: center; }
.about a { display: inline-block; padding-block: 5px; }

.more {
  position: absolute; inset-block-end: calc(100% + 10px); inset-inline-start: 50%; translate: -50% 0; z-index: 1;
  display: inline-flex; align-items: center; gap: 6px; min-block-size: 44px; padding: 8px 18px 8px 14px;
  border: 1px solid var(--edge); border-radius: 22px; background: var(--surface); color: var(--ink);
  font-size: 0.9375em; font-weight: 600; box-shadow: var(--shadow); white-space: nowrap;
}
.sheet { position: fixed; inline-size: 0; block-size: 0; border: 0; visibility: hidden; }

@media (hover: hover) {
  .launcher:hover { filter: brightness(1.08); }
  .quiet:hover { background: var(--tint); }
}
@media (max-width: 520px) {
  .embedded .panel { inset: 0; inline-size: 100%; block-size: 100dvh; border: 0; border-radius: 0; }
  .embedded .scroll { padding-inline: 16px; }
  .page .scroll { padding-block-start: 16px; }
}
@media (max-height: 480px) {
  .embedded .panel { overflow-y: auto; display: block; }
  .embedded .scroll { overflow: visible; }
  .page .foot { position: relative; }
  .more { position: fixed; inset-block-end: 10px; }
}
@media (forced-colors: active) {
  .launcher, .embedded .panel { border-color: CanvasText; }
  .quiet { border: 1px solid transparent; }
}
@media print {
  .launcher, .foot, .embedded .panel { display: none; }
  .page .panel { background: none; }
}
`;

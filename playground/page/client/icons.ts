import { svg, type TemplateResult } from 'lit-html';

/** The few signs of the page, drawn on a field of 24 × 24. They are decoration: what they mean stands beside them. */
const icon = (path: TemplateResult) =>
  svg`<svg viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor" stroke-width="2"
    stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${path}</svg>`;

export const icons = {
  hash: icon(svg`<path d="M10 4 8 20M16 4l-2 16M4.5 9h16M3.5 15h16"/>`),
  menu: icon(svg`<path d="M4 7h16M4 12h16M4 17h16"/>`),
  panel: icon(svg`<path d="M4 5h16v14H4zM15 5v14"/>`),
  send: icon(svg`<path d="M4 12 20 4l-5 16-3.5-6.5z"/>`),
  close: icon(svg`<path d="m6 6 12 12M18 6 6 18"/>`),
  down: icon(svg`<path d="m6 9 6 6 6-6"/>`),
  smile: icon(svg`<circle cx="12" cy="12" r="8.5"/><path d="M8.5 14a4.2 4.2 0 0 0 7 0M9 9.5v.2M15 9.5v.2"/>`),
  bin: icon(svg`<path d="M5 7h14M10 7V4.5h4V7M7 7l1 12.5h8L17 7"/>`),
  clear: icon(svg`<circle cx="12" cy="12" r="8.5"/><path d="m6.5 6.5 11 11"/>`),
  eye: icon(
    svg`<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z"/><circle cx="12" cy="12" r="2.5"/>`,
  ),
  file: icon(svg`<path d="M6 3.5h8l4 4v13H6zM14 3.5v4h4"/>`),
  window: icon(svg`<path d="M14 4h6v6M20 4l-9 9M10 5H5v14h14v-5"/>`),
  reply: icon(svg`<path d="M4 21v-5a4 4 0 0 1 4-4h13"/>`),
};

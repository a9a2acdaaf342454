import { html, nothing, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import type { RequestView } from '../protocol.ts';
import { state } from './state.ts';
import { formatTime } from './time.ts';
import { words } from './words.ts';

/** What the bot has sent, the newest first, each with what Discord would object to. */
export function requests(): TemplateResult {
  const say = words().requests;
  const { house } = state;
  const bad = house?.violations ?? 0;
  return html`<p class=${`verdict ${bad > 0 ? 'bad' : 'good'}`}>${bad > 0 ? say.violations(bad) : say.clean}</p>
    <p class="hint">${house?.openapi === 'present' ? say.checked : say.unchecked}</p>
    ${state.requests.length === 0 ? html`<p class="empty">${say.none}</p>` : nothing}
    <div class="requests">
      ${repeat([...state.requests].reverse(), ({ n }) => n, requestRow)}
    </div>`;
}

/** Of an id, its end is enough to tell it from others. */
function shorten(path: string): string {
  return decodeURIComponent(path).replace(/\d{13,}(?=\d{4})/g, '…');
}

function requestRow({ method, path, status, at, body, violations }: RequestView): TemplateResult {
  const state = violations.length > 0 || status >= 400 ? 'bad' : status === 0 ? 'open' : 'good';
  return html`<details class=${`request ${state}`}>
    <summary><b>${method}</b> <span class="path" title=${path}>${shorten(path)}</span> <span class="status">${status || words().requests.underWay}</span></summary>
    <p class="hint">${formatTime(at, 'T')}</p>
    ${violations.map((violation) => html`<p class="failure">${violation}</p>`)}
    ${body ? html`<pre tabindex="0">${body}</pre>` : nothing}
  </details>`;
}

import { html, nothing, render, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import type { FindingView, ItemView, PreviewView } from '../protocol.ts';
import { call } from './api.ts';
import { components } from './component-view.ts';
import { connect } from './live.ts';
import { change, hear, onChange, state } from './state.ts';
import { language, words } from './words.ts';

let preview: PreviewView | undefined;

function page(): TemplateResult {
  const say = words().preview;
  return html`<header>
      <h1>${say.title}</h1>
      <span class="hint">${preview ? say.file(preview.file) : nothing}</span>
      <div class="settings">
        <div class="segmented" role="group" aria-label=${words().locale}>
          <button aria-pressed=${language() === 'en'} @click=${() => call('setLocale', state.me, 'en-US')}>EN</button>
          <button aria-pressed=${language() === 'zh'} @click=${() => call('setLocale', state.me, 'zh-CN')}>中文</button>
        </div>
        <div class="segmented" role="group" aria-label=${words().theme}>
          <button aria-pressed=${state.theme === 'dark'} @click=${() => change(() => (state.theme = 'dark'))}>${words().dark}</button>
          <button aria-pressed=${state.theme === 'light'} @click=${() => change(() => (state.theme = 'light'))}>${words().light}</button>
        </div>
      </div>
    </header>
    <main>${preview ? content(preview) : nothing}</main>`;
}

function content({ findings, items }: PreviewView): TemplateResult {
  const say = words().preview;
  const known = new Set(items.map(({ id }) => id));
  const elsewhere = findings.filter(({ item }) => !known.has(item));
  return html`${findings.length === 0 ? html`<p class="verdict good" role="status">${say.clean}</p>` : nothing}
    ${list(elsewhere)}
    ${items.length === 0 ? html`<p>${say.none}</p>` : nothing}
    ${repeat(
      items,
      ({ id }) => id,
      (item) =>
        itemPart(
          item,
          findings.filter((finding) => finding.item === item.id),
        ),
    )}`;
}

function itemPart({ id, line, cards }: ItemView, findings: readonly FindingView[]): TemplateResult {
  const say = words().preview;
  return html`<section data-item=${id}>
    <h2>${id} <small class="hint">${say.line(line)}</small></h2>
    ${list(findings)}
    <div class="languages">
      ${(['en', 'zh'] as const).map(
        (each) => html`<div lang=${each === 'zh' ? 'zh-CN' : 'en'}>
          <h3>${say.asPosted}</h3>
          ${components(cards[each][0] ?? [])}
          <h3>${say.solution}</h3>
          ${components(cards[each][1] ?? [])}
        </div>`,
      )}
    </div>
  </section>`;
}

function list(findings: readonly FindingView[]): TemplateResult | typeof nothing {
  if (findings.length === 0) return nothing;
  const say = words().preview;
  return html`<ul class="findings">
    ${findings.map(
      ({ severity, line, item, field, message }) =>
        html`<li class=${severity}><b>${say[severity]}</b> ${say.line(line)}: ${[item, field].filter(Boolean).join(' ')} ${message}</li>`,
    )}
  </ul>`;
}

function draw(): void {
  document.documentElement.lang = language() === 'zh' ? 'zh-CN' : 'en';
  document.documentElement.dataset.theme = state.theme;
  render(page(), document.body);
}

onChange(draw);
connect(
  state.me,
  (news) => {
    if (news.kind === 'preview') ({ preview } = news);
    hear(news);
  },
  (connected) => change(() => (state.connected = connected)),
);
draw();

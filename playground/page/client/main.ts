import { html, nothing, render, type TemplateResult } from 'lit-html';
import { composer } from './composer.ts';
import { guide } from './guide.ts';
import { icons } from './icons.ts';
import { connect } from './live.ts';
import { messageList } from './message-view.ts';
import { modalView } from './modal-view.ts';
import { channelLabel, nameOf } from './names.ts';
import { requests } from './requests.ts';
import { sidebar } from './sidebar.ts';
import { stage } from './stage.ts';
import { change, hear, onChange, type Panel, state } from './state.ts';
import { language, words } from './words.ts';

const panels: readonly Panel[] = ['guide', 'stage', 'requests'];

function page(): TemplateResult {
  return html`${sidebar()}
    <main>
      ${header()}
      ${banner()}
      ${messageList()}
      ${composer()}
    </main>
    ${state.panel && state.house ? sidePanel(state.panel) : nothing}
    ${modalView()}`;
}

function header(): TemplateResult {
  const say = words();
  return html`<header class="top">
    <button class="tool narrow" aria-label=${state.drawer ? say.hideChannels : say.showChannels} aria-expanded=${state.drawer}
      aria-controls="channels" @click=${() => change(() => (state.drawer = !state.drawer))}>${icons.menu}</button>
    <h1>${channelLabel()}</h1>
    <span class="me">${say.you} <b>${nameOf(state.me)}</b></span>
    ${state.house ? html`<span class="lamp-text"><span class=${`lamp ${state.house.bot}`}></span>${say.botState[state.house.bot]}</span>` : nothing}
    ${
      state.house
        ? html`<button class="tool" aria-label=${state.panel ? say.hidePanel : say.showPanel} aria-expanded=${state.panel !== undefined}
            @click=${() => change(() => (state.panel = state.panel ? undefined : 'guide'))}>${icons.panel}</button>`
        : nothing
    }
  </header>`;
}

/** What keeps the bot from answering, while it does. */
function banner(): TemplateResult | typeof nothing {
  const say = words();
  const { house, connected } = state;
  if (!connected) return html`<p class="banner bad" role="status">${say.offline}</p>`;
  if (!house || house.bot === 'ready') return nothing;
  return html`<p class="banner" role="status">${house.bot === 'stopped' ? nothing : html`<progress></progress>`}
    ${say.botState[house.bot]}<small>${house.lastWords}</small></p>`;
}

function sidePanel(shown: Panel): TemplateResult {
  const say = words().panels;
  const content = { guide, stage, requests }[shown];
  return html`<aside class="panel" aria-label=${say[shown]}>
    <div class="panel-top">
      <div class="segmented tabs" role="tablist">
        ${panels.map((panel) => html`<button role="tab" id=${`tab-${panel}`} aria-selected=${panel === shown} aria-controls="panel-content" @click=${() => change(() => (state.panel = panel))}>${say[panel]}</button>`)}
      </div>
      <button class="tool" aria-label=${words().hidePanel} @click=${() => change(() => (state.panel = undefined))}>${icons.close}</button>
    </div>
    <div class="panel-content" id="panel-content" role="tabpanel" aria-labelledby=${`tab-${shown}`} tabindex="0">${content()}</div>
  </aside>`;
}

function draw(): void {
  const list = document.querySelector('.messages');
  const atEnd = !list || list.scrollHeight - list.scrollTop - list.clientHeight < 80;
  document.documentElement.lang = language() === 'zh' ? 'zh-CN' : 'en';
  document.documentElement.dataset.theme = state.theme;
  document.title = `${channelLabel()} · ${words().title}`;
  render(page(), document.body);
  if (atEnd) scrollToEnd();
}

function scrollToEnd(): void {
  const list = document.querySelector('.messages');
  if (list) list.scrollTop = list.scrollHeight;
}

function followAddress(): void {
  change(() => {
    state.channelId = location.hash.slice(1) || state.channelId;
    state.unread.delete(state.channelId);
    state.drawer = false;
    state.composer = { kind: 'text', text: '', commands: [], active: 0 };
  });
  setTimeout(scrollToEnd, 50);
}

onChange(draw);
addEventListener('hashchange', followAddress);
// Pictures make messages taller when they have come.
document.addEventListener('load', ({ target }) => target instanceof HTMLImageElement && scrollToEnd(), true);
document.addEventListener('click', ({ target }) => {
  if (state.menu?.key.startsWith('emoji:') && !(target as Element).closest('.toolbar'))
    change(() => (state.menu = undefined));
});
connect(state.me, hear, (connected) => change(() => (state.connected = connected)));
setInterval(() => change(), 1_000);
draw();

import { html, nothing, type TemplateResult } from 'lit-html';
import type { PersonView, ServerView } from '../protocol.ts';
import { call } from './api.ts';
import { avatar } from './avatar.ts';
import { icons } from './icons.ts';
import { nameOf, personOf, serverHere } from './names.ts';
import { change, state } from './state.ts';
import { language, words } from './words.ts';

/** Servers, channels, direct messages, and who the window is. */
export function sidebar(): TemplateResult {
  const say = words();
  const { scene } = state;
  if (!scene) return html``;
  return html`<nav class=${`sidebar${state.drawer ? ' open' : ''}`} id="channels" aria-label=${say.channels}>
    <div class="channel-list">
      ${scene.servers.map(serverPart)}
      <h2>${say.direct}</h2>
      <ul>${channelLink(scene.directId, html`${avatar(scene.botId, 'small')}<span>${nameOf(scene.botId)}</span>`)}</ul>
    </div>
    ${personPart()}
  </nav>`;
}

function serverPart({ name, channels }: ServerView): TemplateResult {
  return html`<p class="server">${name}</p>
    <h2>${words().textChannels}</h2>
    <ul>${channels.map((channel) => channelLink(channel.id, html`${icons.hash}<span>${channel.name}</span>`))}</ul>`;
}

function channelLink(id: string, content: TemplateResult): TemplateResult {
  const here = id === state.channelId;
  const unread = state.unread.has(id);
  return html`<li><a href=${`#${id}`} aria-current=${here ? 'page' : nothing} class=${unread ? 'unread' : ''}>
    ${content}${unread ? html`<span class="dot" role="img" aria-label=${words().unread}></span>` : nothing}</a></li>`;
}

function personPart(): TemplateResult {
  const say = words();
  const people = (state.scene?.people ?? []).filter(({ bot }) => !bot);
  return html`<section class="person" aria-label=${say.switchTo}>
    <h2>${say.switchTo}</h2>
    <ul>${people.map(personLink)}</ul>
    ${roleSwitch()}
    <div class="settings">
      <div class="segmented" role="group" aria-label=${say.locale}>
        ${segment('EN', language() === 'en', () => setLocale('en-US'))}
        ${segment('中文', language() === 'zh', () => setLocale('zh-CN'))}
      </div>
      <div class="segmented" role="group" aria-label=${say.theme}>
        ${segment(say.dark, state.theme === 'dark', () => setTheme('dark'))}
        ${segment(say.light, state.theme === 'light', () => setTheme('light'))}
      </div>
    </div>
  </section>`;
}

function personLink({ id, name }: PersonView): TemplateResult {
  const here = id === state.me;
  const to = `/?as=${id}#${state.channelId}`;
  return html`<li class="person-row">
    <a href=${to} aria-current=${here ? 'true' : nothing}>${avatar(id, 'small')}<span>${name}</span></a>
    ${here ? nothing : html`<a class="tool" href=${to} target="_blank" title=${words().newWindow(name)} aria-label=${words().newWindow(name)}>${icons.window}</a>`}
  </li>`;
}

/** The moderator's role, on or off; who owns the server may everything anyway. */
function roleSwitch(): TemplateResult | typeof nothing {
  const say = words();
  const server = serverHere();
  const member = server?.members.find(({ id }) => id === state.me);
  const role = server?.roles[0];
  if (!server || !member || !role) return nothing;
  if (member.owner) return html`<p class="hint">${nameOf(state.me)} ${say.owner}</p>`;
  return html`<label class="switch" title=${say.mayManage}><input type="checkbox" role="switch" .checked=${member.manager}
    @change=${() => void call('setMemberRole', server.id, state.me, role.id, !member.manager)} /><span>${say.moderator}</span></label>`;
}

function segment(text: string, on: boolean, choose: () => void): TemplateResult {
  return html`<button aria-pressed=${on} @click=${choose}>${text}</button>`;
}

function setLocale(locale: string): void {
  if (personOf(state.me)?.locale !== locale) void call('setLocale', state.me, locale);
}

function setTheme(theme: 'dark' | 'light'): void {
  localStorage.theme = theme;
  change(() => (state.theme = theme));
}

import { html, nothing, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import type { MessageView, ReactionView } from '../protocol.ts';
import { dismissAttempt, react } from './actions.ts';
import { call } from './api.ts';
import { avatar } from './avatar.ts';
import { components, file } from './component-view.ts';
import { icons } from './icons.ts';
import { markdown } from './markdown-view.ts';
import { channelLabel, mayManage, nameOf, personOf } from './names.ts';
import { type Attempt, change, state } from './state.ts';
import { formatTime } from './time.ts';
import { words } from './words.ts';

/** Messages of one person so soon after another stand under one name. Milliseconds. */
const TOGETHER = 7 * 60_000;

const EMOJI = ['❌', '🤔', '✅', '⚡', '👍', '❤️', '😂', '🎉'];

/** The messages of the channel, and what is under way. */
export function messageList(): TemplateResult {
  const say = words();
  const all = (state.messages.get(state.channelId) ?? []).filter(({ id }) => !state.dismissed.has(id));
  const attempts = state.attempts.filter(({ channelId }) => channelId === state.channelId);
  return html`<div class="messages" role="log" tabindex="0" aria-label=${say.messages(channelLabel())}>
    <div class="beginning"><h2>${say.empty(channelLabel())}</h2><p>${say.emptyHint}</p></div>
    ${repeat(
      all,
      ({ id }) => id,
      (message, at) => messageRow(message, all[at - 1]),
    )}
    ${attempts.map(attemptRow)}
  </div>`;
}

function messageRow(message: MessageView, before: MessageView | undefined): TemplateResult {
  const say = words();
  const author = personOf(message.authorId);
  const follows =
    before !== undefined &&
    before.authorId === message.authorId &&
    !message.command &&
    !message.replyTo &&
    !before.ephemeral &&
    !message.ephemeral &&
    message.at - before.at < TOGETHER &&
    message.at >= before.at;
  const { command } = message;
  const failure = state.failed.get(message.id);
  return html`<article class=${`message${follows ? ' follows' : ''}${message.ephemeral ? ' ephemeral' : ''}`}
    data-id=${message.id}>
    ${command ? html`<p class="origin">${icons.reply}${avatar(command.userId, 'small')}<span>${say.used(nameOf(command.userId), `/${command.name}`)}</span></p>` : nothing}
    ${follows ? html`<time class="aside">${formatTime(message.at, 't')}</time>` : avatar(message.authorId)}
    <div class="body">
      ${follows ? nothing : header(message, author?.name ?? '', author?.bot ?? false)}
      ${message.loading ? html`<p class="loading">${author?.name} ${say.thinking}</p>` : nothing}
      ${message.content ? markdown(message.content) : nothing}
      ${components(message.components, message)}
      ${attachments(message)}
      ${message.edited && !message.components.length ? html`<small class="edited">(${say.edited})</small>` : nothing}
      ${message.reactions.length > 0 ? html`<div class="reactions">${message.reactions.map((each) => reaction(message, each))}</div>` : nothing}
      ${failure ? html`<p class="failure" role="alert">${say.failed}<small>${failure}</small></p>` : nothing}
      ${message.ephemeral ? ephemeralNote(message) : nothing}
    </div>
    ${message.ephemeral ? nothing : toolbar(message)}
  </article>`;
}

function header(message: MessageView, name: string, bot: boolean): TemplateResult {
  return html`<p class="head">
    <strong>${name}</strong>${bot ? html`<span class="badge">${words().bot}</span>` : nothing}
    <time title=${formatTime(message.at, 'F')}>${formatTime(message.at, 'f')}</time>
    ${message.edited && message.components.length ? html`<small class="edited">(${words().edited})</small>` : nothing}
  </p>`;
}

function attachments({ attachments: all }: MessageView): TemplateResult | typeof nothing {
  if (all.length === 0) return nothing;
  return html`${all.map(({ url, filename, size, contentType, description }) =>
    contentType.startsWith('image/')
      ? html`<div class="gallery"><a href=${url} target="_blank" rel="noreferrer noopener">
          <img src=${url} alt=${description || words().image} /></a></div>`
      : file(url, filename, size),
  )}`;
}

function reaction(message: MessageView, { emoji, count, mine, by }: ReactionView): TemplateResult {
  return html`<button class="reaction" aria-pressed=${mine} title=${by.join(', ')}
    aria-label=${words().reacted(emoji, count, by.join(', '))} @click=${() => react(message, emoji)}>
    <span>${emoji}</span><span>${count}</span></button>`;
}

function ephemeralNote(message: MessageView): TemplateResult {
  return html`<p class="note">${icons.eye}<span>${words().onlyYou} ·
    <button class="plain" @click=${() => change(() => state.dismissed.add(message.id))}>${words().dismiss}</button></span></p>`;
}

function toolbar(message: MessageView): TemplateResult {
  const say = words();
  const key = `emoji:${message.id}`;
  const open = state.menu?.key === key;
  const manages = mayManage();
  const pick = (emoji: string) => {
    change(() => (state.menu = undefined));
    react(message, emoji);
  };
  return html`<div class=${`toolbar${open ? ' open' : ''}`}
    @keydown=${(event: KeyboardEvent) => event.key === 'Escape' && change(() => (state.menu = undefined))}>
    ${open ? EMOJI.map((emoji) => html`<button class="tool" aria-label=${say.react(emoji)} @click=${() => pick(emoji)}><span>${emoji}</span></button>`) : nothing}
    <button class="tool" title=${say.addReaction} aria-label=${say.addReaction} aria-expanded=${open}
      @click=${() => change(() => (state.menu = open ? undefined : { key, active: 0, chosen: [] }))}>${icons.smile}</button>
    ${
      manages && message.reactions.length > 0
        ? html`<button class="tool" title=${say.clearReactions} aria-label=${say.clearReactions}
            @click=${() => void call('moderate/clearReactions', message.channelId, message.id)}>${icons.clear}</button>`
        : nothing
    }
    ${
      manages || message.authorId === state.me
        ? html`<button class="tool" title=${say.deleteMessage} aria-label=${say.deleteMessage}
            @click=${() => void call('moderate/deleteMessage', message.channelId, message.id)}>${icons.bin}</button>`
        : nothing
    }
  </div>`;
}

function attemptRow({ n, command, error }: Attempt): TemplateResult {
  const say = words();
  const botId = state.scene?.botId ?? '';
  return html`<article class=${`message attempt${error ? ' ephemeral' : ''}`}>
    <p class="origin">${icons.reply}${avatar(state.me, 'small')}<span>${say.used(nameOf(state.me), `/${command}`)}</span></p>
    ${avatar(botId)}
    <div class="body">
      <p class="head"><strong>${nameOf(botId)}</strong><span class="badge">${say.bot}</span></p>
      ${error ? html`<p class="failure" role="alert">${error}</p>` : html`<p class="loading">${say.sending}</p>`}
      ${error ? html`<p class="note">${icons.eye}<span>${say.onlyYou} · <button class="plain" @click=${() => dismissAttempt(n)}>${say.dismiss}</button></span></p>` : nothing}
    </div>
  </article>`;
}

import { html, nothing, type TemplateResult } from 'lit-html';
import { call } from './api.ts';
import type { CommandPath } from './command-line.ts';
import { commandsHere, prepare } from './composer.ts';
import { mayManage, nameOf } from './names.ts';
import { change, state } from './state.ts';
import { words } from './words.ts';

let offered: { readonly key: string; readonly paths: readonly CommandPath[] } = { key: '', paths: [] };

/** The way through the bot for somebody who sees it for the first time. */
export function guide(): TemplateResult {
  const say = words().guide;
  const { scene, house } = state;
  const general = scene?.servers[0];
  const channel = general?.channels[1] ?? general?.channels[0];
  const owner = general?.members.find((member) => member.owner)?.id;
  const manages = mayManage();
  const scheduled = house?.nextQuestion != null;
  const asked = [...state.messages.values()].flat().some(({ reactions }) => reactions.length >= 4);
  const others = (scene?.people ?? []).filter(({ id, bot }) => !bot && id !== state.me);

  return html`<h2>${say.title}</h2>
    <p>${say.intro}</p>
    <ol class="steps">
      ${step(
        say.setUp,
        say.setUpHint,
        scheduled,
        manages || !owner
          ? html`<button class="button primary" @click=${() => void setUp(channel)}>${say.fillIn}</button>`
          : html`<a class="button primary" href=${`/?as=${owner}#${state.channelId}`}>${say.beMona}</a>`,
      )}
      ${step(say.jump, say.jumpHint, asked, html`<button class="button secondary" ?disabled=${!scheduled} @click=${() => void go('toNextQuestion')}>${say.jump}</button>`)}
      ${step(
        say.grade,
        say.gradeHint,
        false,
        html`${others.map(({ id }) => html`<a class="button secondary" href=${`/?as=${id}#${state.channelId}`}>${say.be(nameOf(id))}</a>`)}`,
      )}
      ${step(say.kill, say.killHint, false, html`<button class="button danger" @click=${() => void go('kill')}>${say.kill}</button>`)}
      ${step(say.tomorrow, say.tomorrowHint, false, html`<button class="button secondary" ?disabled=${!scheduled} @click=${() => void go('toNextQuestion')}>${say.tomorrow}</button>`)}
    </ol>
    <h3>${say.tryAll}</h3>
    <ul class="try">${pathsHere().map((path) => html`<li><button class="chip" title=${path.description} @click=${() => void prepare(path.name)}>/${path.label}</button></li>`)}</ul>
    ${state.note ? html`<p class="note" role="status">${state.note}</p>` : nothing}`;
}

function step(title: string, hint: string, done: boolean, action: TemplateResult): TemplateResult {
  return html`<li class=${done ? 'done' : ''}><b>${title}${done ? html`<span class="tick" role="img" aria-label=${words().guide.done}>✓</span>` : nothing}</b><p>${hint}</p><div class="row">${action}</div></li>`;
}

function setUp(channel: { id: string; name: string } | undefined): Promise<void> {
  if (!channel) return Promise.resolve();
  return prepare('daily add', {
    channel: { text: `#${channel.name}`, value: channel.id },
    time: { text: '09:00' },
  });
}

/** Does something in the house, and says what came of it. */
export async function go(method: string, ...args: readonly unknown[]): Promise<void> {
  change(() => (state.note = ''));
  await call(`house/${method}`, ...args).catch((error: Error) => change(() => (state.note = error.message)));
}

/** What the channel offers the person; asked for again when the scene is another one. */
function pathsHere(): readonly CommandPath[] {
  const key = JSON.stringify([state.channelId, state.house?.bot === 'ready', state.scene]);
  if (offered.key !== key) {
    offered = { key, paths: offered.paths };
    void commandsHere().then((paths) => {
      offered = { key, paths };
      change();
    });
  }
  return offered.paths;
}

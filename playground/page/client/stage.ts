import { html, nothing, type TemplateResult } from 'lit-html';
import { call } from './api.ts';
import { go } from './guide.ts';
import { change, state } from './state.ts';
import { formatTime, now } from './time.ts';
import { words } from './words.ts';

const HOUR = 3_600_000;
const ZONES = ['America/New_York', 'Europe/Berlin'];

/** The clock to play with, and the troubles to make. */
export function stage(): TemplateResult {
  const say = words().stage;
  const { house } = state;
  if (!house) return html``;
  return html`<section>
      <h2>${say.clock}</h2>
      <p class="clock"><time>${formatTime(now(), 'F')}</time></p>
      <p class="hint">${house.nextQuestion === null ? say.noNext : say.next(formatTime(house.nextQuestion, 'f'))}</p>
      <div class="row">
        ${act(say.toNext, () => go('toNextQuestion'), house.nextQuestion === null)}
        ${act(say.hour, () => go('pass', HOUR))}
        ${act(say.day, () => go('pass', 24 * HOUR))}
        ${act(say.real, () => go('setRealTime'))}
      </div>
      <p class="hint">${say.dst}</p>
      <div class="row">${ZONES.map((zone) => act(zone.split('/')[1]!.replace('_', ' '), () => go('setTime', beforeChange(zone))))}</div>
      <form class="row" @submit=${setClock}>
        <input type="datetime-local" name="instant" aria-label=${say.set} required />
        <button class="button secondary">${say.go}</button>
      </form>
    </section>
    <section>
      <h2>${say.bot}</h2>
      <p class="hint"><span class=${`lamp ${house.bot}`}></span>${words().botState[house.bot]}</p>
      <div class="row">
        ${act(say.kill, () => go('kill'), house.bot === 'stopped', 'danger')}
        ${house.bot === 'ready' || house.bot === 'starting' ? act(say.stop, () => go('stop')) : act(say.start, () => go('start'))}
      </div>
      <p class="hint">${say.killHint}</p>
    </section>
    ${trouble(say.gateway, [
      [say.cut, say.cutHint, () => call('gateway/drop')],
      [say.forget, say.forgetHint, () => call('gateway/drop', { resumable: false })],
    ])}
    ${trouble(say.rest, [
      [say.slow, say.slowHint, () => order({ times: 5 }, { kind: 'hang', ms: 4_000 })],
      [say.fail, say.failHint, () => order({ times: 3 }, { kind: 'status', status: 500 })],
      [
        say.lost,
        say.lostHint,
        () => order({ method: 'POST', path: '^/channels/\\d+/messages$' }, { kind: 'after-commit' }),
      ],
      [say.limit, say.limitHint, () => order({ times: 3 }, { kind: 'status', status: 429, retryAfter: 1 })],
    ])}
    ${trouble(say.store, [[say.lock, house.storeLocked ? say.locked : say.lockHint, () => call('house/lockStore', 10)]])}
    ${state.note ? html`<p class="note" role="status">${state.note}</p>` : nothing}`;
}

function act(
  label: string,
  action: () => Promise<void>,
  disabled = false,
  style = 'secondary',
): TemplateResult {
  return html`<button class=${`button ${style}`} ?disabled=${disabled} @click=${() => void action()}>${label}</button>`;
}

function trouble(
  title: string,
  all: readonly (readonly [string, string, () => Promise<void>])[],
): TemplateResult {
  return html`<section>
    <h2>${title}</h2>
    ${all.map(([label, hint, action]) => html`<div class="trouble">${act(label, () => ordered(action))}<p class="hint">${hint}</p></div>`)}
  </section>`;
}

async function ordered(action: () => Promise<void>): Promise<void> {
  change(() => (state.note = words().stage.ordered));
  await action().catch((error: Error) => change(() => (state.note = error.message)));
}

function order(match: object, fault: object): Promise<void> {
  return call('faults/order', match, fault);
}

function setClock(event: SubmitEvent): void {
  event.preventDefault();
  const written = new FormData(event.target as HTMLFormElement).get('instant');
  void go('setTime', new Date(String(written)).getTime());
}

/** Two minutes before a zone's offset next changes. Epoch milliseconds. */
function beforeChange(zone: string): number {
  const offset = (at: number) =>
    new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' })
      .formatToParts(at)
      .find(({ type }) => type === 'timeZoneName')!.value;
  let low = now();
  const first = offset(low);
  let high = low;
  while (offset(high) === first) high += 7 * 24 * HOUR;
  while (high - low > 1_000) {
    const middle = (low + high) / 2;
    if (offset(middle) === first) low = middle;
    else high = middle;
  }
  return Math.floor(low) - 120_000;
}

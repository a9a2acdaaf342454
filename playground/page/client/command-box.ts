import { html, nothing, type TemplateResult } from 'lit-html';
import { runCommand } from './actions.ts';
import { me } from './api.ts';
import {
  addField,
  type CommandComposer,
  describe,
  type Field,
  focusField,
  labelOf,
  type Offer,
  OptionType,
  objection,
  removeField,
  valuesOf,
} from './command-line.ts';
import { putCursor, showActive, wrap } from './cursor.ts';
import { icons } from './icons.ts';
import { fitting, offersOf } from './offers.ts';
import { change, state } from './state.ts';
import { localeOf, words } from './words.ts';

/** A command with its options, as they are filled in. */
export function commandBox(now: CommandComposer): TemplateResult {
  const say = words();
  const left = now.path.options.filter((option) => !now.fields.some((field) => field.option === option));
  const field = now.fields.find(({ option }) => option.name === now.focus);
  const offers = field ? offered(now, field) : [];
  const wrong = now.wrong.get(now.focus);
  return html`<div class="suggestions">
      <p class="heading">${field ? html`<b>${labelOf(field.option, localeOf())}</b> ${describe(field.option, localeOf())}` : now.path.description}</p>
      ${wrong ? html`<p class="failure" role="alert">${wrong}</p>` : nothing}
      ${field && !now.closed ? offerList(now, field, offers) : nothing}
      ${left.length > 0 ? html`<div class="more"><span>${say.option.more}</span>${left.map((option) => html`<button class="chip" data-name=${option.name} title=${describe(option, localeOf())} @click=${() => enter(now, () => addField(now, option))}>${labelOf(option, localeOf())}</button>`)}</div>` : nothing}
    </div>
    <div class="box" @keydown=${(event: KeyboardEvent) => onFieldKey(event, now, offers)}>
      <button class="command" aria-label=${`${say.cancel}: /${now.path.label}`} @click=${leave}>/${now.path.label}</button>
      <div class="fields">${now.fields.map((each) => fieldBox(now, each, offers))}</div>
      <button class="tool" aria-label=${say.send} @click=${() => void run(now)}>${icons.send}</button>
    </div>`;
}

function fieldBox(now: CommandComposer, field: Field, offers: readonly Offer[]): TemplateResult {
  const { option, text } = field;
  if (option.type === OptionType.Attachment) return fileBox(now, field);
  const { name, required } = option;
  const label = labelOf(option, localeOf());
  const takes = offersOf(field) !== undefined || option.autocomplete === true;
  const open = now.focus === name && !now.closed && offers.length > 0;
  return html`<label class=${`field${now.wrong.has(name) ? ' wrong' : ''}`}>
    <span>${label}${required ? html`<abbr title=${words().required}>*</abbr>` : nothing}</span>
    <input type="text" autocomplete="off" data-option=${name} .value=${text} role=${takes ? 'combobox' : nothing}
      aria-autocomplete=${takes ? 'list' : nothing} aria-expanded=${takes ? open : nothing} aria-controls=${takes ? 'offers' : nothing}
      aria-required=${required ?? false} aria-invalid=${now.wrong.has(name)}
      aria-activedescendant=${open ? `offer-${now.active}` : nothing} aria-label=${label}
      style=${`width:calc(${columns(text)}ch + 20px)`}
      @focus=${() => now.focus !== name && enter(now, () => focusField(now, name), false)}
      @input=${(event: InputEvent) => typeIn(now, field, (event.target as HTMLInputElement).value)} />
  </label>`;
}

function fileBox(now: CommandComposer, field: Field): TemplateResult {
  const { name, required } = field.option;
  const label = labelOf(field.option, localeOf());
  return html`<label class=${`field${now.wrong.has(name) ? ' wrong' : ''}`}>
    <span>${label}${required ? html`<abbr title=${words().required}>*</abbr>` : nothing}</span>
    <input type="file" data-option=${name} aria-label=${label} aria-invalid=${now.wrong.has(name)}
      @focus=${() => now.focus !== name && enter(now, () => focusField(now, name), false)}
      @change=${(event: Event) => void takeFile(now, field, event.target as HTMLInputElement)} />
  </label>`;
}

async function takeFile(now: CommandComposer, field: Field, { files }: HTMLInputElement): Promise<void> {
  const file = files?.[0];
  const value = file && { name: file.name, base64: await readBase64(file) };
  change(() => {
    field.text = file?.name ?? '';
    field.value = value;
    now.wrong.delete(field.option.name);
  });
}

function readBase64(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    // data:<type>;base64,<text>
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,?/, ''));
    reader.onerror = () => reject(reader.error ?? new Error(`${file.name} could not be read`));
    reader.readAsDataURL(file);
  });
}

/** How wide a text is, in digits; characters of Chinese take two. */
function columns(text: string): number {
  const width = [...text].reduce((sum, each) => sum + (each > '\u2e7f' ? 2 : 1), 0);
  return Math.max(4, width);
}

function offerList(
  now: CommandComposer,
  field: Field,
  offers: readonly Offer[],
): TemplateResult | typeof nothing {
  const chosen = offersOf(field) !== undefined || field.option.autocomplete;
  if (!chosen) return nothing;
  const say = words().option;
  return html`<ul id="offers" role="listbox" aria-label=${labelOf(field.option, localeOf())}>
      ${offers.map(
        (
          offer,
          at,
        ) => html`<li id=${`offer-${at}`} role="option" aria-selected=${at === now.active} class=${at === now.active ? 'active' : ''}
          @mousedown=${(event: Event) => event.preventDefault()} @click=${() => take(now, field, offer)}><span>${offer.label}</span></li>`,
      )}
    </ul>
    ${offers.length === 0 ? html`<p class="empty">${now.searching ? say.searching : say.nothing}</p>` : nothing}`;
}

function offered(now: CommandComposer, field: Field): readonly Offer[] {
  const offers = offersOf(field);
  if (offers) return field.value === undefined ? fitting(offers, field.text) : offers;
  if (!field.option.autocomplete) return [];
  return now.suggestions.map(({ name, value }) => ({ label: name, value }));
}

function enter(now: CommandComposer, move: () => void, refocus = true): void {
  change(() => {
    move();
    now.wrong.clear();
  });
  suggest();
  if (refocus) putCursor();
}

function typeIn(now: CommandComposer, field: Field, text: string): void {
  change(() => {
    field.text = text;
    field.value = undefined;
    now.suggestions = [];
    now.wrong.delete(field.option.name);
    now.closed = false;
    now.active = 0;
  });
  suggest();
}

let asked = 0;

/** Asks the bot what it suggests, if the option wants that. The last question wins. */
export function suggest(): void {
  const now = state.composer;
  if (now.kind !== 'command') return;
  const field = now.fields.find(({ option }) => option.name === now.focus);
  if (!field?.option.autocomplete) return;
  asked += 1;
  const mine = asked;
  const name = field.option.name;
  change(() => (now.searching = true));
  setTimeout(async () => {
    if (mine !== asked) return;
    const options = { ...valuesOf(now.fields), [name]: field.value ?? field.text };
    const choices = await me.autocomplete(state.channelId, now.path.name, options, name).catch(() => []);
    if (mine !== asked) return;
    change(() => {
      now.suggestions = choices;
      now.searching = false;
      now.active = 0;
    });
  }, TYPING_MS);
}

/** Takes an offer, and goes on to what is still missing. */
function take(now: CommandComposer, field: Field, { label, value }: Offer): void {
  const next = now.fields.find((each) => each !== field && each.text === '');
  change(() => {
    field.text = label;
    field.value = value;
    now.wrong.delete(field.option.name);
    if (next) focusField(now, next.option.name);
    now.closed = next === undefined;
  });
  suggest();
  putCursor();
}

function onFieldKey(event: KeyboardEvent, now: CommandComposer, offers: readonly Offer[]): void {
  if (event.isComposing) return;
  const field = now.fields.find(({ option }) => option.name === now.focus);
  const open = !now.closed && offers.length > 0;
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (event.key === 'Escape') {
    event.preventDefault();
    if (open) change(() => (now.closed = true));
    else leave();
    return;
  }
  // The buttons beside the fields answer to their own keys.
  if (!(event.target instanceof HTMLInputElement)) return;
  if (step !== 0) {
    event.preventDefault();
    change(() => {
      now.closed = false;
      now.active = wrap(now.active + step, offers.length);
    });
    showActive();
  } else if (event.key === 'Backspace' && field && field.text === '') {
    event.preventDefault();
    if (field.option.required) leave();
    else enter(now, () => dropField(now, field));
  } else if (
    event.key === 'Enter' ||
    (event.key === 'Tab' && open && field?.value === undefined && !event.shiftKey)
  ) {
    const offer = open && field?.value === undefined ? offers[now.active] : undefined;
    event.preventDefault();
    if (offer && field) take(now, field, offer);
    else void run(now);
  }
}

function dropField(now: CommandComposer, field: Field): void {
  const at = now.fields.indexOf(field);
  removeField(now, field.option.name);
  focusField(now, (now.fields[at - 1] ?? now.fields[0])?.option.name ?? '');
}

async function run(now: CommandComposer): Promise<void> {
  const wrong = now.fields.flatMap((field) => {
    const why = objection(field, offersOf(field), words().option);
    return why ? [[field.option.name, why] as const] : [];
  });
  if (wrong.length > 0) {
    change(() => {
      now.wrong.clear();
      for (const [name, why] of wrong) now.wrong.set(name, why);
      focusField(now, wrong[0]![0]);
    });
    putCursor();
    return;
  }
  leave();
  await runCommand(now.path.name, valuesOf(now.fields));
}

/** Back to an empty line. */
function leave(): void {
  change(() => (state.composer = { kind: 'text', text: '', commands: [], active: 0 }));
  putCursor();
}

/** Milliseconds of rest before the bot is asked for suggestions. */
const TYPING_MS = 120;

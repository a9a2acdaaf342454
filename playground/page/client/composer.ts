import { html, nothing, type TemplateResult } from 'lit-html';
import { me } from './api.ts';
import { commandBox, suggest } from './command-box.ts';
import { type CommandPath, compose, matching, pathsOf, type TextComposer } from './command-line.ts';
import { putCursor, showActive, wrap } from './cursor.ts';
import { icons } from './icons.ts';
import { channelLabel, serverHere } from './names.ts';
import { change, state } from './state.ts';
import { localeOf, words } from './words.ts';

/** Where a person writes: a message, or a command with its options. */
export function composer(): TemplateResult {
  const { composer: now } = state;
  return html`<div class="composer">${now.kind === 'text' ? textBox(now) : commandBox(now)}</div>`;
}

/** Puts a command into the box, filled in as far as is given, and the cursor where something is missing. */
export async function prepare(name: string, given: Parameters<typeof compose>[1] = {}): Promise<void> {
  const path = (await commandsHere()).find((each) => each.name === name);
  if (!path) return;
  change(() => (state.composer = compose(path, given)));
  putCursor();
}

export async function commandsHere(): Promise<CommandPath[]> {
  return pathsOf(await me.commands(state.channelId).catch(() => []), localeOf());
}

function textBox(now: TextComposer): TemplateResult {
  const say = words();
  const mayWrite = serverHere()?.channels.find(({ id }) => id === state.channelId)?.mayWrite ?? true;
  const open = now.text.startsWith('/');
  const found = open ? matching(now.commands, now.text) : [];
  return html`${open ? commandList(now, found) : nothing}
    <div class="box">
      <input class="line" type="text" autocomplete="off" .value=${now.text} role="combobox" aria-expanded=${open}
        aria-controls="commands" aria-autocomplete="list" aria-activedescendant=${open && found.length > 0 ? `command-${now.active}` : nothing}
        placeholder=${mayWrite ? say.write(channelLabel()) : say.mayNotWrite} ?disabled=${!mayWrite}
        aria-label=${say.write(channelLabel())}
        @input=${(event: InputEvent) => write(now, (event.target as HTMLInputElement).value)}
        @keydown=${(event: KeyboardEvent) => onTextKey(event, now, found)} />
      <button class="tool" aria-label=${say.send} ?disabled=${now.text === ''} @click=${() => submitText(now, found)}>${icons.send}</button>
    </div>`;
}

function commandList({ active, commands }: TextComposer, found: readonly CommandPath[]): TemplateResult {
  const say = words();
  return html`<div class="suggestions">
    <p class="heading">${say.commands}</p>
    <ul id="commands" role="listbox" aria-label=${say.commands}>
      ${found.map(
        (
          path,
          at,
        ) => html`<li id=${`command-${at}`} role="option" aria-selected=${at === active} class=${at === active ? 'active' : ''}
          @mousedown=${(event: Event) => event.preventDefault()} @click=${() => choose(path)}>
          <span><b>/${path.label}</b><small>${path.description}</small></span></li>`,
      )}
    </ul>
    ${found.length === 0 ? html`<p class="empty">${commands.length === 0 ? say.botAway : say.noCommands}</p>` : nothing}
  </div>`;
}

function write(now: TextComposer, text: string): void {
  const asks = text.startsWith('/') && !now.text.startsWith('/');
  change(() => {
    now.text = text;
    now.active = 0;
  });
  if (asks) void commandsHere().then((commands) => change(() => (now.commands = commands)));
}

function onTextKey(event: KeyboardEvent, now: TextComposer, found: readonly CommandPath[]): void {
  const open = now.text.startsWith('/');
  if (event.isComposing) return;
  if (open && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
    event.preventDefault();
    const step = event.key === 'ArrowDown' ? 1 : -1;
    change(() => (now.active = wrap(now.active + step, found.length)));
    showActive();
  } else if (event.key === 'Escape') change(() => (now.text = ''));
  else if (event.key === 'Enter' || (open && event.key === 'Tab' && found.length > 0)) {
    event.preventDefault();
    submitText(now, found);
  }
}

function submitText(now: TextComposer, found: readonly CommandPath[]): void {
  if (now.text.startsWith('/')) {
    const path = found[now.active];
    if (path) choose(path);
    return;
  }
  const text = now.text.trim();
  if (text === '') return;
  change(() => (now.text = ''));
  void me.post(state.channelId, text);
}

function choose(path: CommandPath): void {
  change(() => (state.composer = compose(path)));
  suggest();
  putCursor();
}

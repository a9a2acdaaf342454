import { html, nothing, type TemplateResult } from 'lit-html';
import { icons } from './icons.ts';
import { change, state } from './state.ts';
import { words } from './words.ts';

export interface Option {
  readonly value: string;
  readonly label: string;
  readonly description?: string | undefined;
}

export interface Listbox {
  /** Unique on the page. */
  readonly key: string;
  readonly label: string;
  readonly options: readonly Option[];
  readonly least: number;
  readonly most: number;
  readonly chosen: readonly string[];
  readonly disabled: boolean;
  readonly busy: boolean;
  readonly onChoose: (values: readonly string[]) => void;
}

/** A select menu: a button that opens a list. With several to choose, the choice goes out when the list is closed. */
export function listbox(box: Listbox): TemplateResult {
  const { key, label, options, disabled, busy } = box;
  const open = state.menu?.key === key;
  const shown = options.filter(({ value }) => box.chosen.includes(value));
  const text = shown.map((option) => option.label).join(', ') || label;
  return html`<div class="select" @focusout=${(event: FocusEvent) => closeWhenLeft(event, box)}>
    <button class="select-button" ?disabled=${disabled || busy} role="combobox" aria-haspopup="listbox" aria-expanded=${open}
      aria-controls="menu" aria-activedescendant=${open ? `menu-${state.menu?.active}` : nothing}
      aria-label=${label} @click=${() => (open ? finish(box) : openMenu(box))}
      @keydown=${(event: KeyboardEvent) => onKey(event, box)}>
      <span>${busy ? '…' : text}</span>${icons.down}
    </button>
    ${open ? list(box) : ''}
  </div>`;
}

function list(box: Listbox): TemplateResult {
  const { active, chosen } = state.menu!;
  return html`<div class="popup">
    <ul id="menu" role="listbox" aria-label=${box.label} aria-multiselectable=${box.most > 1}>
      ${box.options.map(
        (
          { value, label, description },
          at,
        ) => html`<li id=${`menu-${at}`} role="option" aria-selected=${chosen.includes(value)}
          class=${at === active ? 'active' : ''} @mousedown=${(event: Event) => event.preventDefault()}
          @click=${() => choose(box, at)}>
          <span>${label}${description ? html`<small>${description}</small>` : ''}</span>
          ${box.most > 1 ? html`<span class="tick" aria-hidden="true">${chosen.includes(value) ? '✓' : ''}</span>` : ''}
        </li>`,
      )}
    </ul>
    ${
      box.most > 1
        ? html`<button class="primary" ?disabled=${chosen.length < box.least}
            @mousedown=${(event: Event) => event.preventDefault()} @click=${() => finish(box)}>${words().confirm}</button>`
        : ''
    }
  </div>`;
}

function openMenu({ key, chosen }: Listbox): void {
  change(() => (state.menu = { key, active: 0, chosen: [...chosen] }));
  document.querySelector('.popup')?.scrollIntoView({ block: 'nearest' });
}

function choose(box: Listbox, at: number): void {
  const { menu } = state;
  const value = box.options[at]?.value;
  if (!menu || value === undefined) return;
  if (box.most === 1) {
    close();
    box.onChoose([value]);
    return;
  }
  change(() => {
    menu.active = at;
    if (menu.chosen.includes(value)) menu.chosen = menu.chosen.filter((each) => each !== value);
    else if (menu.chosen.length < box.most) menu.chosen.push(value);
  });
}

/** Closes the list, and sends the choice if it is another one. */
function finish(box: Listbox): void {
  const chosen = state.menu?.chosen ?? [];
  close();
  const same = chosen.length === box.chosen.length && chosen.every((value) => box.chosen.includes(value));
  if (!same && chosen.length >= box.least) box.onChoose(chosen);
}

function close(): void {
  change(() => (state.menu = undefined));
}

function closeWhenLeft({ currentTarget, relatedTarget }: FocusEvent, box: Listbox): void {
  if (state.menu?.key !== box.key) return;
  if (!(currentTarget as Element).contains(relatedTarget as Node | null)) finish(box);
}

function onKey(event: KeyboardEvent, box: Listbox): void {
  const { menu } = state;
  if (menu?.key !== box.key) {
    if (event.key !== 'ArrowDown') return;
    event.preventDefault();
    openMenu(box);
    return;
  }
  const last = box.options.length - 1;
  const moves: Record<string, number> = {
    ArrowDown: Math.min(last, menu.active + 1),
    ArrowUp: Math.max(0, menu.active - 1),
    Home: 0,
    End: last,
  };
  const to = moves[event.key];
  if (to !== undefined) change(() => (menu.active = to));
  else if (event.key === ' ' || (event.key === 'Enter' && box.most === 1)) choose(box, menu.active);
  else if (event.key === 'Enter') finish(box);
  else if (event.key === 'Escape') close();
  else return;
  event.preventDefault();
}

import { html, nothing, type TemplateResult } from 'lit-html';
import type { Component } from '../../world.ts';
import type { MessageView } from '../protocol.ts';
import { press, select } from './actions.ts';
import { icons } from './icons.ts';
import { listbox, type Option } from './listbox.ts';
import { markdown } from './markdown-view.ts';
import { nameOf, serverHere } from './names.ts';
import { state } from './state.ts';
import { words } from './words.ts';

type View = TemplateResult | typeof nothing;

/** Discord's numbers, those that messages hold. */
const Type = {
  Row: 1,
  Button: 2,
  StringSelect: 3,
  UserSelect: 5,
  RoleSelect: 6,
  MentionableSelect: 7,
  ChannelSelect: 8,
  Section: 9,
  Text: 10,
  Thumbnail: 11,
  Gallery: 12,
  File: 13,
  Separator: 14,
  Container: 17,
} as const;

const LINK = 5;
const buttonStyles: Readonly<Record<number, string>> = {
  1: 'primary',
  2: 'secondary',
  3: 'success',
  4: 'danger',
  5: 'link',
};

/** The components of a message, classic or V2. Without a message (a preview) nothing can be pressed. */
export function components(all: readonly Component[], message?: MessageView): TemplateResult {
  return html`${all.map((component) => one(component, message))}`;
}

function one(component: Component, message: MessageView | undefined): View {
  const inner = () => (component.components ?? []).map((each) => one(each, message));
  switch (component.type) {
    case Type.Container:
      return html`<div class="container" style=${accent(component)}>${inner()}</div>`;
    case Type.Section:
      return html`<div class="section"><div>${inner()}</div>${component.accessory ? one(component.accessory, message) : nothing}</div>`;
    case Type.Text:
      return markdown(component.content ?? '');
    case Type.Separator:
      return component.divider === false ? html`<div class="gap"></div>` : html`<hr />`;
    case Type.Row:
      return html`<div class="row">${inner()}</div>`;
    case Type.Button:
      return button(component, message);
    case Type.Thumbnail:
      return html`<img class="thumbnail" src=${component.media?.url ?? ''} alt=${component.description ?? words().image} />`;
    case Type.Gallery:
      return gallery(component);
    case Type.File:
      return file(component.file?.url ?? '', String(component.name ?? ''), Number(component.size ?? 0));
    default:
      return menu(component, message);
  }
}

function accent({ accent_color: color }: Component): string {
  return typeof color === 'number' ? `--accent:#${color.toString(16).padStart(6, '0')}` : '';
}

function button(component: Component, message: MessageView | undefined): View {
  const { label = '', emoji, style = 2, custom_id: id = '', url } = component;
  const content = html`${emoji?.name ? html`<span>${emoji.name}</span>` : nothing}${label}`;
  if (style === LINK) {
    return html`<a class="button link" href=${url ?? ''} target="_blank" rel="noreferrer noopener">${content} ${icons.window}</a>`;
  }
  const busy = message !== undefined && state.pressed.has(`${message.id}:${id}`);
  return html`<button class=${`button ${buttonStyles[style] ?? 'secondary'}${busy ? ' busy' : ''}`} data-id=${id}
    ?disabled=${component.disabled === true} aria-busy=${busy}
    @click=${() => message && void press(message, id)}>${content}</button>`;
}

function menu(component: Component, message: MessageView | undefined): View {
  const { custom_id: id = '', min_values: least = 1, max_values: most = 1, placeholder } = component;
  const key = `${message?.id}:${id}`;
  return listbox({
    key,
    label: placeholder ?? words().choose,
    options: optionsOf(component),
    least,
    most,
    chosen: (component.options ?? []).filter((option) => option.default).map(({ value }) => value),
    disabled: component.disabled === true,
    busy: state.pressed.has(key),
    onChoose: (values) => message && void select(message, id, values),
  });
}

/** What a select menu, in a message or a modal, offers. */
export function optionsOf({ type, options }: Component): readonly Option[] {
  const server = serverHere();
  const users = (server?.members ?? []).map(({ id }) => ({ value: id, label: `@${nameOf(id)}` }));
  const roles = (server?.roles ?? []).map(({ id, name }) => ({ value: id, label: `@${name}` }));
  switch (type) {
    case Type.UserSelect:
      return users;
    case Type.RoleSelect:
      return roles;
    case Type.MentionableSelect:
      return [...users, ...roles];
    case Type.ChannelSelect:
      return (server?.channels ?? []).map(({ id, name }) => ({ value: id, label: `#${name}` }));
    default:
      return options ?? [];
  }
}

function gallery({ items = [] }: Component): View {
  return html`<div class=${`gallery${items.length > 1 ? ' many' : ''}`}>
    ${items.map(
      ({ media, description }) => html`<a href=${media.url} target="_blank" rel="noreferrer noopener">
        <img src=${media.url} alt=${description ?? words().image} /></a>`,
    )}
  </div>`;
}

/** A file to save. */
export function file(url: string, name: string, size: number): View {
  const shown = size < 1_024 ? `${size} B` : `${(size / 1_024).toFixed(1)} KB`;
  const label = `${words().download(name)} ${shown}`;
  return html`<a class="file" href=${url} download=${name} aria-label=${label}>
    ${icons.file}<span>${name} <small>${shown}</small></span></a>`;
}

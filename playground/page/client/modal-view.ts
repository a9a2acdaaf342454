import { html, nothing, type TemplateResult } from 'lit-html';
import { ref } from 'lit-html/directives/ref.js';
import type { Component, Modal } from '../../world.ts';
import { submitModal } from './actions.ts';
import { optionsOf } from './component-view.ts';
import { markdown } from './markdown-view.ts';
import { change, state } from './state.ts';
import { words } from './words.ts';

/** Discord's numbers, those that modals hold. */
const Type = {
  Row: 1,
  TextInput: 4,
  Text: 10,
  Label: 18,
  Radio: 21,
  CheckboxGroup: 22,
  Checkbox: 23,
} as const;
const PARAGRAPH = 2;

/** The form that the bot has opened, if there is one. */
export function modalView(): TemplateResult | typeof nothing {
  const { modal } = state;
  if (!modal) return nothing;
  const { shown, error } = modal;
  const say = words();
  return html`<dialog class="modal" aria-labelledby="modal-title" ${ref(open)} @close=${close}>
    <form method="dialog" @submit=${(event: SubmitEvent) => submit(event, shown)}>
      <h2 id="modal-title">${shown.title}</h2>
      <div class="modal-fields">${shown.components.map(part)}</div>
      ${error ? html`<p class="failure" role="alert">${error}</p>` : nothing}
      <footer>
        <button type="button" class="button plain" @click=${close}>${say.cancel}</button>
        <button class="button primary">${say.submit}</button>
      </footer>
    </form>
  </dialog>`;
}

function part(component: Component): TemplateResult {
  switch (component.type) {
    case Type.Text:
      return markdown(component.content ?? '');
    case Type.Row:
      return html`${(component.components ?? []).map((inner) => labelled(inner.label ?? '', undefined, inner))}`;
    case Type.Label:
      return labelled(component.label ?? '', component.description, component.component!);
    default:
      return html``;
  }
}

function labelled(label: string, description: string | undefined, component: Component): TemplateResult {
  const id = `field-${component.custom_id}`;
  const many = component.type === Type.Radio || component.type === Type.CheckboxGroup;
  const title = html`${label}${component.required === false ? nothing : html`<abbr title=${words().required}>*</abbr>`}`;
  const hint = description ? html`<small id=${`${id}-hint`}>${description}</small>` : nothing;
  return many
    ? html`<fieldset><legend>${title}</legend>${hint}${input(component, id)}</fieldset>`
    : html`<div class="labelled"><label for=${id}>${title}</label>${hint}${input(component, id)}</div>`;
}

function input(component: Component, id: string): TemplateResult {
  const { type, custom_id: name = '', value = '', placeholder = '', style, options = [] } = component;
  const required = component.required !== false;
  const least = component.min_length ?? nothing;
  const most = component.max_length ?? 4_000;
  switch (type) {
    case Type.TextInput:
      return style === PARAGRAPH
        ? html`<textarea id=${id} name=${name} rows="5" ?required=${required} minlength=${least} maxlength=${most} placeholder=${placeholder} .value=${value}></textarea>`
        : html`<input id=${id} name=${name} type="text" autocomplete="off" ?required=${required} minlength=${least} maxlength=${most} placeholder=${placeholder} .value=${value} />`;
    case Type.Radio:
    case Type.CheckboxGroup:
      return html`${options.map(
        (
          option,
        ) => html`<label class="choice"><input type=${type === Type.Radio ? 'radio' : 'checkbox'} name=${name} value=${option.value}
          ?checked=${option.default === true} ?required=${type === Type.Radio && required} />
          <span>${option.label}${option.description ? html`<small>${option.description}</small>` : nothing}</span></label>`,
      )}`;
    case Type.Checkbox:
      return html`<input id=${id} type="checkbox" name=${name} value="true" />`;
    default: {
      const most = component.max_values ?? 1;
      return html`<select id=${id} name=${name} ?multiple=${most > 1} ?required=${required}>
        ${most > 1 ? nothing : html`<option value="">${placeholder || words().choose}</option>`}
        ${optionsOf(component).map((option) => html`<option value=${option.value}>${option.label}</option>`)}
      </select>`;
    }
  }
}

function open(element: Element | undefined): void {
  const dialog = element as HTMLDialogElement | undefined;
  if (dialog?.isConnected && !dialog.open) dialog.showModal();
  else if (dialog && !dialog.open)
    requestAnimationFrame(() => dialog.isConnected && !dialog.open && dialog.showModal());
}

function close(): void {
  change(() => (state.modal = undefined));
}

function submit(event: SubmitEvent, shown: Modal): void {
  event.preventDefault();
  const form = new FormData(event.target as HTMLFormElement);
  const values = Object.fromEntries(
    [...new Set(form.keys())].map((name) => {
      const all = form
        .getAll(name)
        .map(String)
        .filter((each) => each !== '');
      return [name, all.length > 1 ? all : (all[0] ?? '')];
    }),
  );
  void submitModal(shown, values);
}

import { ComponentType, walkAll } from './components.ts';
import type { Component, Modal } from './world.ts';

const BY_ID: readonly number[] = [
  ComponentType.UserSelect,
  ComponentType.RoleSelect,
  ComponentType.MentionableSelect,
  ComponentType.ChannelSelect,
];

/**
 * What a submitted modal sends: its components with the values in them.
 * @param values by custom id; a field that is left out keeps what it was filled with.
 * @throws Error when a field is missing or does not fit, as the client would say.
 */
export function readModalValues(
  modal: Modal,
  values: Record<string, string | string[]>,
): { components: object[]; ids: string[] } {
  const known = walkAll(modal.components).flatMap((c) => c.custom_id ?? []);
  for (const name of Object.keys(values)) {
    if (!known.includes(name)) throw new Error(`the modal has no field ${name}`);
  }
  const ids: string[] = [];

  const filled = (component: Component): object => {
    const { type, id, custom_id } = component;
    if (component.components) return { type, id, components: component.components.map(filled) };
    if (component.component) return { type, id, component: filled(component.component) };
    if (custom_id === undefined) return { type, id };
    if (type === ComponentType.TextInput) return { type, id, custom_id, value: textOf(component, values) };
    const chosen = [values[custom_id] ?? []].flat();
    checkChosen(component, chosen);
    if (BY_ID.includes(type)) ids.push(...chosen);
    if (type === ComponentType.RadioGroup) return { type, id, custom_id, value: chosen[0] ?? null };
    if (type === ComponentType.Checkbox) return { type, id, custom_id, value: chosen[0] === 'true' };
    return { type, id, custom_id, values: chosen };
  };
  return { components: modal.components.map(filled), ids };
}

function textOf(input: Component, values: Record<string, string | string[]>): string {
  const text = String(values[input.custom_id!] ?? input.value ?? '');
  const needed = input.required !== false;
  if (needed && text === '') throw new Error(`field ${input.custom_id} is required`);
  if (text !== '' && text.length < (input.min_length ?? 0)) {
    throw new Error(`field ${input.custom_id}: at least ${input.min_length} characters`);
  }
  if (text.length > (input.max_length ?? 4_000)) {
    throw new Error(`field ${input.custom_id}: at most ${input.max_length ?? 4_000} characters`);
  }
  return text;
}

function checkChosen(component: Component, chosen: string[]): void {
  if (component.type === ComponentType.Checkbox) return;
  const max = component.max_values ?? (component.type === ComponentType.CheckboxGroup ? 25 : 1);
  const min = component.required === false ? 0 : (component.min_values ?? 1);
  if (chosen.length < min || chosen.length > max) {
    throw new Error(`field ${component.custom_id}: choose ${min} to ${max}`);
  }
  for (const value of chosen) {
    if (component.options && !component.options.some((option) => option.value === value)) {
      throw new Error(`field ${component.custom_id}: there is no option ${value}`);
    }
  }
}

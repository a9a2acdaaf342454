import type { Component } from './world.ts';

/** Discord's numbers of the component types. */
export const ComponentType = {
  ActionRow: 1,
  Button: 2,
  StringSelect: 3,
  TextInput: 4,
  UserSelect: 5,
  RoleSelect: 6,
  MentionableSelect: 7,
  ChannelSelect: 8,
  Section: 9,
  TextDisplay: 10,
  Thumbnail: 11,
  MediaGallery: 12,
  File: 13,
  Separator: 14,
  Container: 17,
  Label: 18,
  FileUpload: 19,
  RadioGroup: 21,
  CheckboxGroup: 22,
  Checkbox: 23,
} as const;

const T = ComponentType;

export const SELECT_TYPES: readonly number[] = [
  T.StringSelect,
  T.UserSelect,
  T.RoleSelect,
  T.MentionableSelect,
  T.ChannelSelect,
];

/** Whether people can act on it. */
export function isInteractive(component: Component): boolean {
  return component.type === T.Button || SELECT_TYPES.includes(component.type);
}

/** A component and all below it, in the order in which they are shown. */
export function* walk(component: Component): Generator<Component> {
  yield component;
  for (const child of component.components ?? []) yield* walk(child);
  if (component.component) yield* walk(component.component);
  if (component.accessory) yield* walk(component.accessory);
}

export function walkAll(components: readonly Component[]): Component[] {
  return components.flatMap((component) => [...walk(component)]);
}

/** What Discord fills in where nothing was said. */
const DEFAULTS: Readonly<Record<number, object>> = {
  [T.Container]: { accent_color: null, spoiler: false },
  [T.File]: { spoiler: false },
  [T.Thumbnail]: { description: null, spoiler: false },
  [T.Separator]: { spacing: 1, divider: true },
  ...Object.fromEntries(SELECT_TYPES.map((type) => [type, { min_values: 1, max_values: 1 }])),
};

/** A copy as Discord keeps it: with defaults, and with a numeric id for every component, counting from 1. */
export function completed(components: readonly Component[]): Component[] {
  const copy = structuredClone(components) as Component[];
  const all = walkAll(copy);
  const taken = new Set(all.flatMap((component) => (component.id ? [component.id] : [])));
  let next = 1;
  for (const component of all) {
    for (const [key, value] of Object.entries(DEFAULTS[component.type] ?? {})) component[key] ??= value;
    if (component.items) {
      const unsaid = { description: null, spoiler: false };
      component.items = component.items.map((item) => ({ ...unsaid, ...item }));
    }
    if (component.id) continue;
    while (taken.has(next)) next += 1;
    taken.add(next);
    component.id = next;
  }
  return copy;
}

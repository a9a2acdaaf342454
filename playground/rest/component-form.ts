import { ComponentType, SELECT_TYPES, walkAll } from '../components.ts';
import { LIMIT } from '../limits.ts';
import type { Component } from '../world.ts';
import type { Path } from './errors.ts';
import { asList, type FormReader, isForm } from './form.ts';

const T = ComponentType;
const IN_CONTAINER: readonly number[] = [
  T.ActionRow,
  T.Section,
  T.TextDisplay,
  T.MediaGallery,
  T.File,
  T.Separator,
];
const TOP_LEVEL_V2: readonly number[] = [...IN_CONTAINER, T.Container];
const IN_LABEL: readonly number[] = [
  T.TextInput,
  ...SELECT_TYPES,
  T.FileUpload,
  T.RadioGroup,
  T.CheckboxGroup,
  T.Checkbox,
];
const IN_MODAL: readonly number[] = [T.ActionRow, T.TextDisplay, T.Label];

/** Checks the components of a message. @param v2 whether the message has the Components V2 flag. */
export function checkMessageComponents(reader: FormReader, value: unknown, v2: boolean): void {
  const path: Path = ['components'];
  const components = asList(value);
  if (!v2) {
    reader.list(components, path, 0, LIMIT.classicRows);
    components.forEach((component, i) => {
      checkOne(reader, component, [...path, i], [T.ActionRow]);
    });
  } else {
    components.forEach((component, i) => {
      checkOne(reader, component, [...path, i], TOP_LEVEL_V2);
    });
    const all = walkAll(components.filter(isForm) as unknown as Component[]);
    if (all.length > LIMIT.componentsV2) {
      reader.errors.add(
        path,
        'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED',
        `The total number of components cannot exceed ${LIMIT.componentsV2}.`,
      );
    }
    const text = all.reduce((sum, c) => sum + (c.type === T.TextDisplay ? (c.content?.length ?? 0) : 0), 0);
    if (text > LIMIT.componentsV2Text) {
      reader.errors.add(
        path,
        'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
        `The total displayable text size exceeds the maximum size of ${LIMIT.componentsV2Text}.`,
      );
    }
  }
  checkUnique(reader, components, path);
}

/** Checks the components of a modal. */
export function checkModalComponents(reader: FormReader, value: unknown, path: Path): void {
  const components = asList(value);
  reader.list(components, path, 1, LIMIT.modalComponents);
  components.forEach((component, i) => {
    checkOne(reader, component, [...path, i], IN_MODAL, true);
  });
  checkUnique(reader, components, path);
}

function checkUnique(reader: FormReader, components: unknown[], path: Path): void {
  const ids = new Set<string>();
  const numbers = new Set<number>();
  for (const component of walkAll(components.filter(isForm) as unknown as Component[])) {
    if (component.custom_id !== undefined) {
      if (ids.has(component.custom_id)) {
        reader.errors.add(
          path,
          'COMPONENT_CUSTOM_ID_DUPLICATED',
          `Component custom id cannot be duplicated: ${component.custom_id}`,
        );
      }
      ids.add(component.custom_id);
    }
    if (component.id) {
      if (numbers.has(component.id)) {
        reader.errors.add(path, 'COMPONENT_ID_DUPLICATED', 'Component id cannot be duplicated');
      }
      numbers.add(component.id);
    }
  }
}

function checkOne(
  reader: FormReader,
  value: unknown,
  path: Path,
  allowed: readonly number[],
  modal = false,
): void {
  const component = (isForm(value) ? value : {}) as unknown as Component;
  if (!allowed.includes(component.type)) {
    reader.errors.add(
      [...path, 'type'],
      'UNION_TYPE_CHOICES',
      `Value of field "type" must be one of (${allowed.join(', ')}${allowed.length === 1 ? ',' : ''}).`,
    );
    return;
  }
  const at = (...more: (string | number)[]) => [...path, ...more];
  switch (component.type) {
    case T.ActionRow:
      checkRow(reader, component, path, modal);
      return;
    case T.Button:
      checkButton(reader, component, path);
      return;
    case T.Section:
      reader.list(component.components, at('components'), 1, LIMIT.sectionTexts);
      asList(component.components).forEach((child, i) => {
        checkOne(reader, child, at('components', i), [T.TextDisplay]);
      });
      if (!component.accessory) reader.required(at('accessory'));
      else checkOne(reader, component.accessory, at('accessory'), [T.Button, T.Thumbnail]);
      return;
    case T.TextDisplay:
      reader.text(component.content, at('content'), 1, LIMIT.componentsV2Text, true);
      return;
    case T.Thumbnail:
      reader.text(component.media?.url, at('media', 'url'), 1, LIMIT.mediaUrl, true);
      reader.text(component.description, at('description'), 1, LIMIT.mediaDescription);
      return;
    case T.MediaGallery:
      reader.list(component.items, at('items'), 1, LIMIT.galleryItems);
      component.items?.forEach((item, i) => {
        reader.text(item.media?.url, at('items', i, 'media', 'url'), 1, LIMIT.mediaUrl, true);
        reader.text(item.description, at('items', i, 'description'), 1, LIMIT.mediaDescription);
      });
      return;
    case T.File:
      reader.text(component.file?.url, at('file', 'url'), 1, LIMIT.mediaUrl, true);
      if (component.file?.url && !component.file.url.startsWith('attachment://')) {
        reader.errors.add(at('file', 'url'), 'URL_TYPE_INVALID_SCHEME', 'Scheme must be attachment.');
      }
      return;
    case T.Separator:
      if (component.spacing !== undefined) reader.oneOf(component.spacing, at('spacing'), [1, 2]);
      return;
    case T.Container:
      reader.list(component.components, at('components'), 1, LIMIT.componentsV2);
      asList(component.components).forEach((child, i) => {
        checkOne(reader, child, at('components', i), IN_CONTAINER);
      });
      reader.integer(component.accent_color, at('accent_color'), 0, 0xffffff);
      return;
    case T.Label:
      reader.text(component.label, at('label'), 1, LIMIT.labelText, true);
      reader.text(component.description, at('description'), 1, LIMIT.labelDescription);
      if (!component.component) reader.required(at('component'));
      else checkOne(reader, component.component, at('component'), IN_LABEL, true);
      return;
    case T.TextInput:
      checkTextInput(reader, component, path);
      return;
    default:
      checkSelect(reader, component, path, modal);
      return;
  }
}

function checkRow(reader: FormReader, row: Component, path: Path, modal: boolean): void {
  const children = asList(row.components);
  const childPath = (i: number): Path => [...path, 'components', i];
  if (modal) {
    reader.list(children, [...path, 'components'], 1, 1);
    for (const [i, child] of children.entries()) {
      checkOne(reader, child, childPath(i), [T.TextInput], true);
      if (isForm(child)) reader.text(child.label, [...childPath(i), 'label'], 1, LIMIT.labelText, true);
    }
    return;
  }
  reader.list(children, [...path, 'components'], 1, LIMIT.rowButtons);
  for (const [i, child] of children.entries())
    checkOne(reader, child, childPath(i), [T.Button, ...SELECT_TYPES]);
  const selects = children.filter((child) => isForm(child) && SELECT_TYPES.includes(child.type as number));
  if (selects.length > 0 && children.length > 1) {
    reader.errors.add(
      [...path, 'components'],
      'COMPONENT_LAYOUT_WIDTH_EXCEEDED',
      'The specified component exceeds the maximum width',
    );
  }
}

function checkButton(reader: FormReader, button: Component, path: Path): void {
  const at = (key: string) => [...path, key];
  const { style } = button;
  reader.oneOf(style, at('style'), [1, 2, 3, 4, 5, 6]);
  reader.text(button.label, at('label'), 0, LIMIT.buttonLabel);
  if (style === 5) {
    reader.text(button.url, at('url'), 1, LIMIT.buttonUrl, true);
    if (button.custom_id) exclusive(reader, path, 'custom id and url');
  } else if (style !== 6) {
    reader.text(button.custom_id, at('custom_id'), 1, LIMIT.customId, true);
    if (button.url) exclusive(reader, path, 'custom id and url');
  }
  if (style !== 6 && !button.label && !button.emoji) {
    reader.errors.add(path, 'BUTTON_COMPONENT_REQUIRES_LABEL', 'A button needs a label or an emoji');
  }
}

function exclusive(reader: FormReader, path: Path, what: string): void {
  reader.errors.add(
    path,
    'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE',
    `A ${what} cannot both be specified`,
  );
}

function checkSelect(reader: FormReader, select: Component, path: Path, modal: boolean): void {
  const at = (...more: (string | number)[]) => [...path, ...more];
  reader.text(select.custom_id, at('custom_id'), 1, LIMIT.customId, true);
  if (!SELECT_TYPES.includes(select.type)) return;
  reader.text(select.placeholder, at('placeholder'), 0, LIMIT.selectPlaceholder);
  reader.integer(select.min_values, at('min_values'), 0, LIMIT.selectOptions);
  reader.integer(select.max_values, at('max_values'), 1, LIMIT.selectOptions);
  if (modal && select.disabled) {
    reader.errors.add(at('disabled'), 'COMPONENT_DISABLED_IN_MODAL', 'A modal has no disabled components');
  }
  if ((select.min_values ?? 1) > (select.max_values ?? 1)) {
    reader.errors.add(at('min_values'), 'SELECT_COMPONENT_MIN_ABOVE_MAX', 'min_values exceeds max_values');
  }
  if (select.type !== T.StringSelect) return;

  const options = asList(select.options);
  reader.list(options, at('options'), 1, LIMIT.selectOptions);
  const values = new Set<unknown>();
  for (const [i, option] of options.entries()) {
    const form = isForm(option) ? option : {};
    reader.text(form.label, at('options', i, 'label'), 1, LIMIT.selectOptionText, true);
    reader.text(form.value, at('options', i, 'value'), 1, LIMIT.selectOptionText, true);
    reader.text(form.description, at('options', i, 'description'), 0, LIMIT.selectOptionText);
    if (values.has(form.value)) {
      reader.errors.add(
        at('options', i, 'value'),
        'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
        'The specified option value is already used',
      );
    }
    values.add(form.value);
  }
  if ((select.max_values ?? 1) > options.length && options.length > 0) {
    reader.errors.add(at('max_values'), 'BASE_TYPE_BAD_LENGTH', 'max_values exceeds the number of options');
  }
}

function checkTextInput(reader: FormReader, input: Component, path: Path): void {
  const at = (key: string) => [...path, key];
  reader.text(input.custom_id, at('custom_id'), 1, LIMIT.customId, true);
  reader.oneOf(input.style, at('style'), [1, 2]);
  reader.integer(input.min_length, at('min_length'), 0, LIMIT.textInputValue);
  reader.integer(input.max_length, at('max_length'), 1, LIMIT.textInputValue);
  reader.text(input.value, at('value'), 0, input.max_length ?? LIMIT.textInputValue);
  reader.text(input.placeholder, at('placeholder'), 0, LIMIT.textInputPlaceholder);
}

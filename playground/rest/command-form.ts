import { LIMIT } from '../limits.ts';
import type { CommandDefinition, CommandOption } from '../world.ts';
import type { FormErrors, Path } from './errors.ts';
import { asForm, asList, createFormReader, type Form, type FormReader } from './form.ts';

/** Lower case where the script has one; letters, digits, `_`, `-` and `'`, as Discord's naming rules say. */
const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

const Option = {
  Subcommand: 1,
  Group: 2,
  String: 3,
  Integer: 4,
  Channel: 7,
  Number: 10,
  Attachment: 11,
} as const;

/** Discord's locales. */
export const LOCALES = (
  'id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg ru uk hi th ' +
  'zh-CN ja zh-TW ko'
).split(' ');

/** Reads a command as sent; what Discord would refuse is added to `errors`. */
export function readCommandForm(
  errors: FormErrors,
  form: Form,
  path: Path,
  inGuild: boolean,
): CommandDefinition {
  const reader = createFormReader(errors);
  const type = typeof form.type === 'number' ? form.type : 1;
  checkName(reader, form, path, type === 1);
  if (type === 1) checkDescription(reader, form, path);
  else if (form.description) {
    errors.add([...path, 'description'], 'APPLICATION_COMMAND_INVALID', 'This kind has no description');
  }
  if (inGuild) {
    for (const key of ['contexts', 'integration_types'] as const) {
      if (form[key] === undefined || form[key] === null) continue;
      errors.add([...path, key], 'APPLICATION_COMMAND_GUILD_ONLY', `${key} is for global commands only`);
    }
  }
  const options = asList(form.options).map(asForm);
  checkOptions(reader, options, [...path, 'options'], 0);
  if (totalText(form, true) > LIMIT.commandText) {
    errors.add(path, 'APPLICATION_COMMAND_TOO_LARGE', `Command exceeds maximum size (${LIMIT.commandText})`);
  }
  return {
    type,
    name: String(form.name ?? ''),
    name_localizations: (form.name_localizations as Record<string, string> | undefined) ?? null,
    description: String(form.description ?? ''),
    description_localizations: (form.description_localizations as Record<string, string> | undefined) ?? null,
    options: options as unknown as CommandOption[],
    default_member_permissions:
      form.default_member_permissions === undefined || form.default_member_permissions === null
        ? null
        : String(form.default_member_permissions),
    nsfw: form.nsfw === true,
    ...(inGuild
      ? {}
      : {
          contexts: (form.contexts as number[] | undefined) ?? null,
          integration_types: (form.integration_types as number[] | undefined) ?? [0],
        }),
  };
}

function checkName(reader: FormReader, form: Form, path: Path, chatInput: boolean): void {
  const check = (value: unknown, at: Path) => {
    reader.text(value, at, 1, LIMIT.commandName, true);
    if (typeof value !== 'string' || !chatInput || value.length === 0) return;
    if (!NAME.test(value) || value !== value.toLowerCase()) {
      reader.errors.add(at, 'APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid');
    }
  };
  check(form.name, [...path, 'name']);
  eachLocale(reader, form.name_localizations, [...path, 'name_localizations'], check);
}

function checkDescription(reader: FormReader, form: Form, path: Path): void {
  const check = (value: unknown, at: Path) => reader.text(value, at, 1, LIMIT.commandDescription, true);
  check(form.description, [...path, 'description']);
  eachLocale(reader, form.description_localizations, [...path, 'description_localizations'], check);
}

function eachLocale(
  reader: FormReader,
  value: unknown,
  path: Path,
  check: (value: unknown, path: Path) => void,
): void {
  for (const [locale, text] of Object.entries(asForm(value))) {
    if (!LOCALES.includes(locale)) {
      reader.errors.add([...path, locale], 'BASE_TYPE_CHOICES', `Unknown locale ${locale}`);
    }
    check(text, [...path, locale]);
  }
}

function checkOptions(reader: FormReader, options: Form[], path: Path, depth: number): void {
  reader.list(options, path, 0, LIMIT.commandOptions);
  const names = options.map((option) => option.name);
  let optional = false;
  for (const [i, option] of options.entries()) {
    const at: Path = [...path, i];
    checkName(reader, option, at, true);
    checkDescription(reader, option, at);
    if (names.indexOf(option.name) !== i) {
      reader.errors.add(
        [...at, 'name'],
        'APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS',
        'Option name already exists',
      );
    }
    if (option.required === true && optional) {
      reader.errors.add(
        at,
        'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
        'Required options must be placed before non-required options',
      );
    }
    optional ||= option.required !== true;
    checkOption(reader, option, at, depth);
  }
  const nested = options.filter((o) => o.type === Option.Subcommand || o.type === Option.Group);
  if (nested.length > 0 && nested.length < options.length) {
    reader.errors.add(
      path,
      'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
      'Sub-command and sub-command group option types are mutually exclusive to all other types',
    );
  }
}

function checkOption(reader: FormReader, option: Form, at: Path, depth: number): void {
  const { type } = option;
  const isGroup = type === Option.Group;
  if (isGroup || type === Option.Subcommand) {
    if (depth > (isGroup ? 0 : 1)) {
      reader.errors.add([...at, 'type'], 'BASE_TYPE_CHOICES', 'Sub-commands nest one group deep only.');
    }
    const children = asList(option.options).map(asForm);
    const asGroup = isGroup && children.some((child) => child.type !== Option.Subcommand);
    if (asGroup) {
      reader.errors.add([...at, 'options'], 'BASE_TYPE_CHOICES', 'A group holds sub-commands only.');
    }
    checkOptions(reader, children, [...at, 'options'], isGroup ? 1 : 2);
    return;
  }
  reader.integer(type, [...at, 'type'], 1, Option.Attachment);
  if (type === undefined) reader.required([...at, 'type']);
  const choices = asList(option.choices).map(asForm);
  reader.list(choices, [...at, 'choices'], 0, LIMIT.commandChoices);
  if (choices.length > 0 && option.autocomplete === true) {
    reader.errors.add(
      [...at, 'autocomplete'],
      'APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES',
      'Autocomplete must not be set if choices are present',
    );
  }
  for (const [i, choice] of choices.entries()) {
    reader.text(choice.name, [...at, 'choices', i, 'name'], 1, LIMIT.choiceName, true);
    eachLocale(
      reader,
      choice.name_localizations,
      [...at, 'choices', i, 'name_localizations'],
      (text, textPath) => reader.text(text, textPath, 1, LIMIT.choiceName, true),
    );
    if (type === Option.String) {
      reader.text(choice.value, [...at, 'choices', i, 'value'], 0, LIMIT.choiceValue, true);
    } else if (typeof choice.value !== 'number') {
      reader.errors.add([...at, 'choices', i, 'value'], 'NUMBER_TYPE_COERCE', 'Value is not a number.');
    }
  }
}

/** Name, description and choice values over all options; of the localizations the longest counts. */
function totalText(form: Form, whole: boolean): number {
  const longest = (value: unknown, localizations: unknown) =>
    Math.max(
      String(value ?? '').length,
      ...Object.values(asForm(localizations)).map((text) => String(text).length),
      0,
    );
  let sum = longest(form.name, form.name_localizations);
  sum += longest(form.description, form.description_localizations);
  if (!whole) for (const choice of asList(form.choices)) sum += String(asForm(choice).value ?? '').length;
  for (const option of asList(form.options)) sum += totalText(asForm(option), false);
  return sum;
}

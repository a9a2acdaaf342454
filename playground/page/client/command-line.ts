import type { OptionValue } from '../../people.ts';
import type { Choice, Command, CommandOption } from '../../world.ts';

/** What stands in the box below the messages: a text, or a command with its options. */
export type Composer = TextComposer | CommandComposer;

export interface TextComposer {
  readonly kind: 'text';
  text: string;
  /** What the channel offers, once it was asked for. */
  commands: readonly CommandPath[];
  /** Which of the commands that fit the arrow keys stand on. */
  active: number;
}

export interface CommandComposer {
  readonly kind: 'command';
  readonly path: CommandPath;
  /** The options that are shown, in their order. */
  fields: Field[];
  /** The option that is written in. */
  focus: string;
  active: number;
  /** What the bot suggests for it. */
  suggestions: readonly Choice[];
  searching: boolean;
  /** Whether the list of choices is put away. */
  closed: boolean;
  /** What is wrong, by option. */
  readonly wrong: Map<string, string>;
}

/** A command that can be run: of a command with subcommands, each of these. */
export interface CommandPath {
  /** As Discord is told, such as `daily add`. */
  readonly name: string;
  /** In the person's language. */
  readonly label: string;
  readonly description: string;
  readonly options: readonly CommandOption[];
}

export interface Field {
  readonly option: CommandOption;
  text: string;
  /** What was chosen of a list, or the file; a text that was written stands for itself. */
  value: OptionValue | undefined;
}

/** Discord's numbers of the option types. */
export const OptionType = {
  Subcommand: 1,
  Group: 2,
  String: 3,
  Integer: 4,
  Boolean: 5,
  User: 6,
  Channel: 7,
  Role: 8,
  Mentionable: 9,
  Number: 10,
  Attachment: 11,
} as const;

type Named = Pick<CommandOption, 'name' | 'name_localizations' | 'description' | 'description_localizations'>;

export function labelOf(
  { name, name_localizations: names }: Pick<Named, 'name' | 'name_localizations'>,
  locale: string,
) {
  return names?.[locale] ?? name;
}

export function describe({ description, description_localizations: texts }: Named, locale: string): string {
  return texts?.[locale] ?? description;
}

/** All that can be run, subcommands each by themselves. */
export function pathsOf(commands: readonly Command[], locale: string): CommandPath[] {
  return commands
    .flatMap(({ definition }) => below(definition, [], [], locale))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function below(
  at: Named & { options?: readonly CommandOption[] },
  names: readonly string[],
  labels: readonly string[],
  locale: string,
): CommandPath[] {
  const name = [...names, at.name];
  const label = [...labels, labelOf(at, locale)];
  const options = at.options ?? [];
  const deeper = options.filter(({ type }) => type === OptionType.Subcommand || type === OptionType.Group);
  if (deeper.length > 0) return deeper.flatMap((option) => below(option, name, label, locale));
  return [{ name: name.join(' '), label: label.join(' '), description: describe(at, locale), options }];
}

/** The commands that what was typed after the slash fits, those that begin with it first. */
export function matching(paths: readonly CommandPath[], typed: string): CommandPath[] {
  const wanted = typed.replace(/^\//, '').trimStart().toLowerCase();
  const starts = (path: CommandPath) =>
    path.label.toLowerCase().startsWith(wanted) || path.name.toLowerCase().startsWith(wanted);
  const holds = (path: CommandPath) =>
    path.label.toLowerCase().includes(wanted) || path.name.includes(wanted);
  return [...paths.filter(starts), ...paths.filter((path) => !starts(path) && holds(path))];
}

/** A command with its required options ready to be filled in, and those that are given filled. */
export function compose(
  path: CommandPath,
  given: Readonly<Record<string, { text: string; value?: Field['value'] }>> = {},
): CommandComposer {
  const fields = path.options
    .filter(({ name, required }) => required || given[name])
    .map(
      (option): Field => ({
        option,
        text: given[option.name]?.text ?? '',
        value: given[option.name]?.value,
      }),
    );
  return {
    kind: 'command',
    path,
    fields,
    focus: (fields.find(({ text }) => text === '') ?? fields.at(-1))?.option.name ?? '',
    active: 0,
    suggestions: [],
    searching: false,
    closed: Object.keys(given).length > 0,
    wrong: new Map(),
  };
}

/** Adds an option that was left out, at its place. */
export function addField(composer: CommandComposer, option: CommandOption): void {
  composer.fields = composer.path.options.flatMap((each) => {
    const known = composer.fields.find((field) => field.option === each);
    if (known) return [known];
    return each === option ? [{ option, text: '', value: undefined }] : [];
  });
  focusField(composer, option.name);
}

export function removeField(composer: CommandComposer, name: string): void {
  composer.fields = composer.fields.filter(({ option }) => option.name !== name);
  composer.wrong.delete(name);
}

export function focusField(composer: CommandComposer, name: string): void {
  if (composer.focus !== name) composer.suggestions = [];
  composer.focus = name;
  composer.active = 0;
  composer.closed = false;
}

export interface Offer {
  readonly label: string;
  readonly description?: string;
  readonly value: string | number | boolean;
}

/** What the rules of an option say of a field, in the words of `say`; undefined when all is well. */
export function objection(
  { option, text, value }: Field,
  offers: readonly Offer[] | undefined,
  say: {
    required: string;
    choice: string;
    number: string;
    whole: string;
    range: (least: string, most: string) => string;
    length: (most: number) => string;
  },
): string | undefined {
  if (text === '' && value === undefined) return option.required ? say.required : undefined;
  if (offers && value === undefined) return say.choice;
  if (option.type === OptionType.Integer || option.type === OptionType.Number) {
    const number = Number(value ?? text);
    const { min_value: least, max_value: most } = option;
    if (Number.isNaN(number)) return say.number;
    if (option.type === OptionType.Integer && !Number.isInteger(number)) return say.whole;
    if (number < (least ?? -Infinity) || number > (most ?? Infinity)) {
      return say.range(String(least ?? '−∞'), String(most ?? '∞'));
    }
  }
  // Of what was chosen of a list, the value goes out and not its label.
  if (option.type === OptionType.String && String(value ?? text).length > (option.max_length ?? 6_000)) {
    return say.length(option.max_length ?? 6_000);
  }
  return undefined;
}

/** What is sent, by option. */
export function valuesOf(fields: readonly Field[]): Record<string, OptionValue> {
  return Object.fromEntries(
    fields
      .filter(({ text, value }) => text !== '' || value !== undefined)
      .map(({ option, text, value }) => [option.name, value ?? numberIfWanted(option, text)]),
  );
}

function numberIfWanted({ type }: CommandOption, text: string): string | number {
  return type === OptionType.Integer || type === OptionType.Number ? Number(text) : text;
}

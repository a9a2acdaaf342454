import type { Command, CommandOption } from './world.ts';

type Value = string | number | boolean;

export interface CalledOption {
  name: string;
  type: number;
  value?: Value;
  focused?: true;
  options?: CalledOption[];
}

/** Option types by Discord's number. */
const Type = {
  Subcommand: 1,
  Group: 2,
  String: 3,
  Integer: 4,
  Boolean: 5,
  Number: 10,
  Attachment: 11,
} as const;
const BY_ID = [6, 7, 8, 9];

/**
 * A call of a command as Discord's client would send it.
 * @param path the group and subcommand, if any.
 * @param files ids of the attachments that the person has uploaded for it.
 * @param focused the option that the person is typing in, when it is about autocomplete.
 * @returns the options, and the ids among their values.
 * @throws Error when the client would not let it be sent.
 */
export function readCommandCall(
  command: Command,
  path: readonly string[],
  values: Record<string, Value>,
  focused: string | null,
  files: readonly string[] = [],
): { options: CalledOption[]; ids: string[] } {
  let level = command.definition.options;
  const chain: CommandOption[] = [];
  for (const name of path) {
    const option = level.find(
      (o) => o.name === name && (o.type === Type.Subcommand || o.type === Type.Group),
    );
    if (!option) throw new Error(`/${command.definition.name} has no subcommand ${path.join(' ')}`);
    chain.push(option);
    level = option.options ?? [];
  }
  if (level.some((o) => o.type === Type.Subcommand || o.type === Type.Group)) {
    throw new Error(`/${command.definition.name} ${path.join(' ')} needs a subcommand`);
  }
  for (const name of Object.keys(values)) {
    if (!level.some((option) => option.name === name)) throw new Error(`there is no option ${name}`);
  }
  const given = level.filter((option) => values[option.name] !== undefined);
  const missing = level.find((option) => option.required && values[option.name] === undefined);
  if (missing && focused === null) throw new Error(`option ${missing.name} is required`);

  let options: CalledOption[] = given.map((option) => {
    const value = values[option.name]!;
    if (option.name === focused) {
      if (!option.autocomplete) throw new Error(`option ${focused} has no autocomplete`);
      return { name: option.name, type: option.type, value, focused: true };
    }
    const wrong = focused === null ? objection(option, value, files) : undefined;
    if (wrong) throw new Error(`option ${option.name}: ${wrong}`);
    return { name: option.name, type: option.type, value };
  });
  if (focused !== null && !options.some((option) => option.focused)) {
    throw new Error(`option ${focused} needs a value, if only an empty one`);
  }
  const ids = options.flatMap(({ type, value }) => (BY_ID.includes(type) ? [String(value)] : []));
  for (const { name, type } of chain.reverse()) options = [{ name, type, options }];
  return { options, ids };
}

/** Why a value does not fit its option; undefined when it does. */
function objection(option: CommandOption, value: Value, files: readonly string[]): string | undefined {
  const isFile = files.includes(String(value));
  if (isFile !== (option.type === Type.Attachment)) return isFile ? 'no file' : 'a file';
  if (option.choices?.length && !option.choices.some((choice) => choice.value === value)) {
    return `${value} is none of its choices`;
  }
  if (option.type === Type.Boolean && typeof value !== 'boolean') return 'true or false';
  if (option.type === Type.Integer || option.type === Type.Number) {
    const { min_value: min = -(2 ** 53), max_value: max = 2 ** 53 } = option;
    if (typeof value !== 'number') return 'a number';
    if (option.type === Type.Integer && !Number.isInteger(value)) return 'a whole number';
    if (value < min || value > max) return `${min} to ${max}`;
  }
  if (option.type === Type.String) {
    const { min_length: min = 0, max_length: max = 6_000 } = option;
    if (typeof value !== 'string') return 'a text';
    if (value.length < min || value.length > max) return `${min} to ${max} characters`;
  }
  return undefined;
}

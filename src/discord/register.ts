import { isDeepStrictEqual } from 'node:util';
import {
  type APIApplicationCommand,
  ApplicationCommandType,
  type REST,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
  Routes,
} from 'discord.js';

type Definition = RESTPostAPIChatInputApplicationCommandsJSONBody;

/**
 * Makes Discord's commands those that we have, and leaves them alone where they already are: registering is limited
 * to 200 a day.
 * @param guildId registers for one server only, at once and without what is global only
 * @returns whether anything had to change
 */
export async function registerCommands(
  rest: REST,
  applicationId: string,
  definitions: readonly Definition[],
  guildId?: string,
): Promise<boolean> {
  const wanted = guildId ? definitions.map(withoutGlobalFields) : definitions;
  const route = guildId
    ? Routes.applicationGuildCommands(applicationId, guildId)
    : Routes.applicationCommands(applicationId);
  const query = new URLSearchParams({ with_localizations: 'true' });
  const present = (await rest.get(route, { query })) as APIApplicationCommand[];
  const comparable = guildId ? present.map(withoutGlobalFields) : present;
  if (sameCommands(comparable, wanted)) return false;
  await rest.put(route, { body: wanted });
  return true;
}

/** Whether Discord's commands are those wanted, in any order; what Discord adds of its own does not count. */
export function sameCommands(present: readonly object[], wanted: readonly object[]): boolean {
  const comparable = (commands: readonly object[]) =>
    commands
      .map((command) => normalize({ type: ApplicationCommandType.ChatInput, ...command }))
      .sort((a, b) => String(a.name).localeCompare(String(b.name)));
  return isDeepStrictEqual(comparable(present), comparable(wanted));
}

const COMPARED = [
  'type',
  'name',
  'name_localizations',
  'description',
  'description_localizations',
  'required',
  'autocomplete',
  'choices',
  'options',
  'value',
  'channel_types',
  'min_value',
  'max_value',
  'min_length',
  'max_length',
  'contexts',
  'integration_types',
  'default_member_permissions',
  'nsfw',
] as const;

/** Leaves out defaults, which Discord writes and we don't, and puts sets in order. */
function normalize(value: object): Record<string, unknown> {
  const source = value as Record<string, unknown>;
  const result: Record<string, unknown> = {};
  for (const key of COMPARED) {
    const field = source[key];
    if (field === undefined || field === null || field === false) continue;
    if (Array.isArray(field)) {
      if (field.length === 0) continue;
      result[key] = field.every((each) => typeof each === 'object')
        ? field.map(normalize)
        : [...field].sort();
    } else if (typeof field === 'object') {
      if (Object.keys(field).length > 0) result[key] = field;
    } else result[key] = field;
  }
  return result;
}

function withoutGlobalFields<T extends object>(command: T): T {
  const { contexts: _, integration_types: __, ...rest } = command as Record<string, unknown>;
  return rest as T;
}

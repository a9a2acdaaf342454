import { LIMIT } from '../limits.ts';
import type { Platform } from '../platform.ts';
import { commandObject } from '../wire.ts';
import type { Command } from '../world.ts';
import { readCommandForm } from './command-form.ts';
import { createFormErrors, DiscordError, invalidForm, missingAccess, unknownCommand } from './errors.ts';
import { asForm, asList } from './form.ts';
import { BUCKETS } from './rate-limits.ts';
import { noContent, ok, type RestAnswer, type RestRequest, type Route } from './route.ts';

export function commandRoutes(platform: Platform): Route[] {
  const { world } = platform;

  /** The guild that a path is about, or null for global commands. */
  function scopeOf({ params }: RestRequest): string | null {
    if (params.application_id !== platform.applicationId) {
      throw new DiscordError(403, 20012, 'You are not authorized to perform this action on this application');
    }
    if (params.guild_id === undefined) return null;
    if (!world.guilds.get(params.guild_id)?.botJoined) throw missingAccess();
    return params.guild_id;
  }

  const commandsIn = (guildId: string | null) =>
    [...world.commands.values()].filter((command) => command.guildId === guildId);

  function find(request: RestRequest): Command {
    const guildId = scopeOf(request);
    const command = world.commands.get(request.params.command_id!);
    if (!command || command.guildId !== guildId) throw unknownCommand();
    return command;
  }

  /** Creates it, or overwrites the one of the same name and type, which keeps its id. */
  function save(
    guildId: string | null,
    definition: Command['definition'],
  ): { command: Command; isNew: boolean } {
    const known = commandsIn(guildId).find(
      (c) => c.definition.name === definition.name && c.definition.type === definition.type,
    );
    if (known) {
      if (JSON.stringify(known.definition) !== JSON.stringify(definition)) {
        known.definition = definition;
        known.version = platform.mint();
      }
      return { command: known, isNew: false };
    }
    const command: Command = { id: platform.mint(), guildId, version: platform.mint(), definition };
    world.commands.set(command.id, command);
    return { command, isNew: true };
  }

  function list(request: RestRequest): RestAnswer {
    const localized = request.query.get('with_localizations') === 'true';
    return ok(commandsIn(scopeOf(request)).map((c) => commandObject(platform, c, localized)));
  }

  function create(request: RestRequest): RestAnswer {
    const guildId = scopeOf(request);
    const errors = createFormErrors();
    const definition = readCommandForm(errors, asForm(request.body), [], guildId !== null);
    errors.throwIfAny();
    const { command, isNew } = save(guildId, definition);
    return { status: isNew ? 201 : 200, body: commandObject(platform, command) };
  }

  function overwrite(request: RestRequest): RestAnswer {
    const guildId = scopeOf(request);
    const forms = asList(request.body).map(asForm);
    const errors = createFormErrors();
    const definitions = forms.map((form, i) => readCommandForm(errors, form, [i], guildId !== null));
    const names = definitions.map((d) => `${d.type} ${d.name}`);
    for (const [i, name] of names.entries()) {
      if (names.indexOf(name) !== i) {
        errors.add([i], 'APPLICATION_COMMANDS_DUPLICATE_NAME', 'Application command names must be unique');
      }
    }
    errors.throwIfAny();
    if (definitions.filter((d) => d.type === 1).length > LIMIT.globalCommands) {
      throw new DiscordError(400, 30032, 'Maximum number of application commands reached (100).');
    }
    for (const command of commandsIn(guildId)) {
      if (!names.includes(`${command.definition.type} ${command.definition.name}`)) {
        world.commands.delete(command.id);
      }
    }
    return ok(definitions.map((d) => commandObject(platform, save(guildId, d).command)));
  }

  function patch(request: RestRequest): RestAnswer {
    const command = find(request);
    const form = asForm(request.body);
    if (form.type !== undefined && form.type !== command.definition.type) {
      throw invalidForm(['type'], 'BASE_TYPE_CHOICES', 'The type of a command cannot be changed.');
    }
    const errors = createFormErrors();
    const merged = { ...command.definition, ...form };
    const definition = readCommandForm(errors, merged, [], command.guildId !== null);
    errors.throwIfAny();
    command.definition = definition;
    command.version = platform.mint();
    return ok(commandObject(platform, command));
  }

  function remove(request: RestRequest): RestAnswer {
    world.commands.delete(find(request).id);
    return noContent;
  }

  const changing = (handle: (request: RestRequest) => RestAnswer) => (request: RestRequest) => {
    const answer = handle(request);
    platform.changed({ kind: 'scene' });
    return answer;
  };

  const bucket = BUCKETS.commands;
  return ['/applications/{application_id}', '/applications/{application_id}/guilds/{guild_id}'].flatMap(
    (scope): Route[] => [
      { method: 'GET', path: `${scope}/commands`, bucket: BUCKETS.wide, handle: list },
      { method: 'PUT', path: `${scope}/commands`, bucket, handle: changing(overwrite) },
      { method: 'POST', path: `${scope}/commands`, bucket, handle: changing(create) },
      {
        method: 'GET',
        path: `${scope}/commands/{command_id}`,
        bucket: BUCKETS.wide,
        handle: (request) => ok(commandObject(platform, find(request))),
      },
      { method: 'PATCH', path: `${scope}/commands/{command_id}`, bucket, handle: changing(patch) },
      { method: 'DELETE', path: `${scope}/commands/{command_id}`, bucket, handle: changing(remove) },
    ],
  );
}

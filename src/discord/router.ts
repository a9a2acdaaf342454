import { randomBytes } from 'node:crypto';
import {
  type AutocompleteInteraction,
  DiscordAPIError,
  type Interaction,
  MessageFlags,
  RESTJSONErrorCodes,
  type RepliableInteraction,
} from 'discord.js';
import { languageOfLocale } from '../settings/language.ts';
import { StoreUnavailable } from '../store/port.ts';
import type { App, Choice, Command, Components, Context } from './command.ts';
import { UserError } from './user-error.ts';
import { wordsOf } from './words/of.ts';

export type Router = (interaction: Interaction) => Promise<void>;

/** Brings each interaction to its handler; its one boundary answers for every error. Never rejects. */
export function createRouter(
  app: App,
  commands: readonly Command[],
  components: Components,
  onHandled: (kind: string, milliseconds: number) => void = () => {},
): Router {
  const byName = new Map(commands.map((command) => [command.definition.name, command]));
  const byAction = new Map(
    [components, ...commands.map((command) => command.components ?? {})].flatMap((some) =>
      Object.entries(some),
    ),
  );

  return async (interaction) => {
    const began = performance.now();
    const context = await contextOf(app, interaction);
    if (interaction.isAutocomplete()) await complete(interaction, context);
    else if (interaction.isRepliable()) {
      try {
        await handle(interaction, context);
      } catch (error) {
        await answerError(interaction, context, error);
      }
    }
    onHandled(kindOf(interaction), performance.now() - began);
  };

  async function handle(interaction: RepliableInteraction, context: Context): Promise<void> {
    if (interaction.isChatInputCommand()) {
      const command = byName.get(interaction.commandName);
      if (!command) throw new UserError((words) => words.errors.stale);
      await command.execute(interaction, context);
    } else if (interaction.isMessageComponent() || interaction.isModalSubmit()) {
      const [action = '', ...segments] = interaction.customId.split(':');
      const handler = byAction.get(action);
      if (!handler) throw new UserError((words) => words.errors.stale);
      await handler(interaction, context, ...segments);
    }
  }

  async function complete(interaction: AutocompleteInteraction, context: Context): Promise<void> {
    let choices: Choice[] = [];
    try {
      choices = (await byName.get(interaction.commandName)?.complete?.(interaction, context)) ?? [];
    } catch (error) {
      app.log.warn({ err: error, command: interaction.commandName }, 'an autocomplete failed');
    }
    await interaction.respond(choices.slice(0, MOST_CHOICES)).catch((error) => {
      app.log.debug({ err: error }, 'an autocomplete came too late');
    });
  }

  async function answerError(
    interaction: RepliableInteraction,
    { words, language }: Context,
    error: unknown,
  ): Promise<void> {
    let content: string;
    if (error instanceof UserError) content = error.say(words, language);
    else if (error instanceof StoreUnavailable) {
      app.log.warn({ err: error, ...idsOf(interaction) }, 'the store is away');
      content = words.errors.storeAway;
    } else {
      const id = randomBytes(4).toString('hex');
      app.log.error({ err: error, errorId: id, ...idsOf(interaction) }, 'a handler failed');
      content = words.errors.unexpected(id);
    }
    await say(interaction, content).catch((failure) => {
      const late = failure instanceof DiscordAPIError && TOO_LATE.has(failure.code);
      app.log[late ? 'warn' : 'error'](
        { err: failure, ...idsOf(interaction) },
        'an error could not be answered',
      );
    });
  }
}

/** Says one sentence to one person, whatever has been answered before. */
async function say(interaction: RepliableInteraction, content: string): Promise<void> {
  const flags = MessageFlags.Ephemeral;
  if (interaction.replied) await interaction.followUp({ content, flags });
  else if (!interaction.deferred) await interaction.reply({ content, flags });
  else if (interaction.ephemeral && !interaction.isMessageComponent())
    await interaction.editReply({ content });
  else await interaction.followUp({ content, flags });
}

/** A store that is away costs a person their language setting for the moment, not the answer. */
async function contextOf(app: App, interaction: Interaction): Promise<Context> {
  const [person, library] = await Promise.all([
    app.settings.person(interaction.user.id).catch(() => undefined),
    app.banks.of(interaction.guildId).catch(() => app.banks.lastKnown(interaction.guildId)),
  ]);
  const language = person?.language ?? languageOfLocale(interaction.locale);
  return { ...app, ...library, language, words: wordsOf(language) };
}

function kindOf(interaction: Interaction): string {
  if (interaction.isCommand() || interaction.isAutocomplete()) return interaction.commandName;
  return 'customId' in interaction ? (interaction.customId.split(':')[0] ?? '') : 'unknown';
}

function idsOf(interaction: RepliableInteraction) {
  return { kind: kindOf(interaction), guild: interaction.guildId, user: interaction.user.id };
}

/** The interaction is void, or somebody has acknowledged it: there is nobody left to tell. */
const TOO_LATE = new Set<string | number>([
  RESTJSONErrorCodes.UnknownInteraction,
  RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged,
]);

/** The most that Discord takes. */
const MOST_CHOICES = 25;

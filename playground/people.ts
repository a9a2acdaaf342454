import { readCommandCall } from './command-call.ts';
import { ComponentType, isInteractive, walkAll } from './components.ts';
import { type Exchange, type InteractionDesk, type NewInteraction, waitFor } from './interactions.ts';
import { createMessage } from './messages.ts';
import { readModalValues } from './modal-values.ts';
import { channelPermissions, guildPermissions, Permission } from './permissions.ts';
import type { Platform } from './platform.ts';
import { addReaction, emojiKey, MAX_EMOJI_PER_MESSAGE, parseEmoji, removeReaction } from './reactions.ts';
import { resolveIds } from './resolve.ts';
import { uploadFiles } from './uploads.ts';
import type { Channel, Choice, Command, Component, Message, Modal } from './world.ts';

export type OptionValue = string | number | boolean | OptionFile;

/** A file for an option that takes one. */
export interface OptionFile {
  readonly name: string;
  readonly base64: string;
}

/** What a person sees after acting. */
export interface Response {
  readonly type: 'reply' | 'deferral' | 'update' | 'deferred-update' | 'modal';
  readonly ephemeral: boolean;
  /** The answer, or the message that the component stands on. It is the living object: later edits show in it. */
  readonly message?: Message;
  readonly modal?: Modal;
  readonly followUps: readonly Message[];
  /** Waits until a deferral was answered (edited, followed up or deleted); at most 15 s unless told otherwise. */
  settled(timeoutMs?: number): Promise<Response>;
}

/** One person at the keyboard. Each method throws an Error, in words, when Discord's client would not let them. */
export interface Person {
  /**
   * @param command name with its group and subcommand, e.g. `daily add`. Users, roles and channels are given by id,
   * files as {@link OptionFile}.
   */
  slash(channelId: string, command: string, options?: Record<string, OptionValue>): Promise<Response>;
  /** The slash commands that are offered in a channel. */
  commands(channelId: string): Command[];
  autocomplete(
    channelId: string,
    command: string,
    options: Record<string, OptionValue>,
    focused: string,
  ): Promise<Choice[]>;
  press(message: Message, customId: string): Promise<Response>;
  select(message: Message, customId: string, values: string[]): Promise<Response>;
  submitModal(modal: Modal, values: Record<string, string | string[]>): Promise<Response>;
  react(channelId: string, messageId: string, emoji: string, options?: { burst?: boolean }): void;
  unreact(channelId: string, messageId: string, emoji: string, options?: { burst?: boolean }): void;
  post(channelId: string, content: string): Message;
}

export function createPerson(platform: Platform, desk: InteractionDesk, userId: string): Person {
  const { world, botId } = platform;
  const user = world.users.get(userId);
  if (!user) throw new Error(`no user ${userId}`);

  function channelOf(id: string): Channel {
    const channel = world.channels.get(id);
    if (!channel) throw new Error(`no channel ${id}`);
    may(channel, Permission.ViewChannel, 'see this channel');
    return channel;
  }

  function may(channel: Channel, permission: bigint, what: string): void {
    if (!(channelPermissions(world, channel, userId, botId) & permission)) {
      throw new Error(`${user!.name} may not ${what}`);
    }
  }

  function messageOf(channelId: string, messageId: string): Message {
    const message = channelOf(channelId).messages.get(messageId);
    if (!message) throw new Error(`no message ${messageId} in channel ${channelId}`);
    return message;
  }

  async function send(news: Omit<NewInteraction, 'userId'>): Promise<Response> {
    return responseOf(await desk.open({ ...news, userId }));
  }

  function commandCall(
    channelId: string,
    path: string,
    values: Record<string, OptionValue>,
    focused: string | null,
  ) {
    const channel = channelOf(channelId);
    may(channel, Permission.UseApplicationCommands, 'use commands here');
    const [name, ...rest] = path.trim().replace(/^\//, '').split(/\s+/);
    const command = commandsIn(channel).find(({ definition }) => definition.name === name);
    if (!command) throw new Error(`there is no command /${name} here`);
    if (!mayUse(channel, command)) throw new Error(`${user!.name} has no permission for /${name}`);
    const { values: plain, attachments } = uploadFiles(platform, values);
    const { options, ids } = readCommandCall(command, rest, plain, focused, Object.keys(attachments));
    const found = resolveIds(platform, channel, ids);
    const resolved = Object.keys(attachments).length > 0 ? { ...found, attachments } : found;
    return {
      channel,
      commandName: [name, ...rest].join(' '),
      data: {
        id: command.id,
        name: command.definition.name,
        type: command.definition.type,
        ...(command.guildId ? { guild_id: command.guildId } : {}),
        options,
        ...(resolved ? { resolved } : {}),
      },
    };
  }

  /** The slash commands that there are in a channel. A guild's own hides the global one of the same name. */
  function commandsIn(channel: Channel): Command[] {
    const all = [...world.commands.values()].filter(({ definition }) => definition.type === 1);
    const own = all.filter(({ guildId }) => guildId !== null && guildId === channel.guildId);
    const hidden = new Set(own.map(({ definition }) => definition.name));
    const global = all.filter((command) => command.guildId === null && worksIn(channel, command));
    return [...own, ...global.filter(({ definition }) => !hidden.has(definition.name))];
  }

  function worksIn(channel: Channel, { definition }: Command): boolean {
    const guild = channel.guildId ? world.guilds.get(channel.guildId) : undefined;
    const context = guild ? 0 : 1;
    if (definition.contexts && !definition.contexts.includes(context)) return false;
    const types = definition.integration_types ?? [0];
    const byGuild = types.includes(0) && (guild ? guild.botJoined : true);
    return byGuild || (types.includes(1) && user!.installed);
  }

  function mayUse(channel: Channel, { definition }: Command): boolean {
    const needed = definition.default_member_permissions;
    const guild = channel.guildId ? world.guilds.get(channel.guildId) : undefined;
    if (needed === null || !guild) return true;
    const own = guildPermissions(guild, userId);
    if (own & Permission.Administrator) return true;
    return needed !== '0' && (own & BigInt(needed)) === BigInt(needed);
  }

  /** The component as it stands now, if this person can act on it. */
  function componentOf(message: Message, customId: string): { channel: Channel; component: Component } {
    const channel = channelOf(message.channelId);
    if (message.deleted) throw new Error('the message was deleted');
    if (message.ephemeralFor && message.ephemeralFor !== userId) {
      throw new Error(`only somebody else can see this message, not ${user!.name}`);
    }
    const component = walkAll(message.components).find((c) => c.custom_id === customId && isInteractive(c));
    if (!component) throw new Error(`no component ${customId} on message ${message.id}`);
    if (component.disabled) throw new Error(`component ${customId} is disabled`);
    return { channel, component };
  }

  return {
    slash: async (channelId, command, options = {}) =>
      send({ type: 2, ...commandCall(channelId, command, options, null) }),

    commands(channelId) {
      const channel = channelOf(channelId);
      may(channel, Permission.UseApplicationCommands, 'use commands here');
      return commandsIn(channel).filter((command) => mayUse(channel, command));
    },

    async autocomplete(channelId, command, options, focused) {
      const call = commandCall(channelId, command, options, focused);
      return (await desk.open({ type: 4, ...call, userId })).choices;
    },

    async press(message, customId) {
      const { channel, component } = componentOf(message, customId);
      if (component.type !== ComponentType.Button) throw new Error(`${customId} is no button`);
      const data = { custom_id: customId, component_type: component.type, id: component.id };
      return send({ type: 3, channel, data, sourceMessage: message });
    },

    async select(message, customId, values) {
      const { channel, component } = componentOf(message, customId);
      if (component.type === ComponentType.Button) throw new Error(`${customId} is no select menu`);
      checkSelection(component, values);
      const resolved =
        component.type === ComponentType.StringSelect ? undefined : resolveIds(platform, channel, values);
      const data = {
        custom_id: customId,
        component_type: component.type,
        id: component.id,
        // Discord reports the values in the order of the list, not of the clicks.
        values: component.options
          ? component.options.map((o) => o.value).filter((value) => values.includes(value))
          : values,
        ...(resolved ? { resolved } : {}),
      };
      return send({ type: 3, channel, data, sourceMessage: message });
    },

    async submitModal(modal, values) {
      if (modal.userId !== userId) throw new Error('somebody else has this modal open');
      const { components, ids } = readModalValues(modal, values);
      const origin = world.interactions.get(modal.interactionId)!;
      const channel = channelOf(origin.channelId);
      const sourceMessage =
        channel.messages.get(origin.sourceMessageId ?? '') ??
        world.ephemerals.get(origin.sourceMessageId ?? '');
      const resolved = resolveIds(platform, channel, ids);
      const data = { custom_id: modal.customId, components, ...(resolved ? { resolved } : {}) };
      return send({
        type: 5,
        channel,
        data,
        originId: origin.id,
        ...(sourceMessage ? { sourceMessage } : {}),
      });
    },

    react(channelId, messageId, text, { burst = false } = {}) {
      const message = messageOf(channelId, messageId);
      const emoji = parseEmoji(text);
      if (!message.reactions.has(emojiKey(emoji))) {
        may(channelOf(channelId), Permission.AddReactions, 'add a new reaction');
        if (message.reactions.size >= MAX_EMOJI_PER_MESSAGE) {
          throw new Error(`a message carries at most ${MAX_EMOJI_PER_MESSAGE} emoji`);
        }
      }
      addReaction(platform, message, userId, emoji, burst);
    },

    unreact(channelId, messageId, text, { burst = false } = {}) {
      removeReaction(platform, messageOf(channelId, messageId), userId, parseEmoji(text), burst);
    },

    post(channelId, content) {
      const channel = channelOf(channelId);
      may(channel, Permission.SendMessages, 'write here');
      return createMessage(platform, { channel, authorId: userId, content });
    },
  };
}

function checkSelection(component: Component, values: string[]): void {
  const min = component.min_values ?? 1;
  const max = component.max_values ?? 1;
  if (values.length < min || values.length > max) throw new Error(`choose ${min} to ${max}`);
  for (const value of values) {
    if (component.options && !component.options.some((option) => option.value === value)) {
      throw new Error(`there is no option ${value}`);
    }
  }
}

function responseOf(exchange: Exchange): Response {
  const response: Response = {
    get type() {
      return exchange.interaction.acknowledged as Response['type'];
    },
    get ephemeral() {
      return exchange.original?.ephemeralFor != null;
    },
    ...(exchange.original ? { message: exchange.original } : {}),
    ...(exchange.modal ? { modal: exchange.modal } : {}),
    followUps: exchange.followUps,
    async settled(timeoutMs = 15_000) {
      await waitFor(exchange, () => exchange.settled, timeoutMs, 'the deferred answer never came');
      return response;
    },
  };
  return response;
}

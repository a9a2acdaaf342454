import { randomBytes } from 'node:crypto';
import { ACKNOWLEDGE_MS, TOKEN_MS } from './limits.ts';
import { channelPermissions, Permission } from './permissions.ts';
import { Intent, type Platform } from './platform.ts';
import {
  channelObject,
  guildObject,
  interactionMemberObject,
  interactionOwners,
  messageObject,
  userObject,
} from './wire.ts';
import type { Acknowledgement, Channel, Choice, Interaction, Message, Modal } from './world.ts';

/** An interaction and all that the bot has said to it so far. */
export interface Exchange {
  readonly interaction: Interaction;
  /** What `@original` stands for: the reply, or the message that the component stands on. */
  original: Message | null;
  modal: Modal | null;
  choices: Choice[];
  readonly followUps: Message[];
  /** False while a deferral waits for its answer. */
  settled: boolean;
  readonly watchers: Set<() => void>;
}

export interface NewInteraction {
  type: Interaction['type'];
  userId: string;
  channel: Channel;
  data: object;
  sourceMessage?: Message;
  commandName?: string;
  /** The interaction whose modal this one submits. */
  originId?: string;
}

/** Every interaction between people and the bot goes over this desk. */
export interface InteractionDesk {
  /**
   * Sends an interaction to the bot.
   * @returns the exchange, once the bot has said something.
   * @throws Error "The application did not respond" after three seconds of real time.
   */
  open(news: NewInteraction): Promise<Exchange>;
  find(id: string, token: string): Exchange | undefined;
  findByToken(token: string): Exchange | undefined;
  acknowledge(exchange: Exchange, how: Acknowledgement): void;
  settle(exchange: Exchange): void;
}

export function createInteractionDesk(platform: Platform): InteractionDesk {
  const byToken = new Map<string, Exchange>();

  return {
    open(news) {
      const interaction: Interaction = {
        id: platform.mint(),
        token: randomBytes(80).toString('base64url'),
        type: news.type,
        userId: news.userId,
        channelId: news.channel.id,
        guildId: news.channel.guildId,
        createdAt: platform.now(),
        sourceMessageId: news.sourceMessage?.id ?? null,
        commandName: news.commandName ?? null,
        originId: news.originId ?? null,
        acknowledged: null,
        expired: false,
        ephemeral: false,
        originalId: null,
        loading: false,
      };
      const exchange: Exchange = {
        interaction,
        original: null,
        modal: null,
        choices: [],
        followUps: [],
        settled: false,
        watchers: new Set(),
      };
      platform.world.interactions.set(interaction.id, interaction);
      byToken.set(interaction.token, exchange);
      const answered = waitForAnswer(exchange);
      platform.dispatch({
        type: 'INTERACTION_CREATE',
        data: interactionObject(platform, interaction, news),
        guildId: news.channel.guildId,
        intents: Intent.None,
      });
      return answered;
    },
    find: (id, token) => {
      const exchange = byToken.get(token);
      return exchange?.interaction.id === id ? exchange : undefined;
    },
    findByToken: (token) => byToken.get(token),
    acknowledge(exchange, how) {
      exchange.interaction.acknowledged = how;
      if (how !== 'deferral' && how !== 'deferred-update') exchange.settled = true;
      notify(exchange);
    },
    settle(exchange) {
      exchange.settled = true;
      notify(exchange);
    },
  };
}

/** Whether the interaction's token still works. */
export function isTokenAlive(interaction: Interaction, now: number): boolean {
  return now < interaction.createdAt + TOKEN_MS;
}

function notify(exchange: Exchange): void {
  for (const watcher of [...exchange.watchers]) watcher();
}

/** Resolves when `done` holds; looks again whenever the bot has said something. */
export function waitFor(
  exchange: Exchange,
  done: () => boolean,
  timeoutMs: number,
  complaint: string,
): Promise<void> {
  if (done()) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      exchange.watchers.delete(look);
      reject(new Error(complaint));
    }, timeoutMs);
    const look = () => {
      if (!done()) return;
      clearTimeout(timer);
      exchange.watchers.delete(look);
      resolve();
    };
    exchange.watchers.add(look);
  });
}

async function waitForAnswer(exchange: Exchange): Promise<Exchange> {
  const { interaction } = exchange;
  const answered = () => interaction.acknowledged !== null;
  try {
    await waitFor(exchange, answered, ACKNOWLEDGE_MS, 'The application did not respond');
  } catch (error) {
    interaction.expired = true;
    throw error;
  }
  return exchange;
}

/** The INTERACTION_CREATE payload. */
function interactionObject(platform: Platform, interaction: Interaction, news: NewInteraction) {
  const { world, applicationId, botId } = platform;
  const { channel } = news;
  const user = world.users.get(news.userId)!;
  const guild = channel.guildId ? world.guilds.get(channel.guildId) : undefined;
  const member = guild?.members.get(user.id);
  const botPermissions =
    channelPermissions(world, channel, botId, botId) |
    (guild?.botJoined
      ? 0n
      : Permission.AttachFiles |
        Permission.EmbedLinks |
        Permission.MentionEveryone |
        Permission.UseExternalEmojis);
  return {
    id: interaction.id,
    application_id: applicationId,
    type: interaction.type,
    token: interaction.token,
    version: 1,
    data: news.data,
    channel_id: channel.id,
    channel: {
      ...channelObject(platform, channel),
      ...(guild ? { permissions: channelPermissions(world, channel, user.id, botId).toString() } : {}),
    },
    ...(guild && member
      ? {
          guild_id: guild.id,
          guild: { id: guild.id, locale: guild.locale, features: guildObject(guild).features },
          guild_locale: guild.locale,
          member: interactionMemberObject(platform, member, channel),
        }
      : { user: userObject(user) }),
    locale: user.locale,
    app_permissions: botPermissions.toString(),
    context: guild ? 0 : 1,
    authorizing_integration_owners: interactionOwners(platform, user.id, channel.guildId),
    entitlements: [],
    attachment_size_limit: 10 * 1024 * 1024,
    ...(news.sourceMessage ? { message: messageObject(platform, news.sourceMessage) } : {}),
  };
}

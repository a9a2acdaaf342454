import {
  Client,
  Events,
  GatewayCloseCodes,
  GatewayIntentBits,
  Options,
  PermissionFlagsBits,
} from 'discord.js';
import type { Logger } from 'pino';
import type { Studio } from '../pictures/studio.ts';
import { DrawingRest } from './drawing-rest.ts';

/** The bot can't go on, for a reason that whoever runs it can mend. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

/**
 * A discord.js client with what the bot needs and no more: no privileged intent, no cache of messages. What it sends
 * has its pictures drawn in the studio.
 */
export function createClient(apiUrl: string, studio: Studio, log: Logger): Client {
  const client = new Client({
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessageReactions],
    shards: 'auto',
    allowedMentions: { parse: [], repliedUser: false },
    rest: { api: apiUrl },
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      MessageManager: 0,
      ReactionManager: 0,
      ReactionUserManager: 0,
      GuildMemberManager: { maxSize: 500, keepOverLimit: (member) => member.id === member.client.user.id },
      UserManager: { maxSize: 2_000, keepOverLimit: (user) => user.id === user.client.user?.id },
    }),
  });
  client.rest.clearHashSweeper();
  client.rest.clearHandlerSweeper();
  client.rest = new DrawingRest(client.options.rest, {
    studio,
    log,
    mayAttach: (channelId) => mayAttach(client, channelId),
  });
  return client;
}

/** A channel that is not cached is left to Discord to refuse. */
function mayAttach(client: Client, channelId: string): boolean {
  const channel = client.channels.cache.get(channelId);
  const me = channel && 'guild' in channel ? channel.guild.members.me : undefined;
  if (!channel || !('permissionsFor' in channel) || !me) return true;
  return channel.permissionsFor(me).has(PermissionFlagsBits.AttachFiles);
}

/**
 * Logs in and waits until the client is ready.
 * @param onEnd called if Discord later ends the connection for good
 * @throws StartError
 */
export async function logIn(
  client: Client,
  token: string,
  apiUrl: string,
  log: Logger,
  onEnd: (error: StartError) => void,
): Promise<void> {
  client.on(Events.Error, (error) => log.warn({ err: error }, 'the gateway reported an error'));
  client.on(Events.Warn, (message) => log.warn(message));
  const ended = new Promise<StartError>((resolve) => {
    client.on(Events.ShardDisconnect, ({ code }) => {
      const sentence = fatalCloses[code];
      if (sentence) resolve(new StartError(sentence));
    });
  });
  const ready = new Promise<void>((resolve) => client.once(Events.ClientReady, () => resolve()));
  const refusal = await Promise.race([ended, connect(client, token, apiUrl).then(() => ready)]);
  if (refusal) throw refusal;
  void ended.then(onEnd);
}

async function connect(client: Client, token: string, apiUrl: string): Promise<void> {
  try {
    await client.login(token);
  } catch (error) {
    const { code, status, message } = error as { code?: unknown; status?: unknown; message?: string };
    if (code === 'TokenInvalid' || status === 401)
      throw new StartError(fatalCloses[GatewayCloseCodes.AuthenticationFailed]!);
    throw new StartError(
      `Discord can't be reached at ${apiUrl} (${message}). Check the network, then start again.`,
      {
        cause: error,
      },
    );
  }
}

const fatalCloses: Readonly<Record<number, string>> = {
  [GatewayCloseCodes.AuthenticationFailed]:
    "Discord does not accept DISCORD_TOKEN: copy it again from the page Bot of your application in Discord's Developer Portal.",
  [GatewayCloseCodes.DisallowedIntents]:
    'Discord refuses the intents Guilds and GuildMessageReactions, which no bot should lack: check the application in the Developer Portal.',
  [GatewayCloseCodes.InvalidIntents]:
    'Discord calls the intents invalid: this version of the bot is too old or too new for it.',
  [GatewayCloseCodes.ShardingRequired]:
    'The bot is in too many servers for the number of shards that Discord recommended at the start: start it again.',
};

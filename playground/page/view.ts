import { MessageFlag } from '../messages.ts';
import { channelPermissions, guildPermissions, Permission } from '../permissions.ts';
import type { Playground, RequestRecord } from '../start.ts';
import type { Channel, Component, Guild, Media, Message, World } from '../world.ts';
import type { MessageView, RequestView, Scene, ServerView } from './protocol.ts';

/** The newest messages of a channel that a window is given when it opens. */
const MOST_MESSAGES = 200;

/** Who and what there is for a person. */
export function viewScene(playground: Playground, userId: string): Scene {
  const { world, botId } = playground;
  const servers = [...world.guilds.values()].filter((guild) => guild.members.has(userId));
  const known = new Set([botId, userId, ...servers.flatMap((guild) => [...guild.members.keys()])]);
  return {
    me: userId,
    botId,
    people: [...known].flatMap((id) => {
      const user = world.users.get(id);
      return user ? [{ id, name: user.globalName ?? user.name, bot: user.bot, locale: user.locale }] : [];
    }),
    servers: servers.map((guild) => viewServer(playground, guild, userId)),
    directId: playground.openDm(userId).id,
  };
}

function viewServer({ world, botId }: Playground, guild: Guild, userId: string): ServerView {
  const channels = [...guild.channelIds].flatMap((id) => {
    const channel = world.channels.get(id)!;
    const may = channelPermissions(world, channel, userId, botId);
    return may === 0n ? [] : [{ id, name: channel.name, mayWrite: (may & Permission.SendMessages) !== 0n }];
  });
  return {
    id: guild.id,
    name: guild.name,
    channels,
    members: [...guild.members.keys()].map((id) => ({
      id,
      manager: (guildPermissions(guild, id) & Permission.ManageGuild) !== 0n,
      owner: id === guild.ownerId,
    })),
    roles: [...guild.roles.values()]
      .filter((role) => role.id !== guild.id && role.botId === null)
      .map(({ id, name }) => ({ id, name })),
  };
}

/** The channels that a person can see. */
export function visibleChannels({ world, botId }: Playground, userId: string): Channel[] {
  return [...world.channels.values()].filter(
    (channel) => channelPermissions(world, channel, userId, botId) !== 0n,
  );
}

/** All that a person sees in a channel, ephemeral messages among it. */
export function viewMessages(world: World, channel: Channel, userId: string): MessageView[] {
  const own = [...world.ephemerals.values()].filter(
    (message) => message.channelId === channel.id && message.ephemeralFor === userId,
  );
  return [...[...channel.messages.values()].slice(-MOST_MESSAGES), ...own]
    .sort((a, b) => a.timestamp - b.timestamp)
    .map((message) => viewMessage(world, message, userId));
}

/** Whether a message is for a person's eyes at all. */
export function maySee({ world, botId }: Playground, message: Message, userId: string): boolean {
  const channel = world.channels.get(message.channelId);
  if (!channel || channelPermissions(world, channel, userId, botId) === 0n) return false;
  return message.ephemeralFor === null || message.ephemeralFor === userId;
}

export function viewMessage(world: World, message: Message, userId: string): MessageView {
  const interaction = world.interactions.get(message.interactionId ?? '');
  const isV2 = (message.flags & MessageFlag.ComponentsV2) !== 0;
  return {
    id: message.id,
    channelId: message.channelId,
    authorId: message.authorId,
    at: message.timestamp,
    edited: message.editedTimestamp,
    content: message.content,
    components: message.components.map(withPaths),
    // With components of the second version, files show where a component names them, and nowhere else.
    attachments: (isV2 ? [] : message.attachments).map(
      ({ filename, size, contentType, url, description = '' }) => ({
        filename,
        size,
        contentType,
        url: pathOf(url),
        description,
      }),
    ),
    reactions: [...message.reactions].map(([emoji, { users, burstUsers }]) => {
      const by = new Set([...users, ...burstUsers]);
      return {
        emoji,
        count: users.size + burstUsers.size,
        mine: by.has(userId),
        by: [...by].map((id) => world.users.get(id)?.name ?? '?'),
      };
    }),
    ephemeral: message.ephemeralFor !== null,
    loading: (message.flags & MessageFlag.Loading) !== 0,
    command: interaction?.commandName ? { name: interaction.commandName, userId: interaction.userId } : null,
    replyTo: message.referenceId,
  };
}

/** A copy whose files are found on whatever port the page is served. */
function withPaths(component: Component): Component {
  const copy = structuredClone(component);
  const mend = (part: Component): void => {
    for (const media of [part.media, part.file, ...(part.items ?? []).map((item) => item.media)]) {
      if (media) media.url = pathOf(media.url);
    }
    part.components?.forEach(mend);
    if (part.accessory) mend(part.accessory);
  };
  mend(copy);
  return copy;
}

function pathOf(url: Media['url']): string {
  return /^http:\/\/127\.0\.0\.1:\d+(\/.*)$/.exec(url)?.[1] ?? url;
}

/** A request of the bot without what would let one speak for it. */
export function viewRequest({
  n,
  method,
  path,
  query,
  status,
  at,
  body,
  violations,
}: RequestRecord): RequestView {
  const written = body === null ? '' : JSON.stringify(body, null, 2);
  return {
    n,
    method,
    path: `${path}${query}`.replace(/[\w-]{60,}/, '…'),
    status,
    at,
    body: written.length > LONGEST_BODY ? `${written.slice(0, LONGEST_BODY)}\n…` : written,
    violations: [...violations],
  };
}

const LONGEST_BODY = 20_000;

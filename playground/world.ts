/**
 * All that exists on the local Discord, as plain data that tests may read.
 * Times are epoch milliseconds. Wire shapes (snake_case) appear only where Discord's own objects are kept as they came:
 * components, embeds, command definitions.
 */
export interface World {
  readonly guilds: Map<string, Guild>;
  readonly channels: Map<string, Channel>;
  readonly users: Map<string, User>;
  /** Ephemeral messages by id: they belong to an interaction and stand in no channel. */
  readonly ephemerals: Map<string, Message>;
  readonly interactions: Map<string, Interaction>;
  /** Commands by id; a command with a `guildId` exists in that guild only. */
  readonly commands: Map<string, Command>;
  /** Uploaded files by attachment id. */
  readonly files: Map<string, StoredFile>;
}

export interface User {
  readonly id: string;
  name: string;
  globalName: string | null;
  bot: boolean;
  locale: string;
  /** Whether the person has added the application to their own account. */
  installed: boolean;
  /** False when the person does not take messages from servers. */
  acceptsDms: boolean;
}

export interface Guild {
  readonly id: string;
  name: string;
  ownerId: string;
  systemChannelId: string | null;
  locale: string;
  unavailable: boolean;
  /** False for a guild where the bot is not: only user-installed commands work there. */
  botJoined: boolean;
  joinedAt: number;
  readonly roles: Map<string, Role>;
  readonly members: Map<string, Member>;
  readonly channelIds: Set<string>;
  readonly emojis: Map<string, { id: string; name: string }>;
  /** What @everyone may and the bot may not: denied in each new channel, because role permissions can only add. */
  botDenied: bigint;
}

export interface Role {
  readonly id: string;
  name: string;
  permissions: bigint;
  mentionable: boolean;
  position: number;
  /** Id of the bot that the role belongs to. */
  botId: string | null;
}

export interface Member {
  readonly userId: string;
  nick: string | null;
  roles: string[];
  readonly joinedAt: number;
}

export interface Channel {
  readonly id: string;
  /** 0 text, 1 direct message. */
  readonly type: 0 | 1;
  readonly guildId: string | null;
  /** The person on the other side of a direct message. */
  readonly recipientId: string | null;
  name: string;
  position: number;
  overwrites: Overwrite[];
  /** Oldest first. */
  readonly messages: Map<string, Message>;
}

export interface Overwrite {
  readonly id: string;
  /** 0 role, 1 member. */
  readonly type: 0 | 1;
  allow: bigint;
  deny: bigint;
}

export interface Message {
  readonly id: string;
  readonly channelId: string;
  readonly guildId: string | null;
  readonly authorId: string;
  /** 0 default, 19 reply, 20 answer to a slash command. */
  type: number;
  content: string;
  components: Component[];
  embeds: Embed[];
  attachments: Attachment[];
  flags: number;
  readonly nonce: string | number | null;
  readonly timestamp: number;
  editedTimestamp: number | null;
  mentions: Mentions;
  /** By emoji: the character itself, or `name:id` for a custom one. */
  readonly reactions: Map<string, Reaction>;
  readonly referenceId: string | null;
  readonly interactionId: string | null;
  /** The only person who sees the message, if it is ephemeral. */
  readonly ephemeralFor: string | null;
  deleted: boolean;
}

export interface Mentions {
  users: string[];
  roles: string[];
  everyone: boolean;
}

export interface Reaction {
  readonly emoji: { id: string | null; name: string };
  readonly users: Set<string>;
  readonly burstUsers: Set<string>;
}

export interface Attachment {
  readonly id: string;
  filename: string;
  description?: string;
  size: number;
  contentType: string;
  url: string;
}

export interface StoredFile {
  readonly filename: string;
  readonly contentType: string;
  readonly data: Buffer;
}

/** A message component or a modal's, as on the wire; which fields exist depends on `type`. */
export interface Component {
  type: number;
  id?: number;
  custom_id?: string;
  components?: Component[];
  component?: Component;
  accessory?: Component;
  content?: string;
  label?: string;
  description?: string;
  style?: number;
  disabled?: boolean;
  required?: boolean;
  url?: string;
  options?: SelectOption[];
  min_values?: number;
  max_values?: number;
  min_length?: number;
  max_length?: number;
  placeholder?: string;
  value?: string;
  emoji?: { id?: string; name?: string };
  media?: Media;
  file?: Media;
  items?: { media: Media; description?: string | null; spoiler?: boolean }[];
  accent_color?: number | null;
  [other: string]: unknown;
}

export interface Media {
  url: string;
  [other: string]: unknown;
}

export interface SelectOption {
  label: string;
  value: string;
  description?: string;
  default?: boolean;
}

export type Embed = Record<string, unknown>;

export interface Command {
  readonly id: string;
  readonly guildId: string | null;
  /** Changes with each edit. */
  version: string;
  /** As Discord would answer it. */
  definition: CommandDefinition;
}

export interface CommandDefinition {
  type: number;
  name: string;
  name_localizations: Record<string, string> | null;
  description: string;
  description_localizations: Record<string, string> | null;
  options: CommandOption[];
  default_member_permissions: string | null;
  nsfw: boolean;
  /** Global commands only. */
  contexts?: number[] | null;
  integration_types?: number[];
}

export interface CommandOption {
  type: number;
  name: string;
  name_localizations?: Record<string, string> | null;
  description: string;
  description_localizations?: Record<string, string> | null;
  required?: boolean;
  autocomplete?: boolean;
  choices?: { name: string; value: string | number; name_localizations?: Record<string, string> | null }[];
  options?: CommandOption[];
  min_value?: number;
  max_value?: number;
  min_length?: number;
  max_length?: number;
  channel_types?: number[];
}

export interface Modal {
  readonly customId: string;
  readonly title: string;
  readonly components: Component[];
  /** Who sees it, and the interaction that it answered. */
  readonly userId: string;
  readonly interactionId: string;
}

export interface Choice {
  name: string;
  value: string | number;
}

/** What the bot has said first to an interaction. */
export type Acknowledgement = 'reply' | 'deferral' | 'update' | 'deferred-update' | 'modal' | 'autocomplete';

export interface Interaction {
  readonly id: string;
  readonly token: string;
  /** 2 command, 3 component, 4 autocomplete, 5 modal. */
  readonly type: 2 | 3 | 4 | 5;
  readonly userId: string;
  readonly channelId: string;
  readonly guildId: string | null;
  readonly createdAt: number;
  /** The message that the pressed component (or the modal's button) stands on. */
  readonly sourceMessageId: string | null;
  readonly commandName: string | null;
  /** The interaction whose modal this one submits. */
  readonly originId: string | null;
  acknowledged: Acknowledgement | null;
  /** Nobody answered within three seconds: no answer is taken any more. */
  expired: boolean;
  ephemeral: boolean;
  /** What `@original` stands for; missing before a deferral is answered. */
  originalId: string | null;
  /** A deferral that still shows "is thinking". */
  loading: boolean;
}

export function createWorld(): World {
  return {
    guilds: new Map(),
    channels: new Map(),
    users: new Map(),
    ephemerals: new Map(),
    interactions: new Map(),
    commands: new Map(),
    files: new Map(),
  };
}

/** The message, ephemeral ones included, that a person or a token may act on. */
export function findMessage(world: World, channelId: string, messageId: string): Message | undefined {
  return world.channels.get(channelId)?.messages.get(messageId) ?? world.ephemerals.get(messageId);
}

import type { Component } from '../world.ts';

/** What the server tells the page, as JSON over one WebSocket a window. */
export type News =
  | { readonly kind: 'scene'; readonly scene: Scene }
  /** All messages of a channel that the person can see, the oldest first. */
  | { readonly kind: 'messages'; readonly channelId: string; readonly messages: readonly MessageView[] }
  /** A new message, or one as it is now. */
  | { readonly kind: 'message'; readonly message: MessageView }
  | { readonly kind: 'gone'; readonly channelId: string; readonly messageId: string }
  | { readonly kind: 'house'; readonly house: HouseView }
  | { readonly kind: 'requests'; readonly requests: readonly RequestView[] }
  | { readonly kind: 'preview'; readonly preview: PreviewView };

/** Who and what there is, as one person sees it. */
export interface Scene {
  readonly me: string;
  readonly botId: string;
  readonly people: readonly PersonView[];
  readonly servers: readonly ServerView[];
  /** The direct messages between the person and the bot. */
  readonly directId: string;
}

export interface PersonView {
  readonly id: string;
  readonly name: string;
  readonly bot: boolean;
  readonly locale: string;
}

export interface ServerView {
  readonly id: string;
  readonly name: string;
  readonly channels: readonly { readonly id: string; readonly name: string; readonly mayWrite: boolean }[];
  readonly members: readonly MemberView[];
  readonly roles: readonly { readonly id: string; readonly name: string }[];
}

export interface MemberView {
  readonly id: string;
  /** Whether the member may manage the server. */
  readonly manager: boolean;
  readonly owner: boolean;
}

export interface MessageView {
  readonly id: string;
  readonly channelId: string;
  readonly authorId: string;
  /** Epoch milliseconds, by the playground's clock. */
  readonly at: number;
  readonly edited: number | null;
  readonly content: string;
  readonly components: readonly Component[];
  readonly attachments: readonly AttachmentView[];
  readonly reactions: readonly ReactionView[];
  /** Only this person sees it. */
  readonly ephemeral: boolean;
  /** The bot "is thinking". */
  readonly loading: boolean;
  /** The slash command that it answers. */
  readonly command: { readonly name: string; readonly userId: string } | null;
  readonly replyTo: string | null;
}

export interface AttachmentView {
  readonly filename: string;
  readonly size: number;
  readonly contentType: string;
  /** A path on the playground. */
  readonly url: string;
  readonly description: string;
}

export interface ReactionView {
  /** The character, or `name:id`. */
  readonly emoji: string;
  readonly count: number;
  readonly mine: boolean;
  readonly by: readonly string[];
}

/** The bot's process and the clock. */
export interface HouseView {
  readonly bot: BotState;
  /** Of the bot's process, while there is one. */
  readonly pid: number | null;
  /** The last thing of note that the bot has written. */
  readonly lastWords: string;
  /** Milliseconds by which the clock is ahead of the real time. */
  readonly clock: number;
  /** When the next scheduled question is due, epoch milliseconds. */
  readonly nextQuestion: number | null;
  readonly storeLocked: boolean;
  readonly openapi: 'present' | 'absent';
  readonly violations: number;
}

export type BotState = 'starting' | 'ready' | 'down' | 'stopped';

export interface RequestView {
  readonly n: number;
  readonly method: string;
  /** Without the tokens of interactions. */
  readonly path: string;
  /** 0 while under way, or cut. */
  readonly status: number;
  readonly at: number;
  readonly body: string;
  readonly violations: readonly string[];
}

/** A question file as its author sees it. */
export interface PreviewView {
  readonly file: string;
  readonly findings: readonly FindingView[];
  readonly items: readonly ItemView[];
}

export interface FindingView {
  readonly severity: 'error' | 'warning';
  readonly line: number;
  readonly item: string;
  readonly field: string;
  readonly message: string;
}

export interface ItemView {
  readonly id: string;
  readonly line: number;
  /** The cards in each language: as posted, and the solution. */
  readonly cards: Readonly<Record<'en' | 'zh', readonly (readonly Component[])[]>>;
}

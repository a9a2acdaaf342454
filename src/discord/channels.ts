import {
  type APIMessage,
  type APIReaction,
  type APIUser,
  ButtonStyle,
  type Client,
  MessageFlags,
  PermissionFlagsBits,
  type REST,
  Routes,
} from 'discord.js';
import type { Banks } from '../bank/banks.ts';
import { CardRefused, ChannelRefused, type Channels, type Grader, MessageGone } from '../daily/channels.ts';
import type { Post } from '../daily/post.ts';
import type { Schedule } from '../daily/schedule.ts';
import { GRADES, type Grade, gradeOfEmoji, heldBit, NOTHING_HELD } from '../progress/grade.ts';
import type { SettingsService } from '../settings/service.ts';
import { type Announce, announcementId } from './announce.ts';
import { button, colors, container, row, text } from './cards/parts.ts';
import { closedCard, openCard } from './cards/post-card.ts';
import { displayName } from './names.ts';
import { isMalformed, isMessageGone, refusalOf } from './refusal.ts';
import { wordsOf } from './words/of.ts';

/** The daily room's view of Discord, over discord.js. */
export function createChannels(
  client: Client,
  announce: Announce,
  banks: Banks,
  settings: SettingsService,
): Channels {
  const { rest } = client;

  function knows(guildId: string): boolean {
    return client.guilds.cache.get(guildId)?.available === true;
  }

  /** A channel that is not cached is left to Discord to refuse. */
  function mayLookBack(guildId: string, channelId: string): boolean {
    const guild = client.guilds.cache.get(guildId);
    const channel = guild?.channels.cache.get(channelId);
    if (!channel || !guild?.members.me) return true;
    const permissions = channel.permissionsFor(guild.members.me);
    return !permissions.has(VIEW) || permissions.has(PermissionFlagsBits.ReadMessageHistory);
  }

  async function ask(post: Post, signal: AbortSignal): Promise<string> {
    const { item, topic } = await contentOf(post);
    if (!item) throw new Error(`post ${post.key} asks ${post.questionId}, which the bank lacks`);
    return refusing(announce(post.key, post.channelId, openCard(post, item, topic), signal));
  }

  async function react(post: Post, grade: Grade, signal: AbortSignal): Promise<void> {
    await refusing(
      rest.put(Routes.channelMessageOwnReaction(post.channelId, messageOf(post), emojiPath(grade)), {
        signal,
      }),
    );
  }

  async function readReactions(post: Post, recorded: number, signal: AbortSignal) {
    const messageId = messageOf(post);
    const message = (await refusing(
      rest.get(Routes.channelMessage(post.channelId, messageId), { signal }),
    )) as APIMessage;
    const graders = new Map<string, Grader>();
    let cleared = false;
    for (const { grade } of GRADES) {
      const shown = message.reactions?.find(({ emoji }) => gradeOfEmoji(emoji.name ?? '') === grade);
      if (post.reacted && !shown?.me) cleared = true;
      for (const burst of [false, true]) {
        const bit = heldBit(grade, burst);
        // What Discord counts as empty is not read, unless the store holds some of it that would be withdrawn.
        if (countOf(shown, burst) === 0 && (recorded & bit) === 0) continue;
        for (const user of await readUsers(rest, post, grade, burst, signal)) {
          if (user.bot) continue;
          const held = (graders.get(user.id)?.held ?? NOTHING_HELD) | bit;
          graders.set(user.id, { held, name: displayName(user) });
        }
      }
    }
    return { graders, cleared };
  }

  async function showClosed(post: Post, signal: AbortSignal): Promise<void> {
    const { item, topic } = await contentOf(post);
    const body = closedCard(post, item, topic);
    await refusing(rest.patch(Routes.channelMessage(post.channelId, messageOf(post)), { body, signal }));
  }

  async function tellSuspended(schedule: Schedule, signal: AbortSignal): Promise<void> {
    const channelId = client.guilds.cache.get(schedule.guildId)?.systemChannelId;
    if (!channelId || !schedule.suspended) return;
    const { language } = await settings.guild(schedule.guildId);
    const words = wordsOf(language);
    const key = `${schedule.id}-${schedule.suspended.at}`;
    await announce(
      key,
      channelId,
      {
        flags: MessageFlags.IsComponentsV2,
        components: [
          container(
            colors.wrong,
            text(
              `${words.daily.suspendedNotice(`<#${schedule.channelId}>`)}\n${words.daily.suspended[schedule.suspended.reason]}`,
            ),
            row(
              button(announcementId('dailies', key), words.daily.listTitle, { style: ButtonStyle.Secondary }),
            ),
          ),
        ],
        allowed_mentions: { parse: [] },
      },
      signal,
    );
  }

  async function contentOf(post: Post) {
    const item = await banks.find(post.questionId);
    const { bank } = await banks.of(post.guildId);
    // A server's own topic goes with its last question.
    const topic = bank.topics.get(post.topic) ?? { slug: post.topic, en: post.topic, zh: post.topic };
    return { item, topic };
  }

  return { knows, mayLookBack, ask, react, readReactions, showClosed, tellSuspended };
}

/** All who reacted, page by page; one page that fails fails the reading. */
async function readUsers(
  rest: REST,
  post: Post,
  grade: Grade,
  burst: boolean,
  signal: AbortSignal,
): Promise<APIUser[]> {
  const users: APIUser[] = [];
  for (;;) {
    const query = new URLSearchParams({ limit: String(PAGE), type: burst ? '1' : '0' });
    const last = users.at(-1);
    if (last) query.set('after', last.id);
    const page = (await refusing(
      rest.get(Routes.channelMessageReaction(post.channelId, messageOf(post), emojiPath(grade)), {
        query,
        signal,
      }),
    )) as APIUser[];
    users.push(...page);
    if (page.length < PAGE) return users;
  }
}

/** Says in the daily room's words that a message or a channel is gone, or a card malformed. */
async function refusing<T>(request: Promise<T>): Promise<T> {
  try {
    return await request;
  } catch (error) {
    if (isMessageGone(error)) throw new MessageGone('the message was deleted', { cause: error });
    if (isMalformed(error)) throw new CardRefused('Discord takes the card for malformed', { cause: error });
    const reason = refusalOf(error);
    throw reason ? new ChannelRefused(reason, { cause: error }) : error;
  }
}

function countOf(reaction: APIReaction | undefined, burst: boolean): number {
  if (!reaction) return 0;
  return burst ? reaction.count_details.burst : reaction.count_details.normal - (reaction.me ? 1 : 0);
}

function messageOf(post: Post): string {
  if (!post.messageId) throw new Error(`post ${post.key} has no message yet`);
  return post.messageId;
}

function emojiPath(grade: Grade): string {
  return encodeURIComponent(GRADES[grade - 1]!.emoji);
}

const VIEW = PermissionFlagsBits.ViewChannel;

/** The most that Discord returns. */
const PAGE = 100;

import { type Client, Events, GatewayDispatchEvents } from 'discord.js';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { GradingService } from '../daily/grading.ts';
import { gradeOfEmoji } from '../progress/grade.ts';
import { displayName } from './names.ts';

const emoji = z.object({ id: z.string().nullish(), name: z.string().nullish() });

const userSchema = z.object({
  username: z.string(),
  global_name: z.string().nullish(),
  bot: z.boolean().optional(),
});

/** What we need of Discord's events, which are taken raw: the reactions are on messages that no cache holds. */
const reactionSchema = z.object({
  user_id: z.string(),
  message_id: z.string(),
  emoji,
  burst: z.boolean().optional(),
  member: z.object({ nick: z.string().nullish(), user: userSchema }).optional(),
});

const clearedSchema = z.object({ message_id: z.string(), emoji: emoji.optional() });

/** Hands the grade reactions of people to `grading`, and cleared ones; everything else is not for us. */
export function takeReactions(client: Client, grading: GradingService, log: Logger): void {
  client.on(Events.Raw, (packet: { t?: unknown; d?: unknown }) => {
    switch (packet.t) {
      case GatewayDispatchEvents.MessageReactionAdd:
      case GatewayDispatchEvents.MessageReactionRemove:
        return onReaction(packet.d, packet.t === GatewayDispatchEvents.MessageReactionAdd);
      case GatewayDispatchEvents.MessageReactionRemoveAll:
      case GatewayDispatchEvents.MessageReactionRemoveEmoji:
        return onCleared(packet.d);
    }
  });

  function onReaction(data: unknown, added: boolean): void {
    const parsed = reactionSchema.safeParse(data);
    if (!parsed.success) {
      malformed(parsed.error);
      return;
    }
    const { user_id: userId, message_id: messageId, emoji, burst, member } = parsed.data;
    if (userId === client.user?.id || member?.user.bot) return;
    const grade = emoji.id ? undefined : gradeOfEmoji(emoji.name ?? '');
    if (!grade) return;
    const name = member && (member.nick || displayName(member.user));
    void grading.onReaction({ messageId, userId, grade, burst: burst ?? false, added, name });
  }

  function onCleared(data: unknown): void {
    const parsed = clearedSchema.safeParse(data);
    if (!parsed.success) {
      malformed(parsed.error);
      return;
    }
    const { message_id: messageId, emoji } = parsed.data;
    if (emoji && (emoji.id || !gradeOfEmoji(emoji.name ?? ''))) return;
    void grading.onCleared(messageId);
  }

  function malformed(error: z.ZodError): void {
    log.warn({ err: error }, 'a malformed reaction event was left out');
  }
}

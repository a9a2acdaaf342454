import { type Client, Routes, Status } from 'discord.js';
import type { Banks } from '../bank/banks.ts';
import type { MarkableItem } from '../bank/mark.ts';
import { ChannelRefused } from '../daily/channels.ts';
import type { Quiz } from '../quiz/quiz.ts';
import type { QuizStage } from '../quiz/stage.ts';
import type { Announce } from './announce.ts';
import {
  lobbyCard,
  messageOf,
  podiumCard,
  quizKey,
  quizQuestionCard,
  solutionCard,
} from './cards/quiz-card.ts';
import { isMalformed, isMessageGone, refusalOf } from './refusal.ts';

/** The quiz room's view of Discord, over discord.js. */
export function createQuizStage(client: Client, announce: Announce, banks: Banks): QuizStage {
  const { rest } = client;
  /** What the messages of the quizzes under way were last made to show, by message id. */
  const shown = new Map<string, string>();

  function reaches(guildId: string): boolean {
    const guild = client.guilds.cache.get(guildId);
    return guild?.available === true && client.ws.shards.get(guild.shardId)?.status === Status.Ready;
  }

  async function ask(quiz: Quiz, signal: AbortSignal): Promise<string | undefined> {
    const card = await questionCard(quiz);
    if (!card) return undefined;
    return unlessRefused(announce(quizKey.question(quiz, quiz.n), quiz.channelId, messageOf(card), signal));
  }

  async function reveal(quiz: Quiz, signal: AbortSignal): Promise<string | undefined> {
    const item = await itemOf(quiz);
    if (!item) return undefined;
    const body = messageOf(solutionCard(quiz, item));
    return unlessRefused(announce(quizKey.solution(quiz, quiz.n), quiz.channelId, body, signal));
  }

  async function tell(quiz: Quiz, signal: AbortSignal): Promise<string | undefined> {
    const body = messageOf(podiumCard(quiz));
    return unlessRefused(announce(quizKey.podium(quiz), quiz.channelId, body, signal));
  }

  async function show(quiz: Quiz, signal: AbortSignal): Promise<void> {
    const { lobbyMessageId, messageId, channelId } = quiz;
    if (lobbyMessageId) await edit(channelId, lobbyMessageId, lobbyCard(quiz), signal);
    const card = messageId && (await questionCard(quiz));
    if (card) await edit(channelId, messageId, card, signal);
    if (quiz.phase.name !== 'over') return;
    for (const id of [lobbyMessageId, messageId]) if (id) shown.delete(id);
  }

  async function edit(
    channelId: string,
    messageId: string,
    card: ReturnType<typeof lobbyCard>,
    signal: AbortSignal,
  ): Promise<void> {
    const text = JSON.stringify(card);
    if (shown.get(messageId) === text) return;
    shown.set(messageId, text);
    try {
      await rest.patch(Routes.channelMessage(channelId, messageId), { body: messageOf(card), signal });
    } catch (error) {
      // What was deleted is not missed; the quiz itself goes on.
      if (isMessageGone(error) || refusalOf(error)) return;
      shown.delete(messageId);
      throw error;
    }
  }

  async function questionCard(quiz: Quiz) {
    const { bank } = await banks.of(quiz.guildId);
    const item = await itemOf(quiz);
    return item && quizQuestionCard(quiz, item, bank);
  }

  /** `undefined`: the bank lacks it by now, and the quiz can't go on. */
  async function itemOf({ n, questions }: Quiz): Promise<MarkableItem | undefined> {
    const item = await banks.find(questions[n]!.questionId);
    return item?.type === 'open' ? undefined : item;
  }

  return { reaches, ask, reveal, tell, show };
}

async function unlessRefused(message: Promise<string>): Promise<string | undefined> {
  try {
    return await message;
  } catch (error) {
    if (error instanceof ChannelRefused || isMalformed(error)) return undefined;
    throw error;
  }
}

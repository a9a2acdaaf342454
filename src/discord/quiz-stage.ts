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
import { isMessageGone, refusalOf } from './refusal.ts';

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
    const body = messageOf(await questionCard(quiz));
    return unlessRefused(announce(quizKey.question(quiz, quiz.n), quiz.channelId, body, signal));
  }

  async function reveal(quiz: Quiz, signal: AbortSignal): Promise<string | undefined> {
    const body = messageOf(solutionCard(quiz, await itemOf(quiz)));
    return unlessRefused(announce(quizKey.solution(quiz, quiz.n), quiz.channelId, body, signal));
  }

  async function tell(quiz: Quiz, signal: AbortSignal): Promise<string | undefined> {
    const body = messageOf(podiumCard(quiz));
    return unlessRefused(announce(quizKey.podium(quiz), quiz.channelId, body, signal));
  }

  async function show(quiz: Quiz, signal: AbortSignal): Promise<void> {
    const { lobbyMessageId, messageId, channelId } = quiz;
    if (lobbyMessageId) await edit(channelId, lobbyMessageId, lobbyCard(quiz), signal);
    if (messageId) await edit(channelId, messageId, await questionCard(quiz), signal);
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
    return quizQuestionCard(quiz, await itemOf(quiz), bank);
  }

  async function itemOf({ id, n, questions }: Quiz): Promise<MarkableItem> {
    const { questionId } = questions[n]!;
    const item = await banks.find(questionId);
    if (item && item.type !== 'open') return item;
    throw new Error(`quiz ${id} asks ${questionId}, which the bank lacks`);
  }

  return { reaches, ask, reveal, tell, show };
}

async function unlessRefused(message: Promise<string>): Promise<string | undefined> {
  try {
    return await message;
  } catch (error) {
    if (error instanceof ChannelRefused) return undefined;
    throw error;
  }
}

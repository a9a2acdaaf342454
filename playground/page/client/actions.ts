import type { OptionValue } from '../../people.ts';
import type { Modal } from '../../world.ts';
import type { MessageView } from '../protocol.ts';
import { type Answer, me } from './api.ts';
import { change, state } from './state.ts';

let attempts = 0;

/** Sends a slash command; until the bot answers, and for as long as it has not, the channel shows the attempt. */
export async function runCommand(command: string, options: Record<string, OptionValue>): Promise<void> {
  const { channelId } = state;
  attempts += 1;
  const n = attempts;
  change(() => state.attempts.push({ n, channelId, command, error: undefined }));
  const answer = await me.slash(channelId, command, options).catch((error: Error) => {
    change(() => {
      for (const each of state.attempts) if (each.n === n) each.error = error.message;
    });
  });
  if (!answer) return;
  change(() => {
    state.attempts = state.attempts.filter((each) => each.n !== n);
  });
  openModal(answer, channelId);
}

export function dismissAttempt(n: number): void {
  change(() => {
    state.attempts = state.attempts.filter((each) => each.n !== n);
  });
}

/** Presses a button. */
export function press(message: MessageView, customId: string): Promise<void> {
  return interact(message, customId, () => me.press(message, customId));
}

export function select(message: MessageView, customId: string, values: readonly string[]): Promise<void> {
  return interact(message, customId, () => me.select(message, customId, values));
}

async function interact(message: MessageView, customId: string, send: () => Promise<Answer>): Promise<void> {
  const key = `${message.id}:${customId}`;
  if (state.pressed.has(key)) return;
  change(() => {
    state.pressed.add(key);
    state.failed.delete(message.id);
  });
  try {
    openModal(await send(), message.channelId);
  } catch (error) {
    change(() => state.failed.set(message.id, (error as Error).message));
  } finally {
    change(() => state.pressed.delete(key));
  }
}

function openModal({ modal }: Answer, channelId: string): void {
  if (modal) change(() => (state.modal = { shown: modal, channelId, error: '' }));
}

export async function submitModal(shown: Modal, values: Record<string, string | string[]>): Promise<void> {
  try {
    const answer = await me.submitModal(shown, values);
    change(() => (state.modal = undefined));
    openModal(answer, state.channelId);
  } catch (error) {
    change(() => {
      if (state.modal) state.modal = { ...state.modal, error: (error as Error).message };
    });
  }
}

/** Adds the person's reaction, or takes it away. */
export function react(message: MessageView, emoji: string): void {
  const mine = message.reactions.find((each) => each.emoji === emoji)?.mine ?? false;
  void me.react(message, emoji, !mine).catch((error: Error) => {
    change(() => state.failed.set(message.id, error.message));
  });
}

import type { OptionValue } from '../../people.ts';
import type { Choice, Command, Modal } from '../../world.ts';
import type { MessageView } from '../protocol.ts';
import { state } from './state.ts';

/** What the bot first said to an interaction; messages come by the socket. */
export interface Answer {
  readonly type: string;
  readonly modal?: Modal;
}

/** What the person of this window does. Each call rejects, in words, with what Discord would not allow. */
export const me = {
  commands: (channelId: string) => act<Command[]>('commands', channelId),
  slash: (channelId: string, command: string, options: Record<string, OptionValue>) =>
    act<Answer>('slash', channelId, command, options),
  autocomplete: (channelId: string, command: string, options: Record<string, OptionValue>, focused: string) =>
    act<Choice[]>('autocomplete', channelId, command, options, focused),
  press: ({ id, channelId }: MessageView, customId: string) =>
    act<Answer>('press', { id, channelId }, customId),
  select: ({ id, channelId }: MessageView, customId: string, values: readonly string[]) =>
    act<Answer>('select', { id, channelId }, customId, values),
  submitModal: (modal: Modal, values: Record<string, string | string[]>) =>
    act<Answer>('submitModal', modal, values),
  react: (message: MessageView, emoji: string, on: boolean) =>
    act<void>(on ? 'react' : 'unreact', message.channelId, message.id, emoji),
  post: (channelId: string, text: string) => act<void>('post', channelId, text),
};

function act<T>(method: string, ...args: readonly unknown[]): Promise<T> {
  return call<T>(`as/${state.me}/${method}`, ...args);
}

/** Calls a method of the playground's control surface. */
export async function call<T = void>(path: string, ...args: readonly unknown[]): Promise<T> {
  const response = await fetch(`/control/${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(args),
  });
  const body = (await response.json()) as T & { error?: string };
  if (!response.ok) throw new Error(body.error ?? response.statusText);
  return body;
}

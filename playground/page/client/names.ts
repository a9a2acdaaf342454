import type { PersonView, ServerView } from '../protocol.ts';
import { state } from './state.ts';

export function personOf(id: string): PersonView | undefined {
  return state.scene?.people.find((person) => person.id === id);
}

export function nameOf(id: string): string {
  return personOf(id)?.name ?? 'unknown';
}

/** The server that the window looks at; undefined in direct messages. */
export function serverHere(): ServerView | undefined {
  return state.scene?.servers.find(({ channels }) => channels.some(({ id }) => id === state.channelId));
}

export function roleName(id: string): string {
  const roles = state.scene?.servers.flatMap((server) => server.roles) ?? [];
  return roles.find((role) => role.id === id)?.name ?? 'unknown';
}

/** `#daily`, or who the direct messages are with. */
export function channelLabel(channelId = state.channelId): string {
  const channels = state.scene?.servers.flatMap((server) => server.channels) ?? [];
  const channel = channels.find(({ id }) => id === channelId);
  return channel ? `#${channel.name}` : `@${nameOf(state.scene?.botId ?? '')}`;
}

/** Whether the person of the window may manage the server that it looks at. */
export function mayManage(): boolean {
  return serverHere()?.members.find(({ id }) => id === state.me)?.manager ?? false;
}

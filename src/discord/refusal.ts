import { DiscordAPIError, RESTJSONErrorCodes } from 'discord.js';
import type { SuspensionReason } from '../daily/schedule.ts';

/** Why Discord refuses a channel for good; `undefined` for every other failure. */
export function refusalOf(error: unknown): SuspensionReason | undefined {
  return error instanceof DiscordAPIError ? refusals[error.code] : undefined;
}

/** Whether a person can't be written to: nothing was sent, and nothing will be. */
export function isPersonClosed(error: unknown): boolean {
  return error instanceof DiscordAPIError && PERSON_CLOSED.has(error.code);
}

/** Whether a message is malformed: nothing was sent, and it won't be taken the next time either. */
export function isMalformed(error: unknown): boolean {
  return error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.InvalidFormBodyOrContentType;
}

export function isMessageGone(error: unknown): boolean {
  return error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.UnknownMessage;
}

const refusals: Readonly<Record<string | number, SuspensionReason>> = {
  [RESTJSONErrorCodes.UnknownChannel]: 'unknown-channel',
  [RESTJSONErrorCodes.MissingAccess]: 'missing-access',
  [RESTJSONErrorCodes.MissingPermissions]: 'missing-permissions',
};

const PERSON_CLOSED = new Set<string | number>([
  RESTJSONErrorCodes.UnknownUser,
  RESTJSONErrorCodes.CannotSendMessagesToThisUser,
  // No server in common; discord-api-types has no name for it.
  50278,
]);

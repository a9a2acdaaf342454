/** An error as Discord answers it: HTTP status, JSON code, message and, for a bad form, the tree of what is wrong where. */
export class DiscordError extends Error {
  readonly status: number;
  readonly code: number;
  readonly errors: object | undefined;

  constructor(status: number, code: number, message: string, errors?: object) {
    super(message);
    this.status = status;
    this.code = code;
    this.errors = errors;
  }
}

export const unauthorized = () => new DiscordError(401, 0, '401: Unauthorized');
export const unknownChannel = () => new DiscordError(404, 10003, 'Unknown Channel');
export const unknownGuild = () => new DiscordError(404, 10004, 'Unknown Guild');
export const unknownMember = () => new DiscordError(404, 10007, 'Unknown Member');
export const unknownMessage = () => new DiscordError(404, 10008, 'Unknown Message');
export const unknownRole = () => new DiscordError(404, 10011, 'Unknown Role');
export const unknownUser = () => new DiscordError(404, 10013, 'Unknown User');
export const unknownEmoji = () => new DiscordError(400, 10014, 'Unknown Emoji');
export const unknownWebhook = () => new DiscordError(404, 10015, 'Unknown Webhook');
export const unknownInteraction = () => new DiscordError(404, 10062, 'Unknown interaction');
export const unknownCommand = () => new DiscordError(404, 10063, 'Unknown application command');
export const tooManyReactions = () =>
  new DiscordError(400, 30010, 'Maximum number of reactions reached (20)');
export const alreadyAcknowledged = () =>
  new DiscordError(400, 40060, 'Interaction has already been acknowledged.');
export const missingAccess = () => new DiscordError(403, 50001, 'Missing Access');
export const notTheAuthor = () =>
  new DiscordError(403, 50005, 'Cannot edit a message authored by another user');
export const emptyMessage = () => new DiscordError(400, 50006, 'Cannot send an empty message');
export const cannotMessageUser = () => new DiscordError(403, 50007, 'Cannot send messages to this user');
export const missingPermissions = () => new DiscordError(403, 50013, 'Missing Permissions');
export const invalidWebhookToken = () => new DiscordError(401, 50027, 'Invalid Webhook Token');
export const badJson = () => new DiscordError(400, 50109, 'The request body contains invalid JSON.');

/** A path into the request body. */
export type Path = readonly (string | number)[];

/** Collects what is wrong with a form, and throws it all at once as Discord does (50035). */
export interface FormErrors {
  add(path: Path, code: string, message: string): void;
  throwIfAny(): void;
}

interface ErrorNode {
  _errors?: { code: string; message: string }[];
  [key: string]: ErrorNode | { code: string; message: string }[] | undefined;
}

export function createFormErrors(): FormErrors {
  const tree: ErrorNode = {};
  return {
    add(path, code, message) {
      let node = tree;
      for (const key of path) {
        node[key] ??= {};
        node = node[key] as ErrorNode;
      }
      node._errors ??= [];
      node._errors.push({ code, message });
    },
    throwIfAny() {
      if (Object.keys(tree).length > 0) throw new DiscordError(400, 50035, 'Invalid Form Body', tree);
    },
  };
}

/** A form with a single thing wrong. */
export function invalidForm(path: Path, code: string, message: string): DiscordError {
  const errors = createFormErrors();
  errors.add(path, code, message);
  try {
    errors.throwIfAny();
  } catch (error) {
    return error as DiscordError;
  }
  throw new Error('unreachable');
}

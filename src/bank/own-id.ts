import type { WrittenItem } from './schema.ts';

/**
 * The id of a server's own question: `own.<server>.<its author's id>.<its form>`. The form (type and options) is part of it,
 * so that whoever was asked a question under an id finds the same buttons to it for ever: a question that gets
 * another form is another one.
 */
export function ownId(guildId: string, item: WrittenItem): string {
  return `own.${guildId}.${slotOf(item)}`;
}

/** A server's question within the server: its author's id and its form. */
export function slotOf(item: WrittenItem): string {
  return `${item.id}.${formOf(item)}`;
}

/** The server to which a question belongs; `undefined` for one of the shared bank. */
export function guildOfId(questionId: string): string | undefined {
  return /^own\.(\d+)\./.exec(questionId)?.[1];
}

/** The id as its author wrote it: the one that people read. */
export function shownId(questionId: string): string {
  return /^own\.\d+\.([^.]+)\./.exec(questionId)?.[1] ?? questionId;
}

function formOf(item: WrittenItem): string {
  switch (item.type) {
    case 'single':
    case 'multiple':
    case 'order':
      return item.type[0] + Object.keys(item.en.options).sort().join('');
    case 'open':
      return `q${item.rubric.length}`;
    case 'short':
      return 't';
    default:
      return item.type[0]!;
  }
}

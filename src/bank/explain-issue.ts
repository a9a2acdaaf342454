import type { z } from 'zod';
import { itemTypes } from './schema.ts';
import type { Path } from './source.ts';

/** Says in an author's words what zod found; needs issues that report their input. */
export function explainIssue(issue: z.core.$ZodIssue): { path: Path; message: string }[] {
  const path = issue.path as (string | number)[];
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ path: [...path, key], message: explainUnknown(key) }));
  return [{ path, message: explainOne(issue) }];
}

const explainUnknown = (key: string) =>
  key.includes(' ') ? 'is no field: a text with a comma inside {…} needs quotes' : 'is no field here';

const kinds: Record<string, string> = { object: 'a map', record: 'a map', array: 'a list', string: 'text' };

function explainOne(issue: z.core.$ZodIssue): string {
  const { input } = issue;
  if (issue.code === 'invalid_union' && issue.path.at(-1) === 'type')
    return `must be one of ${itemTypes.join(', ')}`;
  if (issue.code === 'invalid_key') return issue.issues[0]?.message ?? issue.message;
  if (input === undefined) return 'is missing';
  if (input === null) return 'is empty';
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected === 'string' && (typeof input === 'number' || typeof input === 'boolean')
        ? `must be text: put ${input} in quotes`
        : `must be ${kinds[issue.expected] ?? `a ${issue.expected}`}`;
    case 'invalid_value':
      return `must be ${issue.values.map(String).join(' or ')}`;
    case 'too_big':
      return typeof input === 'string'
        ? `has ${input.trim().length} characters; ${issue.maximum} at most`
        : `must ${Array.isArray(input) ? 'have' : 'be'} at most ${issue.maximum}`;
    case 'too_small':
      return typeof input === 'string'
        ? 'is empty'
        : `must ${Array.isArray(input) ? 'have' : 'be'} at least ${issue.minimum}`;
    default:
      return issue.message;
  }
}

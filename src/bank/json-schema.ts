import { z } from 'zod';
import { itemSchema } from './schema.ts';

/** The schema of a question file as editors read it (JSON Schema draft 7), with a newline at its end. */
export function fileJsonSchema(): string {
  const schema = z.toJSONSchema(z.array(itemSchema), { target: 'draft-7', io: 'input' });
  return `${JSON.stringify({ title: 'A file of questions', ...schema }, null, 2)}\n`;
}

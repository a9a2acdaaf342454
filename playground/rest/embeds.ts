import { LIMIT } from '../limits.ts';
import { asList, type Form, type FormReader, isForm } from './form.ts';

/** Checks the embeds of a message, each by itself and all texts together. */
export function checkEmbeds(reader: FormReader, value: unknown): void {
  const embeds = asList(value);
  reader.list(embeds, ['embeds'], 0, LIMIT.embeds);
  let total = 0;
  for (const [i, raw] of embeds.entries()) {
    const embed = isForm(raw) ? raw : {};
    const text = (form: Form, key: string, path: (string | number)[], max: number, needed = false) => {
      reader.text(form[key], ['embeds', i, ...path], needed ? 1 : 0, max, needed);
      total += typeof form[key] === 'string' ? form[key].length : 0;
    };
    text(embed, 'title', ['title'], LIMIT.embedTitle);
    text(embed, 'description', ['description'], LIMIT.embedDescription);
    if (isForm(embed.footer)) text(embed.footer, 'text', ['footer', 'text'], LIMIT.embedFooter, true);
    if (isForm(embed.author)) text(embed.author, 'name', ['author', 'name'], LIMIT.embedAuthor, true);
    reader.list(embed.fields, ['embeds', i, 'fields'], 0, LIMIT.embedFields);
    for (const [j, field] of asList(embed.fields).entries()) {
      const form = isForm(field) ? field : {};
      text(form, 'name', ['fields', j, 'name'], LIMIT.embedFieldName, true);
      text(form, 'value', ['fields', j, 'value'], LIMIT.embedFieldValue, true);
    }
  }
  if (total > LIMIT.embedTotal) {
    reader.errors.add(
      ['embeds'],
      'MAX_EMBED_SIZE_EXCEEDED',
      `Embed size exceeds maximum size of ${LIMIT.embedTotal}`,
    );
  }
}

import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { parseDocument } from 'yaml';
import { readDraft } from './load.ts';
import { type Answer, markAnswer } from './mark.ts';
import { type Item, type Language, languages } from './schema.ts';

/**
 * Blind solving: a reader who has not seen the bank answers its questions without key, reasons or explanation.
 *
 * `node src/bank/blind-cli.ts show <language> <topic>…` prints the questions to answer;
 * `node src/bank/blind-cli.ts compare <answers.yaml>…` compares answers (`id: answer`, or `id: {answer, note}`) with the keys.
 */
async function main(): Promise<void> {
  const { positionals } = parseArgs({ allowPositionals: true });
  const [verb, ...rest] = positionals;
  const items = (await readDraft('questions')).entries.map(({ item }) => item);
  if (verb === 'show' && languages.includes(rest[0] as Language)) {
    process.stdout.write(show(items, rest[0] as Language, rest.slice(1)));
  } else if (verb === 'compare' && rest.length > 0) {
    for (const file of rest) process.stdout.write(compare(items, await readFile(file, 'utf8'), file));
  } else {
    process.stderr.write('usage: blind-cli.ts show en|zh TOPIC… | compare ANSWERS.yaml…\n');
    process.exitCode = 1;
  }
}

function show(items: readonly Item[], language: Language, topics: readonly string[]): string {
  const chosen = items.filter(({ topic }) => topics.includes(topic));
  return chosen.map((item) => `${question(item, language)}\n`).join('\n');
}

function question(item: Item, language: Language): string {
  const texts = item[language];
  const filled = (text: string) =>
    text.replace(/\{\{([^{}]+)\}\}/g, (whole, name: string) => item.formulas?.[name] ?? whole);
  const options =
    'options' in texts ? Object.entries(texts.options).map(([id, text]) => `  ${id}. ${filled(text)}`) : [];
  const unit = item.type === 'number' && item.answer.unit ? ` (${item.answer.unit})` : '';
  return [`# ${item.id} · ${item.type}${unit}`, filled(texts.prompt), ...options].join('\n');
}

function compare(items: readonly Item[], text: string, file: string): string {
  const answers: Record<string, unknown> = parseDocument(text).toJS({ maxAliasCount: 0 });
  const tally = new Map<string, { items: number; agreed: number; open: number }>();
  const lines: string[] = [];
  for (const [id, given] of Object.entries(answers)) {
    const item = items.find((each) => each.id === id);
    if (!item) {
      lines.push(`${id}: no such item`);
      continue;
    }
    const { answer, note } =
      typeof given === 'object' && given && 'answer' in given
        ? (given as { answer: unknown; note?: string })
        : { answer: given };
    const topic = tally.get(item.topic) ?? { items: 0, agreed: 0, open: 0 };
    tally.set(item.topic, topic);
    if (item.type === 'open') topic.open++;
    else {
      topic.items++;
      const marking = markAnswer(item, readAnswer(item, answer));
      if (marking.kind === 'marked' && marking.right) topic.agreed++;
      else
        lines.push(
          `${item.topic} ${id}: answered ${JSON.stringify(answer)}, key ${JSON.stringify(item.answer)}`,
        );
    }
    if (note) lines.push(`${item.topic} ${id}: note: ${note}`);
  }
  const totals = [...tally].map(
    ([topic, { items, agreed, open }]) => `${topic}: ${agreed} of ${items} agree, ${open} open`,
  );
  return [`== ${file}`, ...lines, ...totals, ''].join('\n');
}

/** What a reader writes: letters with or without commas, true or false, a number, a few words. */
function readAnswer(item: Item, answer: unknown): Answer {
  if (item.type === 'multiple' || item.type === 'order') {
    return Array.isArray(answer) ? answer.map(String) : (String(answer).match(/[a-f]/g) ?? []);
  }
  return typeof answer === 'boolean' ? answer : String(answer).trim();
}

await main();

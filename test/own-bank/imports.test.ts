import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { askingProblem } from '../../src/discord/cards/question-card.ts';
import { troubleText } from '../../src/discord/words/bank-troubles.ts';
import { emptyCatalogue, takeUpload } from '../../src/own-bank/catalogue.ts';
import { createImports } from '../../src/own-bank/imports.ts';
import { nothing, readUpload } from '../../src/own-bank/read.ts';
import type { Reader } from '../../src/own-bank/reader.ts';
import type { OwnBankService } from '../../src/own-bank/service.ts';
import { fixtureBank, writtenItem } from '../bank/fixtures/items.ts';

const ownBank = {
  find: async () => emptyCatalogue,
  preview: async (_, upload) => takeUpload(emptyCatalogue, upload, 0).effect,
} as Partial<OwnBankService> as OwnBankService;

test('a question that no card could hold in both languages is refused, by its line', async () => {
  const imports = createImports(
    async ({ name, bytes, known }) =>
      readUpload(
        name,
        bytes,
        known,
        () => undefined,
        () => {},
      ),
    ownBank,
    fixtureBank,
    askingProblem,
    () => 0,
  );
  const item = (id: string, sign: string) => {
    const written = { ...writtenItem('multiple'), id, topic: 'attention' };
    for (const language of ['en', 'zh']) {
      written[language].prompt = `${language === 'zh' ? '问' : ''}${sign.repeat(590)}`;
      for (const option of Object.keys(written[language].options))
        written[language].options[option] = option + sign.repeat(145);
    }
    return written;
  };
  const read = (...items: object[]) => {
    const text = stringify(items, { aliasDuplicateObjects: false });
    return imports.read('1', 'k', { name: 'a.yaml', bytes: Buffer.from(text) }, () => {});
  };
  expect(await read(item('letters', 'x'))).toMatchObject({ kind: 'ready' });
  const refused = await read(item('letters', 'x'), item('signs', '_'));
  if (refused.kind !== 'refused') throw new Error('it is taken');
  const [{ message, ...where }] = refused.troubles as [(typeof refused.troubles)[0]];
  expect(where).toEqual({ line: expect.any(Number), item: 'signs', field: '', severity: 'error' });
  expect(where.line).toBeGreaterThan(20);
  expect(message).toMatch(/^takes \d{4} characters of its card/);
  expect(troubleText(message, 'zh')).toMatch(/^在卡片上共占 \d{4} 个字符/);
});

test('files are read one at a time for a server, and only so many wait', async () => {
  const done: (() => void)[] = [];
  const reader: Reader = () => new Promise((resolve) => done.push(() => resolve(nothing([]))));
  const imports = createImports(reader, ownBank, fixtureBank, askingProblem, () => 0);
  const read = (guildId: string) =>
    imports.read(guildId, guildId, { name: 'a.yaml', bytes: Buffer.from('') }, () => {});
  const first = read('1');
  await expect(read('1')).rejects.toMatchObject({ reason: 'server' });
  const others = ['2', '3', '4', '5', '6'].map(read);
  await expect(read('7')).rejects.toMatchObject({ reason: 'queue' });
  await expect.poll(() => done.length).toBe(6);
  for (const finish of done) finish();
  await Promise.all([first, ...others]);
  const again = Promise.all([read('1'), read('7')]);
  await expect.poll(() => done.length).toBe(8);
  for (const finish of done) finish();
  expect((await again).map(({ kind }) => kind)).toEqual(['ready', 'ready']);
}, 20_000);

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { commands } from '../commands/index.ts';
import { loadBank } from '../src/bank/load.ts';
import { createMetrics } from '../src/metrics.ts';

/** What the documents say is held against the project: a name that changes must change there, too. */
const documents = [
  'README.md',
  'README.zh.md',
  'CONTRIBUTING.md',
  'questions/README.md',
  ...readdirSync('docs')
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file}`),
];

/** Where each command of the documents is run, and by which words. */
const RUN: readonly (readonly [command: RegExp, file: string, words: string])[] = [
  [/^npm ci$/, '.ci/run', 'npm ci'],
  [/^npm test$/, '.ci/run', 'npm run check'],
  [/^npm start$/, 'playground/bot-process.ts', "'src/main.ts'"],
  [/^npm run demo( -- --story)?$/, '.ci/run', 'npm run demo -- --story --once'],
  [/^npm run demo -- --bank my\.yaml$/, 'test/page/preview.test.ts', 'openPreview({ file'],
  [/^npm run check$/, '.ci/run', 'npm run check'],
  [/^npm run backup -- \S+$/, 'test/e2e/backup.test.ts', 'src/backup.ts'],
  [/^npm run deploy-commands( -- --guild ID)?$/, 'test/e2e/start.test.ts', 'src/deploy-commands.ts'],
  [/^npm run questions:check( -- \S+)?$/, 'package.json', 'npm run questions:check -- --complete'],
  [/^node bench\/\w+\.ts\b/, 'test/bench.test.ts', 'bench/'],
  [/^npx vitest run \S+$/, 'package.json', 'vitest run'],
  [/^redis-cli (BGSAVE|INFO persistence|CONFIG SET appendonly yes)$/, 'test/e2e/backup.test.ts', 'BGSAVE'],
  [/^redis-server --dir FOLDER --appendonly no$/, 'test/e2e/backup.test.ts', 'start(folder, false)'],
  [/^redis-cli SHUTDOWN$/, 'test/e2e/backup.test.ts', 'first.server.stop()'],
];

/** What no test can run, and why. */
const NOT_RUN: readonly (readonly [command: RegExp, because: string])[] = [
  [/^docker compose up -d$/, 'needs a container engine; .ci/image goes through the steps of the Dockerfile'],
  [/^git pull$/, 'is not ours'],
  [/^npm run format$/, 'changes files; `biome ci` fails where it would'],
  [/^npm run screenshots$/, 'changes the pictures; test/page plays the same flows'],
];

/** Paths that are served, by the bot and by the playground. */
const SERVED = new Set(['/healthz', '/metrics', '/control']);

describe.each(documents)('%s', (document) => {
  const text = readFileSync(document, 'utf8');
  const fences = [...text.matchAll(/^```(?:sh|bash)?\n(.*?)^```/gms)].flatMap(([, body]) =>
    body!.split('\n'),
  );
  const spans = [...text.replace(/^```.*?^```/gms, '').matchAll(/`([^`\n]+)`/g)].map(([, code]) => code!);
  const named = [...fences, ...spans];

  test('names only commands that are run by a test or by CI', () => {
    const shell = named
      .flatMap((line) => line.replace(/\s+#.*$/, '').split(' && '))
      .map((line) => line.trim().replace(/^([A-Z_]+=\S+ )+/, ''))
      .filter(
        (line) => /^(npm|npx|node|docker|git|redis-\w+|sqlite3) [\w-]/.test(line) && !line.endsWith('--'),
      );
    const unknown = shell.filter((line) => ![...RUN, ...NOT_RUN].some(([command]) => command.test(line)));
    expect(unknown).toEqual([]);
  });

  test('names only files that are there', () => {
    const links = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)[^)]*\)|<img src="([^"]+)"/g)].map(
      ([, link, picture]) => link ?? picture!,
    );
    expect(links.filter((link) => !existsSync(join(dirname(document), link)))).toEqual([]);
  });

  test('names only slash commands and options that there are', () => {
    const known = paths();
    const wrong = named.flatMap((code) => {
      const [, path = '', rest = ''] = /^\/([a-z]+(?: [a-z]+)*)((?: [a-z_]+:[^:]*)*)$/.exec(code) ?? [];
      if (!path || SERVED.has(code)) return [];
      const command = known.get(path);
      if (!command) return [code];
      const options = [...rest.matchAll(/(?:^| )([a-z_]+):/g)].map(([, option]) => option!);
      return options.every((option) => command.has(option)) ? [] : [code];
    });
    expect(wrong).toEqual([]);
  });
});

test('the READMEs say how many questions there are', async () => {
  const { items } = await loadBank('questions');
  for (const document of ['README.md', 'README.zh.md', 'questions/QUALITY.md']) {
    const counts = readFileSync(document, 'utf8')
      .replaceAll(',', '')
      .match(/\b\d{4,}(?= (of them|items|道题))/g);
    expect(counts, document).toContain(String(items.size));
  }
});

test('what runs a command of the documents is there', () => {
  for (const [command, file, words] of RUN) {
    expect(readFileSync(file, 'utf8'), `${command} is run by ${file}`).toContain(words);
  }
});

test('docs/operating.md describes the metrics that there are', () => {
  const read = { jobLag: async () => 0, gatewayReady: () => true, shards: () => 1 } as never;
  const { registry } = createMetrics(read);
  const named = new Set(readFileSync('docs/operating.md', 'utf8').match(/koan_\w+/g));
  const there = registry.getMetricsAsArray().map(({ name }) => name);
  expect([...named].filter((name) => !there.includes(name))).toEqual([]);
});

test('.env.example names every variable, and the documents none that is unknown', () => {
  const config = readFileSync('src/config.ts', 'utf8');
  const rules = [...config.matchAll(/^ {2}([A-Z][A-Z_]+): \{/gm)].map(([, name]) => name!);
  const example = readFileSync('.env.example', 'utf8');
  expect(rules.length).toBeGreaterThan(10);
  expect(rules.filter((name) => !new RegExp(`^#?${name}=`, 'm').test(example))).toEqual([]);
  const ours = new RegExp(
    `\`((?:${[...new Set(rules.map((name) => name.split('_')[0]))].join('|')})_[A-Z_]+)[\`=]`,
    'g',
  );
  for (const document of documents) {
    const spans = [...readFileSync(document, 'utf8').matchAll(ours)].map(([, name]) => name!);
    const known = [...rules, 'REDIS_SERVER', 'DISCORD_OPENAPI'];
    expect(
      spans.filter((name) => !known.includes(name)),
      document,
    ).toEqual([]);
  }
});

/** Every command as it is typed, with its options. A group or a command with subcommands stands for these, too. */
function paths(): Map<string, Set<string>> {
  type Option = { readonly name: string; readonly type: number; readonly options?: readonly Option[] };
  const found = new Map<string, Set<string>>();
  const walk = (path: string, options: readonly Option[] = []) => {
    found.set(path, new Set(options.filter(({ type }) => type > 2).map(({ name }) => name)));
    for (const { name, type, options: inner } of options) if (type <= 2) walk(`${path} ${name}`, inner);
  };
  for (const { definition } of commands) walk(definition.name, definition.options as readonly Option[]);
  return found;
}

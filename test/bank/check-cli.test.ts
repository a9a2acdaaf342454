import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fileJsonSchema } from '../../src/bank/json-schema.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { fixtureFolder } from './fixtures/items.ts';

let project: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  project = temporaryFolder();
  cpSync(fixtureFolder, join(project.path, 'questions'), { recursive: true });
});
afterEach(() => project.remove());

function check(...options: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [resolve('src/bank/check-cli.ts'), ...options],
    {
      cwd: project.path,
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1' },
    },
  );
  return { status, lines: stdout.split('\n').filter(Boolean), stderr };
}

const spoil = () =>
  appendFileSync(join(project.path, 'questions/peft-lora.yaml'), '\n- id: lora-rank\n  type: essay\n');

test('a bank without a mistake passes while its goals are ahead', () => {
  const { status, lines } = check();
  expect(lines.at(-1)).toMatch(/^7 items read, 0 errors, 0 warnings, \d+ goals ahead$/);
  expect(status).toBe(0);
});

test('it fails with --complete', () => {
  expect(check('--complete').status).toBe(1);
});

test('a mistake is named by file, line, item and field, and fails', () => {
  spoil();
  const { status, lines } = check();
  expect(lines[0]).toMatch(/^✗ questions.peft-lora\.yaml:39 lora-rank type: must be one of/);
  expect(status).toBe(1);
});

test('a mistake elsewhere does not fail a narrowed check', () => {
  spoil();
  const { status, lines } = check('questions/attention');
  expect(lines.at(-1)).toBe('5 items read, 0 errors, 0 warnings');
  expect(status).toBe(0);
});

test('a folder is not narrowed to what only starts like it', () => {
  spoil();
  mkdirSync(join(project.path, 'questions/peft-lora'));
  expect(check('questions/peft-lora').status).toBe(0);
});

test('a narrowed check says which points of the topic still need something', () => {
  const { lines } = check('questions/peft-lora.yaml');
  expect(lines).toContain('  002-01-b  item, auto-marked item, open item: Choosing the rank (design)');
  expect(lines.join('\n')).not.toContain('003-01');
});

test('a path that does not exist is named', () => {
  const { status, stderr } = check('questions/atention');
  expect(stderr).toBe('There is no questions/atention.\n');
  expect(status).toBe(1);
});

test('--write-schema renews the schema and nothing else', () => {
  writeFileSync(join(project.path, 'questions/schema.json'), '{}');
  expect(check('--write-schema')).toEqual({ status: 0, lines: [], stderr: '' });
  expect(readFileSync(join(project.path, 'questions/schema.json'), 'utf8')).toBe(fileJsonSchema());
});

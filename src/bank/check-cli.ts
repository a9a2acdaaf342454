/**
 * npm run questions:check [-- <folder or file>…] [--complete] [--write-schema]
 *
 * Checks the bank and says what is wrong, where; exit code 1 if anything is. A folder or file narrows what is said to it.
 * `--complete` also fails while the bank's goals are not reached. `--write-schema` only renews questions/schema.json.
 */
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { parseArgs, styleText } from 'node:util';
import { formulaProblem } from '../pictures/formulas.ts';
import { checkBank } from './check.ts';
import { renderGaps, renderGoals, renderTable } from './check-report.ts';
import { findGaps, measureGoals } from './goals.ts';
import { fileJsonSchema } from './json-schema.ts';
import { readDraft } from './load.ts';
import { formatProblem } from './source.ts';

const folder = 'questions';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { complete: { type: 'boolean' }, 'write-schema': { type: 'boolean' } },
});
const missing = positionals.filter((path) => !existsSync(path));
if (missing.length > 0) {
  process.stderr.write(`There is no ${missing.join(', ')}.\n`);
  process.exitCode = 1;
} else if (values['write-schema']) {
  await writeFile(join(folder, 'schema.json'), fileJsonSchema());
} else {
  process.exitCode = await check(positionals, values.complete ?? false);
}

async function check(paths: readonly string[], complete: boolean): Promise<number> {
  const draft = await readDraft(folder);
  const isShown = scopeOf(paths);
  const findings = checkBank(draft, formulaProblem).filter(({ file }) => isShown(file));
  for (const finding of findings) {
    const mark = finding.severity === 'error' ? styleText('red', '✗') : styleText('yellow', '!');
    print(`${mark} ${formatProblem(finding)}`);
  }
  if (findings.length > 0) print('');

  const shown = draft.entries.filter(({ file }) => isShown(file));
  const topics = draft.topics.filter(
    ({ slug }) => isShown(join(folder, slug)) || shown.some(({ item }) => item.topic === slug),
  );
  print(renderTable(topics, paths.length > 0 ? shown : draft.entries, draft.points, draft.entries));
  const goals = measureGoals(draft.entries, draft.topics, draft.points);
  const short = goals.filter(({ met }) => !met).length;
  if (paths.length === 0) {
    print(renderGoals(goals));
  } else {
    const slugs = new Set(topics.map(({ slug }) => slug));
    print(renderGaps(findGaps(draft.entries, draft.points).filter(({ point }) => slugs.has(point.topic))));
  }

  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const warnings = findings.length - errors;
  print(
    `${shown.length} items read, ${errors} errors, ${warnings} warnings${short > 0 && paths.length === 0 ? `, ${short} goals ahead` : ''}`,
  );
  return errors > 0 || (complete && short > 0) ? 1 : 0;
}

function scopeOf(paths: readonly string[]): (file: string) => boolean {
  const roots = paths.map((path) => resolve(path));
  return (file) =>
    roots.length === 0 || roots.some((root) => `${resolve(file)}${sep}`.startsWith(`${root}${sep}`));
}

function print(text: string) {
  process.stdout.write(`${text}\n`);
}

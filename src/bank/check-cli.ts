import { resolve, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { checkBank } from './check.ts';
import { readDraft } from './load.ts';
import { formatProblem } from './source.ts';

const { positionals } = parseArgs({ allowPositionals: true });
const draft = await readDraft('questions');
const { findings } = checkBank(draft);
const roots = positionals.map((path) => resolve(path));
const inScope = (file: string) =>
  roots.length === 0 || roots.some((root) => resolve(file) === root || resolve(file).startsWith(root + sep));
const shown = findings.filter((finding) => inScope(finding.file));
for (const finding of shown)
  process.stdout.write(`${finding.severity === 'error' ? '✗' : '!'} ${formatProblem(finding)}\n`);
const errors = shown.filter((finding) => finding.severity === 'error').length;
const items = draft.entries.filter((entry) => inScope(entry.file)).length;
process.stdout.write(`${items} items read, ${errors} errors, ${shown.length - errors} warnings\n`);
process.exitCode = errors > 0 ? 1 : 0;

import { parseArgs } from 'node:util';
import { openDemo } from './demo/open-demo.ts';
import { openPreview } from './demo/preview.ts';
import { tellStory } from './demo/story.ts';

/**
 * `npm run demo`: the local Discord, the real bot on it, and a page to use both.
 *
 * - `-- --fresh` starts over; `-- --data FOLDER` keeps its state elsewhere than in `./data/playground`;
 *   `-- --port N` (default 5200, or a free one).
 * - `-- --story` tells a story in the terminal instead; `-- --once` ends after it.
 * - `-- --bank FILE` shows the questions of a file as members will see them, and follows its changes.
 */
const { values } = parseArgs({
  options: {
    story: { type: 'boolean', default: false },
    once: { type: 'boolean', default: false },
    fresh: { type: 'boolean', default: false },
    data: { type: 'string', default: './data/playground' },
    port: { type: 'string', default: '5200' },
    bank: { type: 'string' },
  },
});
const say = (line: string) => process.stdout.write(`${line}\n`);

if (values.story || values.once) await tellStory({ once: values.once });
else {
  const port = Number(values.port);
  const opening = values.bank
    ? openPreview({ file: values.bank, port })
    : openDemo({ folder: values.data, fresh: values.fresh, port });
  const opened = await opening.catch((error: Error) => {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  });
  say(`Open ${opened.address}`);
  say('Ctrl-C ends it and leaves no process behind.');
  let closing = false;
  const close = () => {
    if (closing) return;
    closing = true;
    void opened.close().finally(() => process.exit(0));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, close);
  // A signal to npm alone does not always come through to what npm has started.
  const parent = process.ppid;
  if (process.env.npm_lifecycle_event) setInterval(() => process.ppid !== parent && close(), 1_000).unref();
}

import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import type { formulaProblem as check } from '../pictures/formulas.ts';
import { readUpload } from './read.ts';
import type { Report, Task } from './reader.ts';

/** The reader's thread: reads one file, and says now and then that it is still at it. */
const { name, bytes, known } = workerData as Task;
const say = (report: Report) => parentPort!.postMessage(report);
/** The typesetter is large: it is loaded with the first formula. */
const require = createRequire(import.meta.url);
let formulaProblem: typeof check | undefined;
let saidAt = 0;

say({ kind: 'ready' });
const reading = readUpload(
  name,
  bytes,
  known,
  (tex) => {
    formulaProblem ??= (require('../pictures/formulas.ts') as { formulaProblem: typeof check })
      .formulaProblem;
    return formulaProblem(tex);
  },
  (done, of) => {
    if (performance.now() < saidAt + 50) return;
    saidAt = performance.now();
    say({ kind: 'item', done, of });
  },
);
say({ kind: 'read', reading });

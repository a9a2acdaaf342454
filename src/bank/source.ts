import {
  type Document,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
} from 'yaml';

/** Something wrong in a file, and where; `item` and `field` are empty where there is none. */
export type Problem = {
  readonly file: string;
  /** Counted from 1; 0 for what is about the whole file or folder. */
  readonly line: number;
  readonly item: string;
  readonly field: string;
  readonly message: string;
};

export type Path = readonly (string | number)[];

/** `file:line item field: message` */
export const formatProblem = ({ file, line, item, field, message }: Problem) =>
  `${[line > 0 ? `${file}:${line}` : file, item, field].filter(Boolean).join(' ')}: ${message}`;

/** `refs[0].url` */
export const formatPath = (path: Path) =>
  path.map((key, index) => (typeof key === 'number' ? `[${key}]` : index > 0 ? `.${key}` : key)).join('');

/** {@link parseSource} of a list. */
export function parseList(text: string, file: string) {
  const { data, problems, problemAt, lineOf } = parseSource(text, file);
  if (data !== null && !Array.isArray(data))
    problems.push(problemAt(0, 'must be a list: each item starts with "- id: …"'));
  const values: unknown[] = Array.isArray(data) ? data : [];
  return { values, problems, lineOf };
}

/**
 * Parses YAML. Aliases are refused: a few lines of them can grow without end. The syntax tree is not kept, as it
 * is many times the size of the text: where things stand is found by parsing once more, which only mistakes need.
 * @returns `data` is `null` for an empty text and for one with problems
 */
export function parseSource(text: string, file: string) {
  const { document, lines, problem } = parseYaml(text, file);
  const problems = [...document.errors, ...document.warnings].map((error) =>
    problem(error.pos[0], explainYaml(error.message)),
  );
  if (problems.length === 0 && text.includes('*')) {
    problems.push(
      ...aliasesIn(document).map((at) =>
        problem(at, 'YAML: an alias (*name) stands here; write the text out'),
      ),
    );
  }
  const data: unknown = problems.length > 0 ? null : document.toJS({ maxAliasCount: 0 });
  const starts = isSeq<Node>(document.contents)
    ? document.contents.items.map((item) => lines.linePos(item.range?.[0] ?? 0).line)
    : [];
  let reread: ReturnType<typeof parseYaml> | undefined;
  return {
    data,
    problems,
    problemAt: problem,
    lineOf: (path: Path) => {
      const [first, ...deeper] = path;
      if (typeof first === 'number' && deeper.length === 0) return starts[first] ?? 1;
      reread ??= parseYaml(text, file);
      return reread.lines.linePos(positionOf(reread.document.contents, path)).line;
    },
  };
}

function parseYaml(text: string, file: string) {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const problem = (position: number, message: string): Problem => ({
    file,
    line: lines.linePos(position).line,
    item: itemBefore(text, position),
    field: '',
    message,
  });
  return { document, lines, problem };
}

function aliasesIn(document: Document): number[] {
  const positions: number[] = [];
  visit(document, { Alias: (_, node) => void positions.push(node.range?.[0] ?? 0) });
  return positions;
}

function positionOf(root: Node | null, path: Path): number {
  let node: unknown = root;
  let position = root?.range?.[0] ?? 0;
  for (const key of path) {
    if (isMap(node)) {
      const pair = node.items.find(
        (each) => isPair(each) && isScalar(each.key) && String(each.key.value) === String(key),
      );
      if (!pair) break;
      position = (pair.key as Node).range?.[0] ?? position;
      node = pair.value;
    } else if (isSeq(node)) {
      const next = node.items[Number(key)] as Node | undefined;
      if (!next) break;
      position = next.range?.[0] ?? position;
      node = next;
    } else break;
  }
  return position;
}

/** The item that a broken place most likely belongs to. */
const itemBefore = (text: string, position: number) =>
  [...text.slice(0, position + 1).matchAll(/^- id: *([a-z0-9-]+)/gm)].at(-1)?.[1] ?? '';

function explainYaml(message: string): string {
  if (message.startsWith('Nested mappings are not allowed'))
    return 'YAML: a text with ": " in it needs quotes, or a block (>-)';
  if (message.startsWith('Map keys must be unique')) return 'YAML: this field stands here twice';
  if (message.startsWith('Maximum call stack')) return 'YAML: is nested too deep';
  return `YAML: ${message}`;
}

/** Discord's markdown, as far as the client shows it. Pure: a text in, a tree out. */
export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | {
      readonly kind: 'bold' | 'italic' | 'underline' | 'strike' | 'spoiler';
      readonly inner: readonly Inline[];
    }
  | { readonly kind: 'link'; readonly url: string; readonly inner: readonly Inline[] }
  | { readonly kind: 'user' | 'role' | 'channel'; readonly id: string }
  | { readonly kind: 'command'; readonly name: string }
  | { readonly kind: 'emoji'; readonly name: string }
  | { readonly kind: 'time'; readonly seconds: number; readonly style: string };

export type Block =
  | { readonly kind: 'lines' | 'subtext'; readonly inner: readonly Inline[] }
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly inner: readonly Inline[] }
  | { readonly kind: 'quote'; readonly blocks: readonly Block[] }
  | {
      readonly kind: 'list';
      readonly ordered: boolean;
      readonly start: number;
      readonly items: readonly Item[];
    }
  | { readonly kind: 'code'; readonly text: string };

export interface Item {
  /** 0 for the outermost. */
  readonly depth: number;
  readonly inner: readonly Inline[];
}

export function parseMarkdown(text: string): Block[] {
  const blocks: Block[] = [];
  let plain: string[] = [];
  const flush = () => {
    const joined = plain.join('\n');
    if (joined.trim() !== '') blocks.push({ kind: 'lines', inner: parseInline(joined) });
    plain = [];
  };
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at]!;
    const fence = line.startsWith('```') ? lines.indexOf('```', at + 1) : -1;
    const heading = /^(#{1,3}) +(.+)$/.exec(line);
    const subtext = /^-# +(.+)$/.exec(line);
    if (fence > 0) {
      flush();
      blocks.push({ kind: 'code', text: lines.slice(at + 1, fence).join('\n') });
      at = fence;
    } else if (heading) {
      flush();
      const level = heading[1]!.length as 1 | 2 | 3;
      blocks.push({ kind: 'heading', level, inner: parseInline(heading[2]!) });
    } else if (subtext) {
      flush();
      blocks.push({ kind: 'subtext', inner: parseInline(subtext[1]!) });
    } else if (QUOTE.test(line)) {
      flush();
      const end = endOf(lines, at, (each) => QUOTE.test(each));
      const quoted = lines.slice(at, end).map((each) => each.replace(QUOTE, ''));
      blocks.push({ kind: 'quote', blocks: parseMarkdown(quoted.join('\n')) });
      at = end - 1;
    } else if (LIST.test(line)) {
      flush();
      const end = endOf(lines, at, (each) => LIST.test(each));
      blocks.push(listOf(lines.slice(at, end)));
      at = end - 1;
    } else plain.push(line);
  }
  flush();
  return blocks;
}

const QUOTE = /^> /;
const LIST = /^( *)(?:([-*])|(\d+)\.) +(.+)$/;

function endOf(lines: readonly string[], from: number, fits: (line: string) => boolean): number {
  const end = lines.findIndex((line, at) => at > from && !fits(line));
  return end < 0 ? lines.length : end;
}

function listOf(lines: readonly string[]): Block {
  const read = lines.map((line) => LIST.exec(line)!);
  return {
    kind: 'list',
    ordered: read[0]![3] !== undefined,
    start: Number(read[0]![3] ?? 1),
    items: read.map(([, indent, , , text]) => ({
      depth: Math.floor(indent!.length / 2),
      inner: parseInline(text!),
    })),
  };
}

/** What may stand at a place in a line; the first that fits counts. */
const RULES: readonly (readonly [RegExp, (match: RegExpExecArray) => Inline])[] = [
  [/\\([^A-Za-z0-9\s])/y, ([, text]) => ({ kind: 'text', text: text! })],
  [/(`+)([\s\S]*?[^`])\1(?!`)/y, ([, , text]) => ({ kind: 'code', text: text!.trim() })],
  [
    /<t:(-?\d{1,13})(?::([tTdDfFR]))?>/y,
    ([, s, style = 'f']) => ({ kind: 'time', seconds: Number(s), style }),
  ],
  [/<@&(\d+)>/y, ([, id]) => ({ kind: 'role', id: id! })],
  [/<@!?(\d+)>/y, ([, id]) => ({ kind: 'user', id: id! })],
  [/<#(\d+)>/y, ([, id]) => ({ kind: 'channel', id: id! })],
  [/<\/([^:>\n]+):\d+>/y, ([, name]) => ({ kind: 'command', name: name! })],
  [/<a?:(\w+):\d+>/y, ([, name]) => ({ kind: 'emoji', name: name! })],
  [/<(https?:\/\/[^\s>]+)>/y, ([, url]) => linkTo(url!)],
  [
    /\[((?:\\[\s\S]|[^\\\]])+)\]\(<?(https?:\/\/[^\s)>]+)>?\)/y,
    ([, inner, url]) => ({ kind: 'link', url: url!, inner: parseInline(inner!) }),
  ],
  [/https?:\/\/[^\s<]+[^\s<.,:;"'\])]/y, ([url]) => linkTo(url!)],
  [/\|\|((?:\\[\s\S]|[^\\])+?)\|\|/y, around('spoiler')],
  [/\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)/y, around('bold')],
  [/__((?:\\[\s\S]|[^\\])+?)__(?!_)/y, around('underline')],
  [/~~((?:\\[\s\S]|[^\\])+?)~~/y, around('strike')],
  [/\*(?=\S)((?:\\[\s\S]|\*\*|[^\\*])*?\S)\*(?!\*)/y, around('italic')],
  [/(?<!\w)_((?:\\[\s\S]|[^\\_])+?)_(?!\w)/y, around('italic')],
];

function around(kind: 'bold' | 'italic' | 'underline' | 'strike' | 'spoiler') {
  return ([, inner]: RegExpExecArray): Inline => ({ kind, inner: parseInline(inner!) });
}

function linkTo(url: string): Inline {
  return { kind: 'link', url, inner: [{ kind: 'text', text: url }] };
}

export function parseInline(text: string): Inline[] {
  const found: Inline[] = [];
  let plain = '';
  const flush = () => {
    if (plain) found.push({ kind: 'text', text: plain });
    plain = '';
  };
  for (let at = 0; at < text.length; ) {
    const hit = ruleAt(text, at);
    if (!hit) {
      plain += text[at];
      at += 1;
      continue;
    }
    if (hit.node.kind === 'text') plain += hit.node.text;
    else {
      flush();
      found.push(hit.node);
    }
    at += hit.length;
  }
  flush();
  return found;
}

function ruleAt(text: string, at: number): { node: Inline; length: number } | undefined {
  if (!/[\\`<[h|*_~]/.test(text[at]!)) return undefined;
  for (const [rule, make] of RULES) {
    rule.lastIndex = at;
    const match = rule.exec(text);
    // `make` may parse further with the same rules: nothing of their state is used after it.
    if (match) return { node: make(match), length: match[0].length };
  }
  return undefined;
}

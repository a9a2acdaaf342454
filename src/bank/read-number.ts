/**
 * Reads a number as people type it: `1,720`, `65 504`, `1.72e6`, `1.72×10⁶`, `2^16`, `1/8`, `１２`, `87.5%`, `≈ 1.7 million`,
 * `80 GB`.
 * @param unit what the value is wanted in; a unit of the same kind is converted (0.5 TB is 500 GB)
 * @returns the value in that unit, or `undefined` for a text that is no number, or one in a unit of another kind
 */
export function readNumber(text: string, unit: string): number | undefined {
  const parts = numberForm.exec(foldNumber(text))?.groups as NumberParts | undefined;
  if (!parts) return undefined;
  const { mantissa, power = '1', exponent = '0', divisor = '1', rest } = parts;
  const factor = factorBetween(foldUnit(rest), foldUnit(unit));
  if (factor === undefined) return undefined;
  const value = (toNumber(mantissa) ** Number(power) * 10 ** Number(exponent)) / toNumber(divisor);
  return Number.isFinite(value) ? value * factor : undefined;
}

type NumberParts = { mantissa: string; rest: string } & Partial<
  Record<'power' | 'exponent' | 'divisor', string>
>;

const digits = String.raw`(?:\d{1,3}(?:[ ,_']\d{3})+(?!\d)|\d+)(?:\.\d+)?|\.\d+`;

const numberForm = new RegExp(
  String.raw`^(?<mantissa>[-+]?(?:${digits}))(?:(?:e|\s*[x*]\s*10\s*\^\s*)(?<exponent>[-+]?\d+)|\s*\^\s*(?<power>[-+]?\d+(?:\.\d+)?)|\s*/\s*(?<divisor>${digits}))?(?!\s*[\d.,^*/+-])(?<rest>.*)$`,
);

const toNumber = (text: string) => Number(text.replace(/[ ,_']/g, ''));

/** NFKC would turn 10⁶ into 106, so superscripts become powers before it. */
function foldNumber(text: string): string {
  return text
    .replace(/[⁺⁻⁰¹²³⁴-⁹]+/g, (power) => `^${power.normalize('NFKC')}`)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[−–—]/g, '-')
    .replace(/⁄/g, '/')
    .replace(/[×·∙]/g, 'x')
    .replace(/\*\*/g, '^')
    .replace(/\s+/g, ' ')
    .replace(/^(?:[ ≈~=$¥]|about|around|approximately|约为?|大约|等于)+/, '')
    .replace(/[ 。.]+$/, '');
}

type Scale = ReadonlyMap<string, number>;

const counts: Scale = new Map([
  ['%', 0.01],
  ['percent', 0.01],
  ['k', 1e3],
  ['thousand', 1e3],
  ['千', 1e3],
  ['万', 1e4],
  ['m', 1e6],
  ['million', 1e6],
  ['百万', 1e6],
  ['千万', 1e7],
  ['亿', 1e8],
  ['b', 1e9],
  ['billion', 1e9],
  ['十亿', 1e9],
  ['t', 1e12],
  ['trillion', 1e12],
  ['万亿', 1e12],
]);

const prefixed = (unit: string): [string, number][] =>
  ['', 'k', 'm', 'g', 't', 'p'].map((prefix, index) => [`${prefix}${unit}`, 1e3 ** index]);

const bytes: Scale = new Map([
  ...prefixed('b').slice(1),
  ...['kib', 'mib', 'gib', 'tib'].map((unit, index): [string, number] => [unit, 2 ** (10 * (index + 1))]),
  ['byte', 1],
  ['bytes', 1],
  ['字节', 1],
]);

const seconds: Scale = new Map([
  ['ns', 1e-9],
  ['us', 1e-6],
  ['μs', 1e-6],
  ['微秒', 1e-6],
  ['ms', 1e-3],
  ['毫秒', 1e-3],
  ['s', 1],
  ['second', 1],
  ['seconds', 1],
  ['秒', 1],
  ['min', 60],
  ['minute', 60],
  ['minutes', 60],
  ['分钟', 60],
  ['h', 3600],
  ['hour', 3600],
  ['hours', 3600],
  ['小时', 3600],
]);

/** Kinds of quantity; a lone prefix is enough, as in `80 G`, and stands for the unit of `shorthand`. */
const quantities: readonly { readonly scale: Scale; readonly shorthand: string }[] = [
  { scale: bytes, shorthand: 'b' },
  { scale: new Map([...bytes].map(([unit, factor]) => [`${unit}/s`, factor])), shorthand: 'b/s' },
  { scale: seconds, shorthand: 's' },
  { scale: new Map(prefixed('flops')), shorthand: 'flops' },
  { scale: new Map(prefixed('flop/s')), shorthand: 'flop/s' },
];

/** By what to multiply a value in `given` (as typed) to have it in `wanted`. */
function factorBetween(given: string, wanted: string): number | undefined {
  if (given === '' || given === wanted) return 1;
  for (const { scale, shorthand } of quantities) {
    const to = scale.get(wanted);
    if (to === undefined) continue;
    const from = scale.get(given) ?? scale.get(`${given}${shorthand}`);
    return from === undefined ? undefined : from / to;
  }
  return /\d/.test(given) ? undefined : magnitudeOf(given) / magnitudeOf(wanted);
}

/** The factor that a count starts with: `m tokens` and `万个` have one, `tokens` has none. */
function magnitudeOf(text: string): number {
  const word = /^(?:%|[a-z]+(?![a-z])|万亿|百万|千万|十亿|[千万亿])/.exec(text)?.[0] ?? '';
  return counts.get(word) ?? 1;
}

const foldUnit = (unit: string) => unit.normalize('NFKC').toLowerCase().replace('/秒', '/s').trim();

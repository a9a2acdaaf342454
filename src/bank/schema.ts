import { z } from 'zod';

/** Characters (UTF-16 units, as Discord counts them) that each text may have, in each language. */
export const limits = { prompt: 600, option: 150, why: 300, explanation: 1200, rubric: 200 } as const;

export const languages = ['en', 'zh'] as const;
export type Language = (typeof languages)[number];

const text = (max: number) => z.string().trim().min(1).max(max);

const optionId = z.string().regex(/^[a-f]$/, 'must be one letter, a–f');

const texts = { prompt: text(limits.prompt), explanation: text(limits.explanation) };

const options = (min: number, max: number) =>
  z
    .record(optionId, text(limits.option))
    .refine((record) => {
      const count = Object.keys(record).length;
      return count >= min && count <= max;
    }, `must have ${min}–${max} options`)
    .meta({ minProperties: min, maxProperties: max });

const why = z.record(optionId, text(limits.why));

const choiceTexts = (min: number, max: number) =>
  z.strictObject({ ...texts, options: options(min, max), why });

const booleanTexts = z.strictObject({
  ...texts,
  why: z.strictObject({ true: text(limits.why), false: text(limits.why) }),
});

const numberTexts = z.strictObject({
  ...texts,
  slips: z
    .array(z.strictObject({ value: z.number(), why: text(limits.why) }))
    .min(1)
    .optional()
    .describe('Wrong values that come of a slip with a name'),
});

const orderTexts = z.strictObject({ ...texts, options: options(3, 6), why: why.optional() });

const plainTexts = z.strictObject(texts);

const accept = z.array(text(limits.option)).min(1);

const shared = {
  id: z
    .string()
    .max(80)
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be kebab-case: a–z, 0–9 and single hyphens')
    .describe('Unique, and stable for ever: people’s histories hold it'),
  level: z
    .union([z.literal(1), z.literal(2), z.literal(3)], 'must be 1, 2 or 3')
    .describe('1 recall · 2 explain, apply · 3 derive, diagnose, design'),
  covers: z.array(z.string()).describe('Ids of questions/points.yaml'),
  formulas: z
    .record(
      z.string().regex(/^[a-zA-Z][a-zA-Z0-9_-]*$/, 'must be a name like scale or kv_cache'),
      z.string().trim().min(1).max(500),
    )
    .optional()
    .describe('Name → TeX; {{name}} in a text shows it'),
  refs: z
    .array(
      z.strictObject({
        title: text(200),
        url: z.url({ protocol: /^https$/, error: 'must be an https address' }),
        where: text(200).describe('Section, table, page or version of the docs'),
      }),
    )
    .min(1),
  as_of: z
    .string()
    .regex(/^20\d\d-(0[1-9]|1[0-2])$/, 'must be YYYY-MM')
    .optional()
    .describe('Only for facts that age'),
  origin: z
    .enum(['extra', 'community'])
    .optional()
    .describe('extra: beyond the listed points · community: suggested by members'),
};

const single = z.strictObject({
  type: z.literal('single'),
  ...shared,
  answer: optionId,
  en: choiceTexts(3, 4),
  zh: choiceTexts(3, 4),
});

const multiple = z.strictObject({
  type: z.literal('multiple'),
  ...shared,
  answer: z.array(optionId).min(1),
  en: choiceTexts(3, 5),
  zh: choiceTexts(3, 5),
});

const boolean = z.strictObject({
  type: z.literal('boolean'),
  ...shared,
  answer: z.boolean(),
  en: booleanTexts,
  zh: booleanTexts,
});

const number = z.strictObject({
  type: z.literal('number'),
  ...shared,
  answer: z.strictObject({
    value: z.number(),
    unit: z.string().max(30).describe('May be empty'),
    tolerance: z.number().min(0).max(0.5).describe('Relative; 0 wants the exact value'),
  }),
  en: numberTexts,
  zh: numberTexts,
});

const short = z.strictObject({
  type: z.literal('short'),
  ...shared,
  answer: z.strictObject({ accept: z.strictObject({ en: accept, zh: accept }) }),
  en: plainTexts,
  zh: plainTexts,
});

const order = z.strictObject({
  type: z.literal('order'),
  ...shared,
  answer: z.array(optionId).min(3).max(6),
  en: orderTexts,
  zh: orderTexts,
});

const open = z.strictObject({
  type: z.literal('open'),
  ...shared,
  en: plainTexts,
  zh: plainTexts,
  rubric: z
    .array(
      z.strictObject({
        weight: z.union([z.literal(1), z.literal(2), z.literal(3)], 'must be 1, 2 or 3'),
        essential: z.literal(true).optional(),
        en: text(limits.rubric),
        zh: text(limits.rubric),
      }),
    )
    .min(4)
    .max(6),
});

const shape = z.discriminatedUnion('type', [single, multiple, boolean, number, short, order, open]);

/** What an author writes: the shape of each type, and then what its fields must say together. */
export const itemSchema = shape.superRefine((item, context) => {
  for (const { path, message } of contradictions(item)) context.addIssue({ code: 'custom', path, message });
});

export type WrittenItem = z.infer<typeof shape>;
export type ItemType = WrittenItem['type'];
export const itemTypes = ['single', 'multiple', 'boolean', 'number', 'short', 'order', 'open'] as const;

/** An item of the bank; its topic is the folder (or file) of `questions/` in which it stands. */
export type Item = WrittenItem & { readonly topic: string };

export type Level = Item['level'];

export const pointKinds = [
  'concept',
  'comparison',
  'howto',
  'design',
  'survey',
  'derivation',
  'behavioural',
] as const;

export const topicSchema = z.strictObject({ slug: z.string(), zh: z.string().min(1), en: z.string().min(1) });
export type Topic = Readonly<z.infer<typeof topicSchema>>;

export const pointSchema = z.strictObject({
  id: z.string().regex(/^\d{3}(-[a-z0-9]+)+$/),
  label: z.string().min(1),
  topic: z.string(),
  kind: z.enum(pointKinds),
  dup_of: z.string().optional(),
});
export type Point = Readonly<z.infer<typeof pointSchema>>;

type Contradiction = { path: (string | number)[]; message: string };

function contradictions(item: WrittenItem): Contradiction[] {
  const found: Contradiction[] = [];
  const report = (path: (string | number)[], message: string) => found.push({ path, message });

  if (item.covers.length === 0 && !item.origin)
    report(['covers'], 'names no point (only an item with an origin may)');
  if (new Set(item.covers).size < item.covers.length) report(['covers'], 'names a point twice');

  if (item.type === 'single' || item.type === 'multiple' || item.type === 'order') {
    const ids = Object.keys(item.en.options);
    if (!sameMembers(ids, Object.keys(item.zh.options)))
      report(['zh', 'options'], `must have the same option ids as en: ${ids.join(', ')}`);
    for (const language of languages) {
      const optionIds = Object.keys(item[language].options);
      const reasons = item[language].why;
      if (reasons && !sameMembers(optionIds, Object.keys(reasons)))
        report([language, 'why'], `must have one text for each option: ${optionIds.join(', ')}`);
    }
    const key = typeof item.answer === 'string' ? [item.answer] : item.answer;
    for (const id of key) if (!ids.includes(id)) report(['answer'], `${id} is not an option`);
    if (new Set(key).size < key.length) report(['answer'], 'names an option twice');
    if (item.type === 'order') {
      if (!sameMembers(ids, key)) report(['answer'], 'must name every step once');
      for (const language of languages)
        if (item.answer.join() === Object.keys(item[language].options).join())
          report([language, 'options'], 'stand in the right order already; list them in another one');
    }
  }

  if (item.type === 'number') {
    const values = (language: Language) => (item[language].slips ?? []).map((slip) => String(slip.value));
    if (!sameMembers(values('en'), values('zh'))) report(['zh', 'slips'], 'must have the same values as en');
    item.en.slips?.forEach((slip, index) => {
      if (isClose(slip.value, item.answer)) report(['en', 'slips', index, 'value'], 'would be marked right');
    });
  }
  return found;
}

/** Whether a value lies within the answer's relative tolerance of it (a hair is left for floating point). */
export function isClose(
  value: number,
  answer: { readonly value: number; readonly tolerance: number },
): boolean {
  const allowed = Math.abs(answer.value) * Math.max(answer.tolerance, 1e-9);
  return Math.abs(value - answer.value) <= allowed * (1 + 1e-9);
}

const sameMembers = (left: readonly string[], right: readonly string[]) =>
  left.length === right.length && [...left].sort().join() === [...right].sort().join();

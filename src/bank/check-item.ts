import { type Entry, place } from './load.ts';
import { type Item, type Language, languages, type Point } from './schema.ts';
import type { Path, Problem } from './source.ts';

/** An error stops the build; a warning asks the author for a second look. */
export type Finding = Problem & { readonly severity: 'error' | 'warning' };

/** Says what is wrong with a formula's TeX, if anything is. */
export type FormulaCheck = (tex: string) => string | undefined;

/**
 * What can be said of one item by itself, beyond its schema.
 * @param isBilingual false for an item that says the same in both languages because it was written in one
 */
export function checkItem(
  entry: Entry,
  points: ReadonlyMap<string, Point>,
  formulaProblem: FormulaCheck,
  isBilingual = true,
): Finding[] {
  const findings: Finding[] = [];
  const say =
    (severity: Finding['severity']): Say =>
    (path, message) =>
      findings.push({ severity, ...place(entry, path), message });
  const report = { error: say('error'), warning: say('warning') };
  const { item } = entry;
  checkCovers(item, points, report);
  if (isBilingual) checkLanguages(item, report);
  checkFormulas(item, formulaProblem, report);
  checkRefs(item, report);
  checkForms(item, report);
  checkOptions(item, report);
  checkAnswer(item, report);
  return findings;
}

type Say = (path: Path, message: string) => void;
type Reporter = { readonly error: Say; readonly warning: Say };

function checkCovers(item: Item, points: ReadonlyMap<string, Point>, report: Reporter) {
  item.covers.forEach((id, index) => {
    if (points.has(id)) return;
    const parts = [...points.keys()].filter((each) => each.startsWith(`${id}-`));
    report.error(
      ['covers', index],
      `${id} is no point of points.yaml${parts.length > 0 ? `; name its parts: ${parts.join(', ')}` : ''}`,
    );
  });
}

const cjk = /[\p{Script=Han}\u3000-\u303f\uff01-\uff5e]/u;
const han = /\p{Script=Han}/u;
/** What an English text may quote from another language. */
const quoted = /`[^`]*`|"[^"]*"|“[^”]*”|‘[^’]*’|「[^」]*」|'[^']*'/g;

function checkLanguages(item: Item, report: Reporter) {
  for (const { path, text } of textsOf(item, 'en')) {
    if (cjk.test(text.replace(quoted, ''))) report.error(path, 'has Chinese characters or full-width signs');
    else if (cjk.test(text)) report.warning(path, 'quotes Chinese characters; are they needed?');
  }
  for (const { path, text } of textsOf(item, 'zh')) {
    if (han.test(text) || path[1] === 'options') continue;
    if (path[1] === 'prompt' || path[1] === 'explanation') report.error(path, 'has no Chinese in it');
    else report.warning(path, 'has no Chinese in it');
  }
}

const formulaUse = /\{\{([^{}]*)\}\}/g;

function checkFormulas(item: Item, formulaProblem: FormulaCheck, report: Reporter) {
  const formulas = item.formulas ?? {};
  for (const [name, tex] of Object.entries(formulas)) {
    const problem = formulaProblem(tex);
    if (problem) report.error(['formulas', name], `can't be typeset: ${problem}`);
  }
  const used = { en: new Set<string>(), zh: new Set<string>() };
  for (const language of languages) {
    for (const { path, text } of textsOf(item, language)) {
      for (const [, name = ''] of text.matchAll(formulaUse)) {
        used[language].add(name);
        if (!Object.hasOwn(formulas, name))
          report.error(path, `shows {{${name}}}, which formulas do not define`);
      }
      if (/\{\{|\}\}/.test(text.replace(formulaUse, '')))
        report.error(path, 'has a {{ or }} that stands alone');
    }
  }
  for (const name of Object.keys(formulas)) {
    const missing = languages.filter((language) => !used[language].has(name));
    if (missing.length === 2) report.error(['formulas', name], `is not used: no text has {{${name}}}`);
    if (missing.length === 1) report.warning(['formulas', name], `is not used in ${missing[0]}`);
  }
}

const arxivPath =
  /^\/(abs|pdf|html)\/(\d{2}(0[1-9]|1[0-2])\.(\d{4}|\d{5})|[a-z-]+(\.[A-Z]{2})?\/\d{7})(v\d+)?(\.pdf)?$/;

function checkRefs(item: Item, report: Reporter) {
  const seen = new Set<string>();
  item.refs.forEach((ref, index) => {
    const url = new URL(ref.url);
    if (/(^|\.)arxiv\.org$/.test(url.hostname) && !arxivPath.test(url.pathname))
      report.error(['refs', index, 'url'], 'is no arXiv address like https://arxiv.org/abs/1706.03762');
    const key = `${ref.url} ${ref.where}`;
    if (seen.has(key)) report.error(['refs', index], 'stands here twice');
    seen.add(key);
  });
}

const catchAll: Record<Language, RegExp> = {
  en: /\b(all|none|both|neither) of the (above|others|options)\b|\b(all|none) of these\b|\ball (the )?(other )?options\b/i,
  zh: /(以上|上述|其他|其它)(选项|说法|各项|几项)?(全部|全|都|均|皆)(不|没有)?(是|对|正确|错|成立)|(以上|上述)(选项|说法)?(全对|全错|皆非|都非|没有)/,
};

const negativeStem: Record<Language, RegExp> = {
  en: /\b(NOT|EXCEPT)\b|\bexcept\s*[?:.]|\b[Ww]hich\b[^.?]*?\b(following|these|those|one|statements?|claims?|options?|descriptions?)( \w+)?( (about|on|of) [^.?]{1,40})? (is|are) (not|false|incorrect|untrue|wrong)\b/,
  zh: /(错误|不正确|不准确|不对|有误|不恰当|不合理|不成立|不属于[^，。？]{0,12}|不包括[^，。？]{0,12})的(一项|选项|说法)?是|(说法|描述|表述|叙述|陈述|理解|选项)(是|中)?(错误|不正确|有误|不对)|哪(一项|个|一个|项|种)(不属于|不是|不正确|不对|有误)|除了?[^，。？]{0,15}(之外|以外|外)，?(哪|都|均)/,
};

const absolute: Record<Language, RegExp> = {
  en: /\b(always|never|under no circumstances|in every case|impossible)\b/i,
  zh: /总是|从不|从来不|绝不|永远|必然|一定(?!程度|范围|数量|比例|规模)|绝对[会不能没是要]|不可能|任何情况/,
};

function checkForms(item: Item, report: Reporter) {
  for (const { path, text } of languages.flatMap((language) => textsOf(item, language)))
    if (text.split('`').length % 2 === 0) report.error(path, 'has a ` that stands alone');
  if (item.type === 'open') return;
  for (const language of languages) {
    if (item.type !== 'boolean' && negativeStem[language].test(item[language].prompt))
      report.error([language, 'prompt'], 'asks for the wrong one; ask for the right one');
    if (item.type !== 'single' && item.type !== 'multiple') continue;
    const options = Object.entries(item[language].options);
    for (const [id, text] of options)
      if (catchAll[language].test(text))
        report.error([language, 'options', id], 'stands for the other options');
    const key = new Set(item.answer);
    const giveaways = options.filter(([id, text]) => !key.has(id) && absolute[language].test(text));
    const keyToo = options.some(([id, text]) => key.has(id) && absolute[language].test(text));
    if (!keyToo)
      for (const [id, text] of giveaways)
        report.warning(
          [language, 'options', id],
          `“${absolute[language].exec(text)?.[0]}” stands in wrong options only, and gives them away`,
        );
  }
}

function checkOptions(item: Item, report: Reporter) {
  if (item.type !== 'single' && item.type !== 'multiple' && item.type !== 'order') return;
  for (const language of languages) {
    for (const field of ['options', 'why'] as const) {
      const seen = new Map<string, string>();
      for (const [id, text] of Object.entries(item[language][field] ?? {})) {
        const folded = text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
        const first = seen.get(folded);
        if (first) report.error([language, field, id], `says the same as ${first}`);
        seen.set(folded, id);
      }
    }
    if (item.type !== 'single') continue;
    const lengths = Object.entries(item[language].options).map(([id, text]) => ({ id, length: text.length }));
    const key = lengths.find(({ id }) => id === item.answer)!.length;
    const next = Math.max(...lengths.filter(({ id }) => id !== item.answer).map(({ length }) => length));
    if (key > next * 1.4 && key - next > 12)
      report.warning(
        [language, 'options', item.answer],
        `the key has ${key} characters, the next longest ${next}`,
      );
  }
  if (item.type !== 'multiple') return;
  if (item.answer.length === 1) report.warning(['answer'], 'has one key; would it be a better single?');
  if (item.answer.length === Object.keys(item.en.options).length)
    report.warning(['answer'], 'makes every option right');
}

function checkAnswer(item: Item, report: Reporter) {
  if (item.type === 'number' && item.answer.tolerance === 0 && !Number.isInteger(item.answer.value))
    report.warning(['answer', 'tolerance'], 'is 0, so that a rounded answer is wrong');
  if (item.type === 'open') {
    const essential = item.rubric.filter((point) => point.essential).length;
    if (essential === 0 || essential === item.rubric.length)
      report.warning(['rubric'], `marks ${essential === 0 ? 'no' : 'every'} point as essential`);
  }
  if (item.type !== 'short') return;
  for (const language of languages) {
    const prompt = ` ${item[language].prompt.toLowerCase()} `;
    item.answer.accept[language].forEach((text, index) => {
      const answer = text.toLowerCase();
      const inside = han.test(answer)
        ? prompt.includes(answer)
        : prompt.split(/[^\p{L}\p{N}+.-]+/u).includes(answer);
      if (inside) report.warning(['answer', 'accept', language, index], 'stands in the prompt');
    });
  }
}

/** Every text of an item in a language, with its path. */
export function textsOf(item: Item, language: Language): { path: Path; text: string }[] {
  const rubric = item.type === 'open' ? item.rubric : [];
  return [
    ...textsWithin(item[language], [language]),
    ...rubric.map((point, index) => ({ path: ['rubric', index, language], text: point[language] })),
  ];
}

function textsWithin(value: unknown, path: Path): { path: Path; text: string }[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (Array.isArray(value)) return value.flatMap((each, index) => textsWithin(each, [...path, index]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => textsWithin(each, [...path, key]));
}

import type { Language } from '../../bank/schema.ts';
import { en, type Words } from './en.ts';
import { zh } from './zh.ts';

const all: Record<Language, Words> = { en, zh };

/** What a person reads, in their language. */
export function wordsOf(language: Language): Words {
  return all[language];
}

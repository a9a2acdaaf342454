import { z } from 'zod';
import { type Language, languages } from '../bank/schema.ts';

export const languageSchema = z.enum(languages);

/** What a post speaks: one language, or both in one card. */
export const postLanguages = ['en', 'zh', 'both'] as const;
export type PostLanguage = (typeof postLanguages)[number];

/** The language for a Discord locale such as `zh-TW` or `en-GB`. */
export function languageOfLocale(locale: string): Language {
  return locale.startsWith('zh') ? 'zh' : 'en';
}

/** The languages of a post, in the order in which it shows them. */
export function spokenBy(language: PostLanguage): readonly Language[] {
  return language === 'both' ? ['zh', 'en'] : [language];
}

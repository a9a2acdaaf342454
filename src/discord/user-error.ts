import type { Language } from '../bank/schema.ts';
import type { Words } from './words/en.ts';

/** Something that the person can mend. It is shown in their language and says what to do next. */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly say: (words: Words, language: Language) => string;
  /** @param say gets the language too, for the words of a feature */
  constructor(say: (words: Words, language: Language) => string) {
    super('shown to the person');
    this.say = say;
  }
}

import type { Words } from './words/en.ts';

/** Something that the person can mend. It is shown in their language and says what to do next. */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly say: (words: Words) => string;
  constructor(say: (words: Words) => string) {
    super('shown to the person');
    this.say = say;
  }
}

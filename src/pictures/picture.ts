import type { Language } from '../bank/schema.ts';
import type { Formulas } from './formulas.ts';
import type { Leaderboard } from './leaderboard.ts';
import type { Mastery } from './mastery.ts';
import type { MemoryChart } from './memory.ts';
import type { Study } from './study.ts';
import type { Winners } from './winners.ts';

/**
 * All that a picture shows, as plain data. A message carries this, in the address of its media, until it is sent; so a
 * message that waits in the ledger is drawn when it is sent, and drawn again if it is sent again.
 */
export type Picture =
  | { readonly kind: 'formulas'; readonly data: Formulas }
  | { readonly kind: 'leaderboard'; readonly data: Leaderboard; readonly language: Language }
  | { readonly kind: 'winners'; readonly data: Winners; readonly language: Language }
  | { readonly kind: 'study'; readonly data: Study; readonly language: Language }
  | { readonly kind: 'mastery'; readonly data: Mastery; readonly language: Language }
  | { readonly kind: 'memory'; readonly data: MemoryChart; readonly language: Language };

const SCHEME = 'picture:';

export function pictureUrl(picture: Picture): string {
  return SCHEME + JSON.stringify(picture);
}

/** The inverse of {@link pictureUrl}; `undefined` for any other address. */
export function readPictureUrl(url: string): Picture | undefined {
  return url.startsWith(SCHEME) ? (JSON.parse(url.slice(SCHEME.length)) as Picture) : undefined;
}

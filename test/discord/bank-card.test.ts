import { expect, test } from 'vitest';
import { effectCard } from '../../src/discord/cards/bank-card.ts';
import { wordsOf } from '../../src/discord/words/of.ts';

test.each(['en', 'zh'] as const)(
  'in %s, an import that only renames a topic can be stored, and one that does nothing cannot',
  (language) => {
    const card = (renamed: number) => {
      const effect = { added: 0, changed: 0, same: 3, renamed, total: 3 };
      return JSON.stringify(effectCard('k', effect, [], { language, words: wordsOf(language) }));
    };
    expect(card(1)).toContain('bank-store:k');
    expect(card(1)).toMatch(/\*\*1\*\* (topic renamed|个)/);
    expect(card(0)).not.toContain('bank-store:k');
  },
);

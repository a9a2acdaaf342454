import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drawable } from '../../src/pictures/fonts.ts';
import { shorten } from '../../src/pictures/sheet.ts';

const anything = fc.string({ unit: 'binary', maxLength: 40 });
const graphemes = (text: string) => [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);

describe('a name that is drawn', () => {
  test.each([
    ['小明 Alice', '小明 Alice'],
    ['𝓕𝓪𝓷𝓬𝔂 ｆｕｌｌ', 'Fancy full'],
    ['z\u0337\u0321a\u0334\u0300\u0301\u0302', 'z\u0321à\u0301'],
    ['a\u202Eb\u2066c\nd\u0000', 'a b c d'],
    ['\u{10FFFD}\u{E000}', '•'],
    ['', '•'],
    ['a\u{1F9FF}\u{378}b', expect.stringMatching(/^a(🧿|•) b$/)],
  ])('%j becomes %j', (name, shown) => expect(drawable(name)).toEqual(shown));

  test('is one line, without marks of direction, and never nothing', () => {
    fc.assert(
      fc.property(anything, (name) => {
        const shown = drawable(name);
        expect(shown).toBe(shown.trim());
        expect(shown).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u200E\u200F\u202A-\u202E\u2066-\u2069]/u);
        expect(shown.length).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });

  test('keeps the parts of an emoji together', () => {
    expect(['👨‍👩‍👧', '•']).toContain(drawable('👨‍👩‍👧'));
    expect(['👍🏽', '•']).toContain(drawable('👍🏽'));
  });
});

test('a text that is too long is cut between two characters and ends with an ellipsis', () => {
  const widthOf = (text: string) => 7 * graphemes(text).length;
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 30 }),
      fc.integer({ min: 7, max: 200 }),
      (text, most) => {
        const shown = shorten(text, most, widthOf);
        expect(widthOf(shown)).toBeLessThanOrEqual(most);
        if (shown === text) return;
        expect(shown.endsWith('…')).toBe(true);
        expect(
          graphemes(text)
            .join('\0')
            .startsWith(graphemes(shown.slice(0, -1)).join('\0')),
        ).toBe(true);
      },
    ),
  );
});

import { expect, test } from 'vitest';
import { clip, code, numbered, plain, prose, withFormulas } from '../../src/discord/cards/markdown.ts';

test('a name is shown letter by letter, and mentions nobody', () => {
  expect(plain('**bold** @everyone <@1> [x](http://y)')).toBe(
    String.raw`\*\*bold\*\* \@everyone \<\@1\> \[x\](http\://y)`,
  );
});

test('a name cannot break its line or turn its direction', () => {
  expect(plain('a\nb\u202Ec\u2066d')).toBe('a b c d');
});

test('prose keeps code and shows everything else letter by letter', () => {
  expect(prose('2*3 `a*b_c` d_k')).toBe(String.raw`2\*3 ${'`a*b_c`'} d\_k`);
  expect(prose('# no title\n> no quote\n- no list\n1. no number\n0.1 is a number')).toBe(
    String.raw`\# no title` +
      '\n' +
      String.raw`\> no quote` +
      '\n' +
      String.raw`\- no list` +
      '\n' +
      String.raw`1\. no number` +
      '\n0.1 is a number',
  );
});

test('a formula is shown by its number among those of the item', () => {
  expect(prose('so {{f}} holds, {{g}} not', { e: 'E', f: '\\frac{a}{b}' })).toBe('so ⟨2⟩ holds, {{g}} not');
});

test('where there is no markdown, a formula has its number all the same', () => {
  expect(numbered('d_k in {{f}}', { e: 'E', f: 'f' })).toBe('d_k in ⟨2⟩');
});

test('clipping never cuts a character in half', () => {
  expect(clip('ab😀cd', 4)).toBe('ab…');
  expect(clip('abcd', 4)).toBe('abcd');
});

test('where a card speaks of several questions, a formula is named by its source', () => {
  expect(prose(withFormulas('so {{f}} holds', { f: 'a`b' }, code))).toBe("so `a'b` holds");
});

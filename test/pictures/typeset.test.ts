import { describe, expect, test } from 'vitest';
import { drawFormulas, formulaProblem } from '../../src/pictures/formulas.ts';
import { typeset } from '../../src/pictures/typeset.ts';
import { sizeOfPng } from './png.ts';

describe('what papers write is typeset', () => {
  test.each([
    '\\operatorname{softmax}\\left(\\frac{QK^\\top}{\\sqrt{d_k}}\\right)V',
    '\\mathbb{E}_{x\\sim p}\\left[\\log\\frac{p(x)}{q(x)}\\right]',
    '\\begin{cases}a&x>0\\\\\\text{否则}&\\text{else}\\end{cases}',
    '\\begin{array}{c|c}1&2\\\\\\hline 3&4\\end{array}',
    '\\boldsymbol{\\theta}\\leftarrow\\boldsymbol{\\theta}-\\eta\\nabla_{\\!\\theta}\\mathcal{L}',
    '\\overbrace{a+b}^{n}\\xrightarrow{f}\\boxed{\\widehat{xyz}}\\lVert x\\rVert_2',
    '\\begin{aligned}a&=b\\\\&=c\\end{aligned}',
  ])('%s', (tex) => {
    expect(formulaProblem(tex)).toBeUndefined();
    const { width, ascent, descent } = typeset(tex);
    expect(width).toBeGreaterThan(500);
    expect(ascent + descent).toBeGreaterThan(500);
  });
});

describe('what is no mathematics is refused', () => {
  test.each([
    ['\\def\\a{\\a\\a}\\a', 'Undefined control sequence'],
    ['\\newcommand{\\x}{1}', 'Undefined control sequence'],
    ['\\href{javascript:alert(1)}{x}', 'Undefined control sequence'],
    ['\\require{html}', 'Undefined control sequence'],
    ['\\class{x}{y}', 'Undefined control sequence'],
    ['\\includegraphics{/etc/passwd}', 'Undefined control sequence'],
    [`\\begin{array}{c}${'a\\\\'.repeat(40)}\\end{array}`, 'em tall'],
    ['\\tag{1} x', 'tags are not supported'],
    ['\\frac{a}{', 'Missing close brace'],
    ['{'.repeat(400), 'nested more than 20 deep'],
    ['{'.repeat(15), 'missing close brace'],
    ['\\left('.repeat(30), 'nested more than 20 deep'],
  ])('%s', (tex, problem) => expect(formulaProblem(tex)).toContain(problem));
});

test('no formula of the length that an item may have takes half of the studio’s patience', () => {
  const nested = ['\\frac{a}{', '\\sqrt{', 'x^{', '\\overline{', '\\sqrt{\\frac{1}{'].map((part) => {
    const depth = Math.floor(20 / (part.split('{').length - part.split('}').length));
    return `${part.repeat(depth)}x${'}'.repeat(20)}`;
  });
  const long = ['x', '{}', '\\sqrt1', '\\frac12', '\\left(\\right)', 'x_1^2', '\\text{字}', '&', '\\\\'].map(
    (part) => {
      const row = part.repeat(Math.floor(440 / part.length));
      return `\\begin{array}{c}${row}\\end{array}`;
    },
  );
  for (const tex of [...nested, ...long]) {
    const began = performance.now();
    drawFormulas([{ number: 1, tex }]);
    expect(performance.now() - began, tex).toBeLessThan(5_000);
  }
});

test('formulas stand one below the other, and more of them make a taller picture', () => {
  const one = sizeOfPng(drawFormulas([{ number: 1, tex: 'x' }]));
  const two = sizeOfPng(
    drawFormulas([
      { number: 1, tex: 'x' },
      { number: 2, tex: '\\frac{a}{b}' },
    ]),
  );
  expect(two.width).toBe(one.width);
  expect(two.height).toBeGreaterThan(one.height + 60);
});

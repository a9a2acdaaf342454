import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readNumber } from '../../src/bank/read-number.ts';

describe('readNumber', () => {
  test.each([
    ['1,720', 1720],
    ['1，720', 1720],
    ['65 504', 65_504],
    ['65\u202f504', 65_504],
    ['1_000_000.5', 1_000_000.5],
    ['1.72e6', 1_720_000],
    ['1.72E+6', 1_720_000],
    ['1.72×10⁶', 1_720_000],
    ['1.72 * 10^6', 1_720_000],
    ['2^16', 65_536],
    ['2**16', 65_536],
    ['10⁻³', 0.001],
    ['1/8', 0.125],
    ['½', 0.5],
    ['１２．５', 12.5],
    ['.5', 0.5],
    ['−3', -3],
    ['+3', 3],
    ['≈ 42', 42],
    ['约 42。', 42],
    ['about 42', 42],
    ['87.5%', 0.875],
    ['1.7 million', 1_700_000],
    ['7B', 7e9],
    ['1.2万', 12_000],
    ['3 千万', 30_000_000],
    ['12 heads', 12],
    ['12 个头', 12],
  ])('reads %s as %d', (text, value) => {
    expect(readNumber(text, '')).toBeCloseTo(value, 9);
  });

  test.each([
    '',
    'x',
    '1,2',
    '1,23,456',
    '5 6',
    '5-10',
    '1.2.3',
    '12 or 24',
    '--3',
    'e5',
    '1e999',
    '1/0',
    'NaN',
    'Infinity',
  ])('reads no number in %j', (text) => {
    expect(readNumber(text, '')).toBeUndefined();
  });

  test.each([
    ['80', 'GB', 80],
    ['80 gb', 'GB', 80],
    ['80G', 'GB', 80],
    ['0.5 TB', 'GB', 500],
    ['1 GiB', 'GB', 1.073741824],
    ['2 TB/s', 'GB/s', 2000],
    ['2 TB/秒', 'GB/s', 2000],
    ['1.5 s', 'ms', 1500],
    ['2 分钟', 's', 120],
    ['0.312 PFLOPS', 'TFLOPS', 312],
    ['312T', 'TFLOPS', 312],
    ['87.5%', '%', 87.5],
    ['87.5', '%', 87.5],
    ['7 billion', 'B', 7],
    ['70B', '亿', 700],
    ['1.7 million', 'million parameters', 1.7],
    ['4k tokens', 'tokens', 4000],
    ['12 m2', 'm2', 12],
  ])('reads %s in %s as %d', (text, unit, value) => {
    expect(readNumber(text, unit)).toBeCloseTo(value, 9);
  });

  test.each([
    ['80 ms', 'GB'],
    ['80 cats', 'GB'],
    ['80 GB', 'GB/s'],
  ])('cannot read %s in %s', (text, unit) => {
    expect(readNumber(text, unit)).toBeUndefined();
  });

  test('reads back what JavaScript writes', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const read = readNumber(String(value), '')!;
        expect(Math.abs(read - value)).toBeLessThanOrEqual(
          Math.abs(value) * 1e-12 + Number.MIN_VALUE * 2 ** 60,
        );
      }),
    );
  });

  test('never throws, and takes no time to speak of, whatever it is given', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(..."0123456789 ,._'+-*/^ex%k万") }),
        (text) => void readNumber(text, 'GB'),
      ),
    );
    const before = performance.now();
    readNumber(`${'1 '.repeat(5000)}x`, '');
    readNumber('1'.repeat(10_000), '');
    readNumber(`${' 000'.repeat(3000)}!`, '');
    expect(performance.now() - before).toBeLessThan(200);
  });
});

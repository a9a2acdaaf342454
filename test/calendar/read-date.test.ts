import { describe, expect, it } from 'vitest';
import { parseDate, parseLength } from '../../src/calendar/read-date.ts';

const today = '2026-11-22';

describe('a written date', () => {
  it.each([
    ['2026-12-01', '2026-12-01'],
    ['2026/12/1', '2026-12-01'],
    ['２０２６年１２月１日', '2026-12-01'],
    ['12-1', '2026-12-01'],
    ['11月22日', '2026-11-22'],
    ['11-21', '2027-11-21'],
    ['2 . 3', '2027-02-03'],
    [' Today ', '2026-11-22'],
    ['明天', '2026-11-23'],
  ])('%s is %s', (text, date) => {
    expect(parseDate(text, today)).toBe(date);
  });

  it('in a leap year can be a leap day, and is the next one where no year is given', () => {
    expect(parseDate('2028-2-29', today)).toBe('2028-02-29');
    expect(parseDate('2-29', '2027-06-01')).toBe('2028-02-29');
  });

  it.each(['', 'soon', '2026-02-30', '2026-13-01', '13-13', '1e3', '2026-12-01T00:00', '@everyone'])(
    '%s is none',
    (text) => {
      expect(parseDate(text, today)).toBeUndefined();
    },
  );
});

describe('a written length', () => {
  it.each([
    ['14', 14],
    ['1 day', 1],
    ['2 weeks', 14],
    ['两周', 14],
    ['3天', 3],
    ['１４ 天', 14],
    ['一个星期', 7],
  ])('%s is %i days', (text, days) => {
    expect(parseLength(text)).toBe(days);
  });

  it.each(['', '0', 'weeks', '2 months', '-3', '99999', '2026-12-01'])('%s is none', (text) => {
    expect(parseLength(text)).toBeUndefined();
  });
});

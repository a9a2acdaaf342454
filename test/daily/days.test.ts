import { expect, test } from 'vitest';
import { parseDays } from '../../src/daily/days.ts';

test.each([
  ['every day', [1, 2, 3, 4, 5, 6, 7]],
  ['Weekdays', [1, 2, 3, 4, 5]],
  ['周末', [6, 7]],
  ['mon, wed and fri', [1, 3, 5]],
  ['Saturdays', [6]],
  ['周一、周三、周五', [1, 3, 5]],
  ['星期天', [7]],
  ['一三五', [1, 3, 5]],
  ['fri,mon,fri', [1, 5]],
  ['ｍｏｎ', [1]],
])('reads %s', (text, days) => expect(parseDays(text)).toEqual(days));

test.each(['', 'someday', 'mo', 'monday or so', '周八', '周', 's', '1,2'])('refuses “%s”', (text) =>
  expect(parseDays(text)).toBeUndefined(),
);

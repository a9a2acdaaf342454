/**
 * What clocks on the wall show, read from Intl alone: the tests do not ask the library that they test.
 * All is in epoch milliseconds; a wall-clock reading is written as if it were UTC.
 */

/** A time during which a zone's offset stays the same, `from` included. */
export type Stretch = { readonly from: number; readonly to: number; readonly offset: number };

export const MINUTE = 60_000;
export const DAY = 86_400_000;

/** The zone's stretches from `from` to `to`. Two changes within a day would be taken for one: no zone has that. */
export function stretchesOf(zone: string, from: number, to: number): Stretch[] {
  const offsetAt = offsetReader(zone);
  const stretches: Stretch[] = [];
  let start = from;
  for (let at = from; at < to; at += DAY) {
    const offset = offsetAt(at);
    if (offsetAt(at + DAY) === offset) continue;
    let [before, after] = [at, at + DAY];
    while (after - before > MINUTE) {
      const middle = before + Math.floor((after - before) / 2 / MINUTE) * MINUTE;
      if (offsetAt(middle) === offset) before = middle;
      else after = middle;
    }
    stretches.push({ from: start, to: after, offset });
    start = after;
  }
  return [...stretches, { from: start, to, offset: offsetAt(to) }];
}

/** The first instant at which clocks show `reading`, or what stands for it where they jump over it. */
export function expectedInstant(stretches: readonly Stretch[], reading: number): number | undefined {
  for (const { from, to, offset } of stretches) {
    const at = reading - offset;
    if (at >= from && at < to) return at;
  }
  const jump = stretches.find(({ from, offset }) => from + offset > reading);
  if (!jump) return undefined;
  const sameDate = (at: number) => Math.floor(at / DAY) === Math.floor(reading / DAY);
  const before = stretches[stretches.indexOf(jump) - 1];
  if (sameDate(jump.from + jump.offset)) return jump.from;
  return before && sameDate(before.to - MINUTE + before.offset) ? before.to - MINUTE : undefined;
}

function offsetReader(zone: string): (at: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    timeZoneName: 'longOffset',
    year: 'numeric',
  });
  return (at) => {
    const [, sign = '+', hours = 0, minutes = 0] = /GMT([+-])(\d\d):(\d\d)$/.exec(format.format(at)) ?? [];
    return (Number(hours) * 60 + Number(minutes)) * MINUTE * (sign === '-' ? -1 : 1);
  };
}

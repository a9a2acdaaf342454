import { describe, expect, it } from 'vitest';
import { CITIES } from '../../src/calendar/cities.ts';
import { canonicalZone, searchZones, zoneLabel } from '../../src/calendar/zones.ts';

const winter = Date.UTC(2026, 0, 15, 12);
const summer = Date.UTC(2026, 6, 15, 12);
const supported = Intl.supportedValuesOf('timeZone');

const zonesFor = (query: string) => searchZones(query, 'en', winter).map(({ zone }) => zone);

describe('the canonical zone', () => {
  it.each([
    ['Asia/Kolkata', 'Asia/Kolkata'],
    ['asia/kolkata', 'Asia/Kolkata'],
    ['Asia/Calcutta', 'Asia/Kolkata'],
    ['EUROPE/KIEV', 'Europe/Kyiv'],
    ['america/argentina/buenos_aires', 'America/Argentina/Buenos_Aires'],
    ['PRC', 'Asia/Shanghai'],
    ['US/Pacific', 'America/Los_Angeles'],
    ['utc', 'UTC'],
    ['Etc/UTC', 'UTC'],
    ['etc/gmt+8', 'Etc/GMT+8'],
  ])('of %s is %s', (name, zone) => {
    expect(canonicalZone(name)).toBe(zone);
  });

  it.each(['+08:00', '-03', '8', 'Asia/Atlantis', 'Beijing', ''])('is none for %s', (name) => {
    expect(canonicalZone(name)).toBeUndefined();
  });

  it('of each zone of Intl is one that Intl takes for the same', () => {
    const sameClock = (a: string, b: string) =>
      [a, b].map((timeZone) => new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone);
    for (const zone of supported) {
      const [before, after] = sameClock(zone, canonicalZone(zone)!);
      expect(after).toBe(before);
    }
  });

  it('stays the same when asked for again', () => {
    const zones = supported.map((zone) => canonicalZone(zone)!);
    expect(zones.map(canonicalZone)).toEqual(zones);
  });
});

describe('the table of cities', () => {
  it('has each zone of Intl', () => {
    const named = new Set(CITIES.map(({ zone }) => zone));
    expect(supported.filter((zone) => !named.has(canonicalZone(zone)!))).toEqual([]);
  });

  it('names no zone that there is not, and each by its modern name', () => {
    expect(CITIES.filter(({ zone }) => canonicalZone(zone) !== zone)).toEqual([]);
  });

  it('has each city in both languages', () => {
    const isNamed = (names: readonly string[], script: RegExp) => names.every((name) => script.test(name));
    const wrong = CITIES.filter(
      ({ en, zh }) =>
        !isNamed(en, /^[\p{Script=Latin}\p{M}\p{P}\p{Lm} ]+$/u) || !isNamed(zh, /^[\p{Script=Han}·]+$/u),
    );
    expect(wrong).toEqual([]);
  });

  it('has no city twice in a zone', () => {
    const seen = CITIES.flatMap(({ zone, en, zh }) => [`${zone} ${en[0]}`, `${zone} ${zh[0]}`]);
    expect(seen.filter((name, n) => seen.indexOf(name) !== n)).toEqual([]);
  });

  it('gives each zone its country', () => {
    const inCountry = (country: string) =>
      // Not yet in TypeScript's own library.
      (new Intl.Locale(`und-${country}`) as Intl.Locale & { getTimeZones(): string[] }).getTimeZones();
    const wrong = CITIES.filter(
      ({ zone, country }) =>
        zone !== 'UTC' && !inCountry(country).some((known) => canonicalZone(known) === zone),
    );
    expect(wrong).toEqual([]);
  });
});

describe('the search for a zone', () => {
  it.each([
    ['北京', 'Asia/Shanghai'],
    ['北京市', 'Asia/Shanghai'],
    ['北京时间', 'Asia/Shanghai'],
    ['Beijing', 'Asia/Shanghai'],
    ['beijing', 'Asia/Shanghai'],
    ['bei jing', 'Asia/Shanghai'],
    ['深圳', 'Asia/Shanghai'],
    ['杭州', 'Asia/Shanghai'],
    ['Kolkata', 'Asia/Kolkata'],
    ['Calcutta', 'Asia/Kolkata'],
    ['asia/calcutta', 'Asia/Kolkata'],
    ['加尔各答', 'Asia/Kolkata'],
    ['Mumbai', 'Asia/Kolkata'],
    ['孟买', 'Asia/Kolkata'],
    ['旧金山', 'America/Los_Angeles'],
    ['san francisco', 'America/Los_Angeles'],
    ['台北', 'Asia/Taipei'],
    ['台灣', 'Asia/Taipei'],
    ['香港', 'Asia/Hong_Kong'],
    ['新加坡', 'Asia/Singapore'],
    ['东京', 'Asia/Tokyo'],
    ['東京', 'Asia/Tokyo'],
    ['首尔', 'Asia/Seoul'],
    ['伦敦', 'Europe/London'],
    ['纽约', 'America/New_York'],
    ['sao paulo', 'America/Sao_Paulo'],
    ['Zürich', 'Europe/Zurich'],
    ['zurich', 'Europe/Zurich'],
    ['saigon', 'Asia/Ho_Chi_Minh'],
    ['st johns', 'America/St_Johns'],
    ['America/New_York', 'America/New_York'],
    ['PRC', 'Asia/Shanghai'],
    ['JST', 'Asia/Tokyo'],
    ['India', 'Asia/Kolkata'],
    ['印度', 'Asia/Kolkata'],
    ['中国', 'Asia/Shanghai'],
    ['Germany', 'Europe/Berlin'],
    ['德国', 'Europe/Berlin'],
    ['USA', 'America/New_York'],
    ['utc', 'UTC'],
    ['etc/gmt+8', 'Etc/GMT+8'],
  ])('finds for %s first %s', (query, zone) => {
    expect(zonesFor(query)[0]).toBe(zone);
  });

  it('finds each zone by the first name of each of its cities, in both languages', () => {
    const lost = CITIES.filter(
      ({ zone, en, zh }) => ![en[0], zh[0]].every((name) => zonesFor(name).slice(0, 2).includes(zone)),
    );
    expect(lost).toEqual([]);
  });

  it('puts beginnings before inner parts', () => {
    const zones = zonesFor('lon');
    const [longyearbyen, barcelona] = ['Arctic/Longyearbyen', 'Europe/Madrid'].map((zone) =>
      zones.indexOf(zone),
    );
    expect(longyearbyen).toBeGreaterThan(0);
    expect(barcelona).toBeGreaterThan(longyearbyen!);
  });

  it.each(['UTC+8', '+8', 'utc +8', 'GMT+08:00', '+0800', '＋８'])('takes %s as an offset', (query) => {
    const zones = searchZones(query, 'zh', winter, 100).map(({ zone }) => zone);
    expect(zones).toContain('Asia/Shanghai');
    expect(zones).toContain('Australia/Perth');
    expect(zones).not.toContain('Asia/Tokyo');
  });

  it('takes half hours, and offsets to the west', () => {
    expect(zonesFor('+5:30')).toEqual(['Asia/Kolkata', 'Asia/Colombo']);
    expect(zonesFor('UTC−3:30')).toEqual(['America/St_Johns']);
  });

  it('takes an offset as clocks show it now', () => {
    const newYork = (query: string, now: number) =>
      searchZones(query, 'en', now, 100).some(({ zone }) => zone === 'America/New_York');
    expect([newYork('-5', winter), newYork('-4', winter)]).toEqual([true, false]);
    expect([newYork('-5', summer), newYork('-4', summer)]).toEqual([false, true]);
  });

  it('offers common zones before anything is typed', () => {
    expect(searchZones('', 'zh', winter)[0]?.zone).toBe('Asia/Shanghai');
    expect(searchZones(' ', 'en', winter)[0]?.zone).toBe('America/New_York');
    expect(searchZones('', 'en', winter).length).toBeGreaterThan(15);
  });

  it('finds nothing for what is no place', () => {
    expect(zonesFor('xyzzy')).toEqual([]);
  });

  it('keeps to its limit, and names each zone once', () => {
    const zones = zonesFor('a');
    expect(zones).toHaveLength(25);
    expect(new Set(zones).size).toBe(25);
    expect(searchZones('a', 'en', winter, 5)).toHaveLength(5);
  });
});

describe('the label of a zone', () => {
  it('has the city that was asked for, in the language of who asks', () => {
    expect(searchZones('Beijing', 'en', winter)[0]?.label).toBe('Beijing · Asia/Shanghai · UTC+8');
    expect(searchZones('beijing', 'zh', winter)[0]?.label).toBe('北京 · Asia/Shanghai · UTC+8');
    expect(searchZones('Bombay', 'en', winter)[0]?.label).toBe('Mumbai · Asia/Kolkata · UTC+5:30');
  });

  it('has the first city where the zone itself was asked for', () => {
    expect(searchZones('asia/shanghai', 'zh', winter)[0]?.label).toBe('上海 · Asia/Shanghai · UTC+8');
    expect(zoneLabel('Asia/Shanghai', 'en', winter)).toBe('Shanghai · Asia/Shanghai · UTC+8');
  });

  it('has the offset of the moment', () => {
    expect(zoneLabel('America/St_Johns', 'en', winter)).toBe("St. John's · America/St_Johns · UTC-3:30");
    expect(zoneLabel('America/St_Johns', 'en', summer)).toBe("St. John's · America/St_Johns · UTC-2:30");
    expect(zoneLabel('Pacific/Chatham', 'zh', winter)).toBe('查塔姆 · Pacific/Chatham · UTC+13:45');
  });

  it('does without a city where there is none', () => {
    expect(zoneLabel('Etc/GMT+8', 'en', winter)).toBe('Etc/GMT+8 · UTC-8');
  });

  it('fits a choice of Discord, for each city', () => {
    const lengths = CITIES.flatMap(({ en, zh }) => [...en, ...zh]).flatMap((name) =>
      searchZones(name, 'en', winter).map(({ label }) => label.length),
    );
    expect(Math.max(...lengths)).toBeLessThanOrEqual(100);
  });
});

it('answers each letter typed within 2 ms, once it is warm', () => {
  const typed = ['s', 'sa', 'san', 'san f', '北', '北京', '+8', 'UTC+5:30', 'america', 'xyzzy'];
  const round = () => {
    const start = performance.now();
    for (const query of typed) searchZones(query, 'en', winter);
    return (performance.now() - start) / typed.length;
  };
  const rounds = Array.from({ length: 30 }, round).sort((a, b) => a - b);
  expect(rounds[15]).toBeLessThan(2);
});

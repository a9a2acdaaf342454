import { Temporal } from 'temporal-polyfill';
import { CITIES, type City } from './cities.ts';

export type Language = 'en' | 'zh';

export type ZoneChoice = { readonly zone: string; readonly label: string };

/**
 * The name to store for a time zone: IANA's, in its modern spelling and its own case. A link leads to the zone that it
 * stands for: 'asia/calcutta' → 'Asia/Kolkata', 'PRC' → 'Asia/Shanghai'.
 * @returns `undefined` for what names no zone; a bare offset such as '+08:00' does not, for it knows no summer time
 */
export function canonicalZone(name: string): string | undefined {
  if (/^[+-]/.test(name)) return undefined;
  const zone = resolveZone(name);
  return zone && (modernNames().get(zone) ?? zone);
}

/**
 * The zones that a person may mean, by city or country in either language, by the zone's own name, or by the offset
 * that its clocks have `now`, such as 'UTC+8' or '-3:30'. Whole names come first, then beginnings, then inner parts;
 * among equals the common zones. An empty query finds the zones most common among speakers of `language`.
 * @param now epoch milliseconds
 */
export function searchZones(query: string, language: Language, now: number, limit = 25): ZoneChoice[] {
  const common = COMMON_ZONES[language];
  const wanted = normalize(query);
  if (wanted === '')
    return common.slice(0, limit).map((zone) => ({ zone, label: zoneLabel(zone, language, now) }));

  const offset = parseOffset(query);
  const named = canonicalZone(query.trim());
  const matchOf = (place: Place): Match => {
    if (place.zone === named || (offset !== undefined && offset === offsetAt(place.zone, now)))
      return WHOLE_ZONE;
    return matchPlace(place, wanted);
  };
  const rankOf = (zone: string) => (common.includes(zone) ? common.indexOf(zone) : common.length);

  const found = [...places().values()]
    .map((place) => ({ ...place, ...matchOf(place) }))
    .filter(({ distance }) => distance < Infinity)
    .sort((a, b) => a.distance - b.distance || rankOf(a.zone) - rankOf(b.zone))
    .map(({ zone, cities, nth }) => ({ zone, label: labelOf(cities[nth]?.[language][0], zone, now) }));
  if (named && !places().has(named)) found.unshift({ zone: named, label: labelOf(undefined, named, now) });
  return found.slice(0, limit);
}

/** A zone as people read it: '上海 · Asia/Shanghai · UTC+8', with the offset that it has `now` (epoch milliseconds). */
export function zoneLabel(zone: string, language: Language, now: number): string {
  return labelOf(places().get(zone)?.cities[0]?.[language][0], zone, now);
}

/** A zone with its cities and all the words that find it, normalized. */
type Place = {
  readonly zone: string;
  readonly cities: readonly City[];
  /** The names of each of the cities. */
  readonly cityNames: readonly (readonly string[])[];
  /** The name of the zone, and those of its country. */
  readonly zoneNames: readonly string[];
};

/** How far a query is from a place, and which of its cities it found. */
type Match = { readonly distance: number; readonly nth: number };

const WHOLE_ZONE: Match = { distance: 0, nth: 0 };

function matchPlace({ cityNames, zoneNames }: Place, wanted: string): Match {
  const distances = cityNames.map((names) => distanceOf(names, wanted));
  const nearest = Math.min(...distances);
  const zoneDistance = distanceOf(zoneNames, wanted);
  return zoneDistance < nearest
    ? { distance: zoneDistance, nth: 0 }
    : { distance: nearest, nth: distances.indexOf(nearest) };
}

/** 0 for a whole name, 1 for the beginning of one, 2 for an inner part. */
function distanceOf(names: readonly string[], wanted: string): number {
  if (names.includes(wanted)) return 0;
  if (names.some((name) => name.startsWith(wanted))) return 1;
  return names.some((name) => name.includes(wanted)) ? 2 : Infinity;
}

/** Leaves what tells names apart: 'São Paulo' → 'saopaulo', 'Bei Jing' → 'beijing', '北京市' → '北京'. */
function normalize(text: string): string {
  const letters = text.normalize('NFKD').replace(/[\p{M}\p{P}\p{Z}\p{Lm}]/gu, '');
  return letters.toLowerCase().replace(/市$/, '');
}

function labelOf(city: string | undefined, zone: string, now: number): string {
  const offset = offsetAt(zone, now);
  const minutes = Math.abs(offset) % 60;
  const hours = (Math.abs(offset) - minutes) / 60;
  const clock = `UTC${offset < 0 ? '-' : '+'}${hours}${minutes ? `:${String(minutes).padStart(2, '0')}` : ''}`;
  return [...(city ? [city] : []), zone, clock].join(' · ');
}

/** Reads '+8', 'UTC+8', 'gmt -3:30' or '+0530' as minutes east of Greenwich. */
function parseOffset(text: string): number | undefined {
  const plain = text.normalize('NFKC').replace(/\s/g, '').replace('−', '-');
  const [, sign, hours, minutes = 0] = /^(?:utc|gmt)?([+-])(\d\d?)(?::?(\d\d))?$/i.exec(plain) ?? [];
  if (!sign) return undefined;
  return (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
}

/** Minutes east of Greenwich, remembered for a quarter of an hour: no zone changes its clocks in between. */
function offsetAt(zone: string, now: number): number {
  const quarter = Math.floor(now / 900_000);
  const known = offsets.get(zone);
  if (known?.quarter === quarter) return known.minutes;
  const { offsetNanoseconds } = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone);
  const minutes = Math.round(offsetNanoseconds / 60e9);
  offsets.set(zone, { quarter, minutes });
  return minutes;
}
const offsets = new Map<string, { quarter: number; minutes: number }>();

/** Intl's own name for a zone, whatever its case; `undefined` where Intl knows none. */
function resolveZone(name: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

/** Intl still gives some zones their old names (Asia/Calcutta, Europe/Kiev): the names of our table, by those. */
const modernNames = once(() => {
  const current = new Set(Intl.supportedValuesOf('timeZone'));
  const renamed = [...places().keys()].filter((zone) => !current.has(zone));
  return new Map(renamed.map((zone) => [resolveZone(zone), zone]));
});

const places = once((): ReadonlyMap<string, Place> => {
  const nameCountry = ['en', 'zh', 'zh-Hant'].flatMap((language) =>
    (['long', 'short'] as const).map((style) => new Intl.DisplayNames(language, { type: 'region', style })),
  );
  const byZone = Map.groupBy(CITIES, ({ zone }) => zone);
  return new Map(
    [...byZone].map(([zone, cities]) => {
      const country = cities[0]!.country;
      const countryNames = nameCountry.map((names) => names.of(country) ?? country);
      const zoneNames = [zone, ...countryNames, ...(OTHER_COUNTRY_NAMES[country] ?? [])].map(normalize);
      return [
        zone,
        { zone, cities, cityNames: cities.map(({ en, zh }) => [...en, ...zh].map(normalize)), zoneNames },
      ];
    }),
  );
});

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** What people call a country, beside the names that Intl has for it. */
const OTHER_COUNTRY_NAMES: Readonly<Record<string, readonly string[]>> = {
  AE: ['UAE', 'Emirates', '阿联酋'],
  GB: ['Great Britain', 'England'],
  KR: ['Korea'],
  TR: ['Turkey'],
  US: ['USA'],
};

const CHINESE_SPEAKING = ['Asia/Shanghai', 'Asia/Hong_Kong', 'Asia/Taipei', 'Asia/Singapore', 'Asia/Macau'];

const AROUND_THE_WORLD = [
  'America/New_York',
  'America/Los_Angeles',
  'America/Chicago',
  'America/Denver',
  'America/Toronto',
  'America/Vancouver',
  'America/Sao_Paulo',
  'Europe/London',
  'Europe/Paris',
  'Europe/Berlin',
  'Europe/Moscow',
  'Asia/Dubai',
  'Asia/Kolkata',
  'Asia/Singapore',
  'Asia/Shanghai',
  'Asia/Hong_Kong',
  'Asia/Taipei',
  'Asia/Tokyo',
  'Asia/Seoul',
  'Asia/Kuala_Lumpur',
  'Australia/Sydney',
  'Pacific/Auckland',
  'UTC',
];

const COMMON_ZONES: Readonly<Record<Language, readonly string[]>> = {
  en: AROUND_THE_WORLD,
  zh: [...new Set([...CHINESE_SPEAKING, ...AROUND_THE_WORLD])],
};

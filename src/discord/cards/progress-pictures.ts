import type { APIMediaGalleryComponent } from 'discord.js';
import type { Bank } from '../../bank/load.ts';
import type { Language } from '../../bank/schema.ts';
import { addDays } from '../../calendar/dates.ts';
import { daysOf, studyDaysOf, topicsOf } from '../../progress/derived.ts';
import type { Member, Tally } from '../../progress/member.ts';
import type { Standing } from '../../progress/service.ts';
import type { Outlook } from '../../review/outlook.ts';
import { pictureWords } from '../words/pictures.ts';
import { picture } from './picture.ts';

/** The last year's study days, with the streak. */
export function studyPicture(
  { member, streak, today }: Standing,
  language: Language,
): APIMediaGalleryComponent {
  const say = pictureWords[language].study;
  const number = (value: number) => value.toLocaleString(language);
  const yearAgo = addDays(today, -365);
  const acts = Object.fromEntries(
    Object.entries(daysOf(member)).flatMap(([date, day]) => (date > yearAgo ? [[date, day.acts]] : [])),
  );
  const frozen = streak.frozen.filter((date) => date > yearAgo);
  const studied = Object.values(acts).filter((count) => count > 0).length;
  return picture(
    {
      kind: 'study',
      language,
      data: {
        title: say.title,
        figures: [
          { value: number(streak.current), label: say.current },
          { value: number(streak.longest), label: say.longest },
          { value: number(streak.freezes), label: say.freezes },
          { value: number(studyDaysOf(member).length), label: say.studied },
        ],
        today,
        acts,
        frozen,
        legend: { less: say.less, more: say.more, frozen: say.frozen },
      },
    },
    say.alt(studied, streak.current, streak.longest, streak.freezes, frozen.length),
  );
}

/** How much of each topic a person knew, the most studied first; nothing without any. */
export function masteryPicture(member: Member, bank: Bank, language: Language): APIMediaGalleryComponent[] {
  const say = pictureWords[language].mastery;
  const topics = Object.entries(topicsOf(member))
    .map(([slug, tally]) => ({ name: bank.topics.get(slug)?.[language] ?? slug, ...masteryOf(tally) }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count)
    .slice(0, MOST_TOPICS);
  if (topics.length === 0) return [];
  const data = {
    title: say.title,
    topics: topics.map(({ name, share, count }) => ({ name, share, detail: say.detail(count) })),
  };
  const lines = topics.map(({ name, share, count }) => say.line(name, share, count));
  return [picture({ kind: 'mastery', language, data }, say.alt(lines))];
}

/** Answers that were right and self-grades from Good on, among all. */
export function masteryOf({ answered, right, grades }: Tally): { share: number; count: number } {
  const [missed, partly, knew, atOnce] = grades;
  const count = answered + missed + partly + knew + atOnce;
  return { share: count > 0 ? (right + knew + atOnce) / count : 0, count };
}

/** How a person's deck is remembered, and what it will ask for. */
export function memoryPicture(outlook: Outlook, language: Language): APIMediaGalleryComponent {
  const say = pictureWords[language].memory;
  const { weeks, target, days } = outlook;
  const shares = weeks.map(({ date, asked, known }) => ({ date, share: asked > 0 ? known / asked : null }));
  const recall = {
    title: say.recall,
    weeks: shares,
    target,
    targetLabel: say.target(target),
    none: say.none,
  };
  const data = { recall, due: { title: say.due, days } };
  return picture({ kind: 'memory', language, data }, memoryAlt(outlook, language));
}

/** The same in words. */
export function memoryAlt({ weeks, target, days }: Outlook, language: Language): string {
  const say = pictureWords[language].memory;
  const due = (first: number) => days.slice(0, first).reduce((sum, day) => sum + day.due, 0);
  const recalls = weeks.flatMap(({ date, asked, known }) =>
    asked > 0 ? [say.week(date.slice(5), known / asked)] : [],
  );
  return say.alt(recalls, target, due(1), due(7), due(30));
}

/** They fit into a picture that is no taller than a phone. */
const MOST_TOPICS = 10;

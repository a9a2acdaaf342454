import { ApplicationCommandOptionType, type ChatInputCommandInteraction } from 'discord.js';
import { formatTimeOfDay, parseTimeOfDay } from '../calendar/next-time.ts';
import { DEFAULT_NEW_PER_DAY, DEFAULT_RETENTION } from '../review/card.ts';
import type { Reminder } from '../review/reminders.ts';
import type { Person } from '../settings/person.ts';
import { plain } from './cards/markdown.ts';
import type { Choice, Context } from './command.ts';
import { localized } from './localize.ts';
import { UserError } from './user-error.ts';
import { reviewWords } from './words/review.ts';

/** What a person can choose about their reviews, as options of `/settings me`. */
export const reviewOptions = [
  {
    type: ApplicationCommandOptionType.Integer as const,
    ...localized(
      'retention',
      '记忆率',
      'Reviews: percent of due questions that you want to know; 90 unless set',
      '复习：到期的题希望记得百分之几，默认 90',
    ),
    min_value: 80,
    max_value: 97,
  },
  {
    type: ApplicationCommandOptionType.Integer as const,
    ...localized('new_per_day', '每日新题', 'New questions a day in reviews', '复习时每天学几道新题'),
    min_value: 0,
    max_value: 100,
  },
  {
    type: ApplicationCommandOptionType.String as const,
    ...localized(
      'reminder',
      '提醒',
      'A direct message at this time of day, if there is reason to; or off',
      '每天这个时刻，有需要时私信提醒；填 off 关闭',
    ),
    autocomplete: true as const,
    max_length: 10,
  },
];

export function readReviewChoices(
  options: ChatInputCommandInteraction['options'],
): Pick<Partial<Person>, 'retention' | 'newPerDay'> {
  const retention = options.getInteger('retention');
  const newPerDay = options.getInteger('new_per_day');
  return { ...(retention === null ? {} : { retention }), ...(newPerDay === null ? {} : { newPerDay }) };
}

/**
 * The time of day, in minutes after midnight, or `off`.
 * @throws UserError
 */
export function readReminder(written: string, { language }: Context): number | 'off' {
  if (OFF.has(written.trim().toLowerCase())) return 'off';
  const time = parseTimeOfDay(written);
  if (time === undefined) {
    throw new UserError(() => reviewWords[language].settings.badReminder(plain(written)));
  }
  return time;
}

export function completeReminder(typed: string, { language }: Context): Choice[] {
  const times = Array.from({ length: 24 }, (_, hour) => formatTimeOfDay(hour * 60));
  const exact = parseTimeOfDay(typed);
  const fitting = times.filter((time) => time.includes(typed.trim()));
  return [
    { name: reviewWords[language].settings.offChoice, value: 'off' },
    ...[...new Set([...(exact === undefined ? [] : [formatTimeOfDay(exact)]), ...fitting])].map((time) => ({
      name: time,
      value: time,
    })),
  ];
}

/** What a person has chosen about their reviews, a line each. */
export function reviewSettings(
  person: Person,
  reminder: Reminder | undefined,
  { language }: Context,
): string[] {
  const say = reviewWords[language].settings;
  return [
    say.retention(person.retention ?? DEFAULT_RETENTION),
    say.newPerDay(person.newPerDay ?? DEFAULT_NEW_PER_DAY),
    reminder === undefined
      ? say.reminderOff
      : reminder.stopped === undefined
        ? say.reminderOn(formatTimeOfDay(reminder.time), reminder.zone)
        : say.reminderStopped(reminder.stopped),
  ];
}

const OFF = new Set(['off', 'none', '关闭', '不要提醒']);

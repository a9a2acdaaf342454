import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import type { Message } from '../../playground/start.ts';
import { loadBank } from '../../src/bank/load.ts';
import { addDays, periodKey } from '../../src/calendar/dates.ts';
import { posts as postsDefinition } from '../../src/daily/post.ts';
import { daysOf } from '../../src/progress/derived.ts';
import { members as membersDefinition, newMember } from '../../src/progress/member.ts';
import { documentKey, setName } from '../../src/store/keys.ts';
import { answered, customIds, type Driver, openStage, type Stage, textOf, until } from './stage.ts';

/** When in a day the bot is killed. */
export type KillPoint =
  /** At the n-th request of the day (from 1): as it arrives, once it has happened, or once it was answered. */
  | { readonly request: number; readonly phase: 'received' | 'committed' | 'answered' }
  /** So many milliseconds after the n-th reaction of the day (from 1) was sent to the bot. */
  | { readonly reaction: number; readonly after: number };

const bankFolder = fileURLToPath(new URL('../bank/fixtures/bank', import.meta.url));
const grades = ['❌', '🤔', '✅', '⚡'] as const;
const firstDay = '2026-03-02';
const DAY = 86_400_000;

/**
 * Plays one day after another on one store: three channels get their question, three members grade themselves, change
 * their minds and answer, and yesterday's cards close; each day the bot is killed at another point and started again.
 * At the end, everything that Discord shows is compared with everything that the store holds.
 *
 * The points are shared out among a few servers that play side by side: most of the time is waiting.
 */
export async function playDaysWithKills(driver: Driver, points: readonly KillPoint[]): Promise<Tally> {
  const shares = Array.from({ length: SIDE_BY_SIDE }, (_, share) =>
    points.filter((_, index) => index % SIDE_BY_SIDE === share),
  );
  const tallies = await Promise.all(shares.map((share) => playShare(driver, share)));
  return tallies.reduce((sum, each) => ({
    kills: sum.kills + each.kills,
    days: sum.days + each.days,
    posts: sum.posts + each.posts,
    grades: sum.grades + each.grades,
  }));
}

/** What was gone through; that everything was right is what the comparison itself checks. */
export type Tally = {
  readonly kills: number;
  readonly days: number;
  readonly posts: number;
  readonly grades: number;
};

async function playShare(driver: Driver, points: readonly KillPoint[]): Promise<Tally> {
  const stage = await openStage({ driver, at: `${firstDay}T08:00:00Z`, channels: 3, rateLimits: false });
  try {
    const game = createGame(stage);
    await game.begin();
    await game.play(undefined);
    let kills = 0;
    for (const point of points) if (await game.play(point)) kills++;
    return { kills, days: points.length + 1, ...(await game.compare()) };
  } finally {
    await stage.close();
  }
}

function createGame(stage: Stage) {
  const { playground, channels, guild } = stage;
  const [alice, bob, ming] = ['alice', 'bob', '小明'].map(stage.person) as [Person, Person, Person];
  type Person = ReturnType<Stage['person']>;
  let day = -1;
  let dead = false;

  async function begin(): Promise<void> {
    await stage.start({ QUESTIONS_DIR: bankFolder });
    for (const channel of channels) {
      await stage.moderator.slash(channel.id, 'daily add', {
        channel: channel.id,
        time: '09:00',
        timezone: 'UTC',
        topic: 'attention',
      });
    }
  }

  /** Waits until something holds; if the bot has died meanwhile, it is started again and its leases run out. */
  async function reach(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
    await until(`day ${day}: ${what}`, async () => {
      if (dead) await revive();
      return holds();
    });
  }

  async function revive(): Promise<void> {
    await stage.kill();
    await stage.pass(LEASE);
    dead = false;
    await stage.start({ QUESTIONS_DIR: bankFolder });
  }

  /** Plays a day. Returns whether the bot was killed on it: a day can have fewer requests than the point wants. */
  async function play(point: KillPoint | undefined): Promise<boolean> {
    day++;
    let requests = 0;
    let reactions = 0;
    let killed = false;
    const kill = async () => {
      if (killed) return;
      killed = true;
      await stage.bot.kill();
      dead = true;
    };
    const stopListening = playground.onRequest(async (record, phase) => {
      if (phase === 'received' && !killed) ordinals.set(record, ++requests);
      if (!point || !('request' in point) || point.phase !== phase) return;
      if (ordinals.get(record) === point.request) await kill();
    });
    const react = async (person: Person, message: Message, emoji: string, add = true) => {
      (add ? person.react : person.unreact)(message.channelId, message.id, emoji);
      if (point && 'reaction' in point && ++reactions === point.reaction) {
        await sleep(point.after);
        await kill();
      }
    };

    await stage.setTime(Date.parse(`${firstDay}T09:00:00Z`) + day * DAY);
    for (const [index, channel] of channels.entries()) {
      await reach(`question in channel ${index}`, () => stage.posts(channel).length > day);
      const message = stage.posts(channel)[day]!;
      await react(alice, message, grades[(day + index) % 4]!);
      if (day % 5 !== 3) {
        await react(bob, message, '⚡');
        await react(bob, message, '🤔');
        await react(bob, message, '⚡', false);
      }
      await answer(ming, message);
    }
    for (const channel of channels) {
      await reach('four grade reactions', () => (stage.posts(channel)[day]?.reactions.size ?? 0) >= 4);
    }
    await stage.pass(31_000);
    if (day > 0) {
      for (const channel of channels) {
        await reach('yesterday closed', () => textOf(stage.posts(channel)[day - 1]).includes('Closed'));
      }
    }
    stopListening();
    if (dead) await revive();
    for (const channel of channels) {
      const days = stage.posts(channel).map((message) => /Day (\d+)/.exec(textOf(message))?.[1]);
      expect(days, 'one post for each day').toEqual(
        Array.from({ length: day + 1 }, (_, index) => String(index + 1)),
      );
    }
    return killed;
  }

  const ordinals = new WeakMap<object, number>();

  /** Presses the first option, or grades where there are no options; again, if the bot dies over it. */
  async function answer(person: Person, message: Message): Promise<void> {
    const option = customIds(message).find((id) => id.startsWith('pick:'));
    if (!option) {
      person.react(message.channelId, message.id, '✅');
      return;
    }
    let done = false;
    await reach('an answer that is acknowledged', async () => {
      done ||= await answered(person.press(message, option)).then(
        (text) => /\+10|answered this one already/.test(text),
        () => false,
      );
      return done;
    });
  }

  /** Compares the store with what follows from Discord's messages alone. */
  async function compare(): Promise<{ posts: number; grades: number }> {
    const bank = await loadBank(bankFolder);
    const store = await stage.store();
    const postOf = store.collection(postsDefinition);
    const memberOf = store.collection(membersDefinition);
    let gradesSeen = 0;
    const expected = new Map([alice, bob, ming].map(({ id }) => [id, new Map<string, number>()]));
    const book = (userId: string, date: string, points: number) => {
      const dates = expected.get(userId)!;
      dates.set(date, (dates.get(date) ?? 0) + points);
    };
    for (const channel of channels) {
      for (const [index, message] of stage.posts(channel).entries()) {
        const date = addDays(firstDay, index);
        const post = (await postOf.get(documentKey.post(keyOf(message))))!;
        expect(post.date).toBe(date);
        const item = bank.items.get(post.questionId)!;
        for (const person of [alice, bob]) {
          const held = grades.filter((emoji) => message.reactions.get(emoji)?.users.has(person.id));
          gradesSeen += held.length;
          if (held.length > 0) book(person.id, date, 10);
        }
        const right =
          item.type === 'boolean'
            ? item.answer
            : item.type === 'single'
              ? post.order[0] === item.answer
              : false;
        book(ming.id, date, 10 + (right ? 5 * item.level : 0));
      }
    }
    for (const [userId, dates] of expected) {
      let differing: readonly string[] = [];
      await until(
        () => `the store agrees about ${userId}, who differs on ${differing.join(', ')}`,
        async () => {
          const member = await memberOf.get(documentKey.member(guild.id, userId));
          const booked = daysOf(member ?? newMember);
          const points = (date: string) => (booked[date] ? booked[date].self + booked[date].auto : undefined);
          differing = [...new Set([...Object.keys(booked), ...dates.keys()])]
            .filter((date) => points(date) !== dates.get(date))
            .map((date) => `${date}: ${points(date)} instead of ${dates.get(date)}`);
          return differing.length === 0;
        },
      );
      const periods = new Map<string, number>();
      for (const [date, points] of dates) {
        for (const period of ['week', 'month', 'all'] as const) {
          const key = periodKey(period, date);
          periods.set(key, (periods.get(key) ?? 0) + points);
        }
      }
      for (const [period, points] of periods) {
        expect(await store.orderedSet(setName.board(guild.id, period)).score(userId), period).toBe(points);
      }
      const streak = naiveStreak([...dates.keys()], addDays(firstDay, day));
      expect((await store.orderedSet(setName.streak(guild.id)).score(userId)) ?? 0, 'streak').toBe(streak);
    }
    const all = channels.reduce((sum, channel) => sum + stage.posts(channel).length, 0);
    const jobs = (await store.orderedSet(setName.jobs).range(0, Number.MAX_SAFE_INTEGER)).map(
      ({ member }) => member,
    );
    expect(
      jobs.filter((job) => !/^(ask|close|tidy):/.test(job)),
      'nothing left over',
    ).toEqual([]);
    expect(playground.violations).toEqual([]);
    return { posts: all, grades: gradesSeen };
  }

  return { begin, play, compare };
}

/** Day by day, with every day judged but the last, whose daily is still open. */
function naiveStreak(days: readonly string[], last: string): number {
  let streak = 0;
  let freezes = 0;
  for (let date = firstDay; date <= last; date = addDays(date, 1)) {
    if (days.includes(date)) {
      streak++;
      if (streak % 7 === 0) freezes = Math.min(2, freezes + 1);
    } else if (date < last) {
      if (freezes > 0) freezes--;
      else streak = 0;
    }
  }
  return streak;
}

function keyOf(message: Message): string {
  return customIds(message)[0]!.split(':')[1]!;
}

/** Milliseconds: longer than the lease of a job. */
const LEASE = 125_000;

const SIDE_BY_SIDE = 2;

/** Every request of a day in every phase, and moments around every reaction. */
export function everyPoint(requests: number, reactions: number): KillPoint[] {
  const phases = ['received', 'committed', 'answered'] as const;
  return [
    ...Array.from({ length: requests }, (_, index) =>
      phases.map((phase) => ({ request: index + 1, phase })),
    ).flat(),
    ...Array.from({ length: reactions }, (_, index) =>
      [0, 4, 12].map((after) => ({ reaction: index + 1, after })),
    ).flat(),
  ];
}

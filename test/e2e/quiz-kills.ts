import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { Message } from '../../playground/start.ts';
import { daysOf } from '../../src/progress/derived.ts';
import { members } from '../../src/progress/member.ts';
import { POINTS } from '../../src/progress/points.ts';
import { quizzes } from '../../src/quiz/quiz.ts';
import { standingsOf } from '../../src/quiz/score.ts';
import { documentKey, setName } from '../../src/store/keys.ts';
import { createQuizPlayer, openLobby, pressAction, quizBank, quizMessages } from './quiz-player.ts';
import { answered, customIds, type Driver, openStage, type Stage, textOf, until } from './stage.ts';

/** A moment at which the bot is killed. */
type KillPoint =
  /** As a message of the quiz is asked for, once it is in the channel, or once Discord has answered. */
  | { readonly post: RegExp; readonly phase: 'received' | 'committed' | 'answered' }
  /** So many milliseconds after all players have clicked at once. */
  | { readonly clicksInto: number; readonly after: number };

/** What was gone through; that everything was right is what the game itself checks. */
export type QuizTally = {
  readonly kills: number;
  readonly players: number;
  readonly answers: number;
};

/** A kill in each state: asking, open, closing, reveal, booking, ending; lobby and finished come on top. */
const POINTS_OF_KILL: readonly KillPoint[] = [
  { post: /-q0"/, phase: 'received' },
  { post: /-q1"/, phase: 'committed' },
  { clicksInto: 2, after: 40 },
  { post: /-r2"/, phase: 'received' },
  { post: /-r3"/, phase: 'committed' },
  { post: /-r4"/, phase: 'answered' },
  { clicksInto: 5, after: 150 },
  { post: /-end"/, phase: 'committed' },
];

/**
 * A hundred people play a quiz of every type of question; the bot is killed in each of its states. At the end, what
 * each was told is compared with what the quiz, the boards and the channel hold.
 */
export async function playQuizWithKills(driver: Driver): Promise<QuizTally> {
  const names = Array.from({ length: PLAYERS }, (_, index) => `p${index}`);
  const stage = await openStage({ driver, members: names, rateLimits: false });
  try {
    return await play(stage, names);
  } finally {
    await stage.close();
  }
}

async function play(stage: Stage, names: readonly string[]): Promise<QuizTally> {
  const { playground } = stage;
  const player = await createQuizPlayer();
  const messages = quizMessages(stage);
  const people = names.map((name) => stage.person(name));
  let kills = 0;
  let dead = false;

  const kill = async () => {
    kills += 1;
    dead = true;
    await stage.bot.kill();
  };
  const revive = async () => {
    if (!dead) return;
    await stage.kill();
    await stage.start({ QUESTIONS_DIR: quizBank });
    dead = false;
  };
  const left = new Set(POINTS_OF_KILL);
  playground.onRequest(async ({ method, path, body }, phase) => {
    if (method !== 'POST' || !/^\/channels\/\d+\/messages$/.test(path)) return;
    const text = JSON.stringify(body);
    for (const point of left) {
      if (!('post' in point) || point.phase !== phase) continue;
      // A key is followed by a position, or by the end of the id.
      if (!point.post.test(text.replaceAll(/(-[qr]\d+|-end):\d/g, '$1'))) continue;
      left.delete(point);
      await kill();
    }
  });
  /** Waits for what the quiz does next, through whatever kills come between. */
  const reach = <T>(what: () => Promise<T>) => {
    const reviving = setInterval(() => void (dead && !busy && revivingNow()), 20);
    let busy = false;
    const revivingNow = async () => {
      busy = true;
      await revive();
      busy = false;
    };
    return what().finally(async () => {
      clearInterval(reviving);
      while (busy) await sleep(5);
    });
  };

  await stage.start({ QUESTIONS_DIR: quizBank });
  const lobby = await openLobby(stage, people[0]!, { count: 6, seconds: 120 });
  await Promise.all(people.slice(1, PLAYERS / 2).map((person) => pressAction(person, lobby, 'quizjoin')));
  await kill();
  await revive();
  const joined = await Promise.all(people.slice(1).map((person) => pressAction(person, lobby, 'quizjoin')));
  expect(joined.filter((text) => text.includes('You are in already'))).toHaveLength(PLAYERS / 2 - 1);
  expect(await pressAction(people[0]!, lobby, 'quizstart')).toContain('On your marks');
  await stage.pass(5_000);

  const confirmed = new Map<string, boolean>();
  const asked: Message[] = [];
  for (let n = 0; n < 6; n++) {
    const live = await reach(() => messages.question(n));
    await revive();
    // People click on what they see, also when it has just been edited.
    const card: Message = { ...live };
    asked.push(live);
    const isRight = (index: number) => (index + n) % 3 !== 0;
    /** What people were told last. */
    const told = new Map<number, string>();
    /** Clicks, and says whether the bot has confirmed it, now or before. */
    const click = async (index: number): Promise<boolean> => {
      const text = await player
        .answer(people[index]!, card, isRight(index))
        .then((reply) => Promise.race([answered(reply), gone()]))
        .catch(String);
      told.set(index, text);
      return /Locked in|answered this one already/.test(text);
    };
    const gone = async (): Promise<string> => {
      while (!dead) await sleep(10);
      return 'the bot is gone';
    };
    const point = [...left].find((each) => 'clicksInto' in each && each.clicksInto === n);
    const first: boolean[] = [];
    if (point && 'after' in point) {
      left.delete(point);
      const flood = people.map((_, index) => click(index));
      await sleep(point.after);
      await kill();
      first.push(...(await Promise.all(flood)));
    }
    // How a moment's crowd fares is measured in quiz-flood.test.ts.
    while (first.length < PLAYERS) {
      const wave = Array.from({ length: WAVE }, (_, index) => click(first.length + index));
      first.push(...(await Promise.all(wave)));
    }
    await revive();
    for (const [index, done] of first.entries()) {
      // Whoever saw "This interaction failed" presses again. What they said before may be stored and the last that was
      // missing: then the solution is on its way, and a kill waits there.
      if (!done) {
        await until(
          () => `p${index} can answer question ${n}; they were told: ${told.get(index)}`,
          async () => {
            await revive();
            return click(index);
          },
        );
      }
      confirmed.set(`${n} ${people[index]!.id}`, isRight(index));
    }
    await reach(() => messages.solution(n));
    await revive();
    await until('the answers are booked', async () => {
      const quiz = await read(stage);
      return quiz.n === n && quiz.phase.name === 'pause' && quiz.phase.booked;
    });
    await stage.pass(12_000);
  }
  const podium = await reach(() => messages.podium());
  await revive();
  await until('it is over', async () => (await read(stage)).phase.name === 'over');

  await kill();
  await revive();
  expect(await pressAction(people[1]!, podium, 'quizmine')).toContain('You: #');
  await compare(stage, confirmed, player);
  expect(textOf(podium)).toContain('🥇');
  expect(new Set(asked.map(({ id }) => id)).size, 'a message for each question').toBe(6);
  const posts = stage.posts().flatMap((message) => [...new Set(customIds(message).map(keyOf))]);
  const solutions = posts.filter((key) => /-r\d$/.test(key));
  expect(solutions.sort(), 'one solution for each question').toEqual(
    Array.from({ length: 6 }, (_, n) => expect.stringMatching(new RegExp(`-r${n}$`))),
  );
  expect(stage.posts(), 'lobby, questions, solutions and podium, each once').toHaveLength(1 + 6 + 6 + 1);
  expect(posts.filter((key) => key.endsWith('-end'))).toHaveLength(1);
  expect(left.size, 'kill points that were not met').toBe(0);
  expect(playground.violations).toEqual([]);
  return { kills, players: PLAYERS, answers: confirmed.size };
}

/** Compares what people were told with what the quiz and the boards hold. */
async function compare(
  stage: Stage,
  confirmed: ReadonlyMap<string, boolean>,
  { bank }: Awaited<ReturnType<typeof createQuizPlayer>>,
): Promise<void> {
  const store = await stage.store();
  const quiz = await read(stage);
  const stored = new Map(
    quiz.questions.flatMap(({ answers }, n) =>
      Object.entries(answers).map(([userId, { right }]) => [`${n} ${userId}`, right] as const),
    ),
  );
  expect(stored, 'no confirmed answer is lost, and none is there that was not confirmed').toEqual(confirmed);
  const board = store.orderedSet(setName.board(stage.guild.id, 'all'));
  for (const { userId, right } of standingsOf(quiz)) {
    const own = quiz.questions.filter((_, n) => confirmed.get(`${n} ${userId}`));
    expect(right).toBe(own.length);
    const points = own.reduce(
      (sum, { questionId }) => sum + POINTS.rightAnswer[bank.items.get(questionId)!.level],
      0,
    );
    const member = await store.collection(members).get(documentKey.member(stage.guild.id, userId));
    const [day] = Object.values(daysOf(member!));
    expect([day?.acts, day?.quiz], 'each answer is booked once').toEqual([6, points]);
    expect(await board.score(userId)).toBe(points);
  }
}

async function read(stage: Stage) {
  const store = await stage.store();
  const quiz = await store.collection(quizzes).get(documentKey.quiz(stage.channel.id));
  if (!quiz) throw new Error('the quiz is gone');
  return quiz;
}

function keyOf(id: string): string {
  return id.split(':')[1] ?? '';
}

const PLAYERS = 100;

/** So many click at the same time. */
const WAVE = 25;

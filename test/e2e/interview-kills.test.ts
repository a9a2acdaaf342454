import { expect, test } from 'vitest';
import type { RequestRecord } from '../../playground/start.ts';
import { loadBank } from '../../src/bank/load.ts';
import { interviews } from '../../src/interview/interview.ts';
import { daysOf } from '../../src/progress/derived.ts';
import { members } from '../../src/progress/member.ts';
import { cards } from '../../src/review/card.ts';
import { documentKey, setName } from '../../src/store/keys.ts';
import { type Sitting, sit } from './sitting.ts';
import { openStage, until } from './stage.ts';

/** An interview in seven clicks; each is what a person does, and what shows that it has been done. */
const clicks: readonly [name: string, done: RegExp, act: (sitting: Sitting) => Promise<void>][] = [
  ['start', /question 1 of 1/, (sitting) => sitting.press('begin')],
  ['write', /> One thing at a time\./, (sitting) => sitting.write('say', 'One thing at a time.')],
  ['complete', /Which key points/, (sitting) => sitting.press('done')],
  ['tick', /☑/, (sitting) => sitting.tick([0])],
  ['score', /Follow-up/, (sitting) => sitting.press('score')],
  ['follow up', /Model answer/, (sitting) => sitting.write('follow', 'Because of cost.')],
  ['finish', /Interview report/, (sitting) => sitting.press('next')],
];

const DEFERRED_UPDATE = 6;
const isAcknowledged = ({ body }: RequestRecord) =>
  (body as { type?: number } | undefined)?.type === DEFERRED_UPDATE;

/** When the bot dies over a click: once it has acknowledged it and writes, or when it comes to show what it has written. */
test.each([
  ['sqlite', 'as it shows the result', ({ method }: RequestRecord) => method === 'PATCH', 'received'],
  ['redis', 'as it writes', isAcknowledged, 'answered'],
] as const)(
  'on %s, an interview whose bot dies at every click %s comes to the same end',
  async (driver, _, isMoment, phase) => {
    const stage = await openStage({ driver, rateLimits: false });
    try {
      const bank = await loadBank('questions');
      await stage.start();
      const alice = stage.person('alice');
      const back = async () => {
        const sitting = await sit(bank, alice, stage.channel.id, { questions: 1, topic: 'attention' });
        if (sitting.has('open')) await sitting.press('open');
        return sitting;
      };
      let kills = 0;
      for (const [name, done, act] of clicks) {
        const sitting = await back();
        let dead: Promise<void> | undefined;
        const stopListening = stage.playground.onRequest(async (record, at) => {
          if (dead || at !== phase || !isMoment(record)) return;
          dead = stage.bot.kill();
          await dead;
        });
        // Its answer never comes.
        void act(sitting).catch(() => {});
        await until(`the bot dies over ${name}`, () => dead !== undefined);
        await dead;
        stopListening();
        kills++;
        await stage.kill();
        await stage.start();
        const again = await back();
        if (name !== 'finish' && !done.test(again.text())) await act(again);
        if (name !== 'finish') expect(again.text()).toMatch(done);
      }
      const store = await stage.store();
      const ids = await store.orderedSet(setName.interviews(alice.id)).top(0, 10);
      const kept = await store
        .collection(interviews)
        .getMany(ids.map(({ member }) => documentKey.interview(alice.id, member)));
      const [interview] = kept.values();
      expect(kept.size).toBe(1);
      expect(interview).toMatchObject({ questions: [{ parts: ['One thing at a time.'], ticks: [0] }] });
      const { questionId } = interview!.questions[0]!;
      const card = await store.collection(cards).get(documentKey.card(alice.id, questionId));
      expect(Object.keys(card!.log)).toEqual([`interview:${interview!.id}.0`]);
      const member = await store.collection(members).get(documentKey.member(stage.guild.id, alice.id));
      expect(daysOf(member!)).toMatchObject({ '2026-03-02': { acts: 1, self: 0, auto: 0 } });
      process.stdout.write(
        `e2e: interview: ${driver}: ${kills} kills, one at every click; 1 interview, 1 card, 1 act\n`,
      );
    } finally {
      await stage.close();
    }
  },
  // Eight starts of the bot, on a machine that may be busy.
  600_000,
);

import { expect, test } from 'vitest';
import { quizzes } from '../../src/quiz/quiz.ts';
import { documentKey } from '../../src/store/keys.ts';
import { openLobby, pressAction, quizBank, quizMessages } from './quiz-player.ts';
import { answered, customIds, drivers, openStage, textOf, until } from './stage.ts';

test.each(drivers)(
  'on %s, a hundred clicks within a moment are acknowledged in time and count once each',
  async (driver) => {
    const names = Array.from({ length: 100 }, (_, index) => `p${index}`);
    const stage = await openStage({ driver, members: names });
    try {
      await stage.start({ QUESTIONS_DIR: quizBank });
      const people = names.map((name) => stage.person(name));
      const lobby = await openLobby(stage, people[0]!, { count: 1, level: 2, topic: 'attention' });
      await Promise.all(people.slice(1).map((person) => pressAction(person, lobby, 'quizjoin')));
      await pressAction(people[0]!, lobby, 'quizstart');
      await stage.pass(5_000);
      const card = await quizMessages(stage).question(0);
      const ids = customIds(card).filter((id) => id.startsWith('quizpick'));

      const began = performance.now();
      const acknowledged: number[] = [];
      const confirmed: number[] = [];
      const texts = await Promise.all(
        people.flatMap((person, index) =>
          // Each person clicks two different options at the same moment.
          [0, 1].map(async (shift) => {
            const reply = await person.press(card, ids[(index + shift) % ids.length]!);
            acknowledged.push(performance.now() - began);
            const text = await answered(reply);
            confirmed.push(performance.now() - began);
            return text;
          }),
        ),
      );
      expect(texts.filter((text) => text.includes('Locked in'))).toHaveLength(100);
      expect(texts.filter((text) => text.includes('answered this one already'))).toHaveLength(100);
      const store = await stage.store();
      const quiz = await store.collection(quizzes).get(documentKey.quiz(stage.channel.id));
      expect(Object.keys(quiz!.questions[0]!.answers)).toHaveLength(100);
      expect(Math.max(...acknowledged)).toBeLessThan(3_000);
      process.stdout.write(
        `e2e: quiz: ${driver}: 200 clicks of 100 people at one moment: acknowledged within ${Math.round(Math.max(...acknowledged))} ms, confirmed as stored within ${Math.round(Math.max(...confirmed))} ms, 100 counted\n`,
      );
      await until('the counter', () => textOf(card).includes('**100** of 100 answered'));
      const edits = stage.playground.requests.filter(
        ({ method, path }) => method === 'PATCH' && path.endsWith(`/messages/${card.id}`),
      );
      expect(edits.length).toBeLessThanOrEqual(4);
      expect(stage.playground.violations).toEqual([]);
    } finally {
      await stage.close();
    }
  },
  60_000,
);

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Bank, loadBank } from '../../src/bank/load.ts';
import { prose } from '../../src/discord/cards/markdown.ts';
import { interviews } from '../../src/interview/interview.ts';
import { openItems } from '../../src/interview/pick.ts';
import { daysOf } from '../../src/progress/derived.ts';
import { members } from '../../src/progress/member.ts';
import { cards } from '../../src/review/card.ts';
import { documentKey, setName } from '../../src/store/keys.ts';
import { type Sitting, sit as sitDown } from './sitting.ts';
import { answered, customIds, openStage, type Stage, textOf } from './stage.ts';

/** Mock interviews as people hold them, on the real process. */
let stage: Stage;
let bank: Bank;

beforeAll(async () => {
  stage = await openStage({
    driver: 'sqlite',
    rateLimits: false,
    checkAnswers: true,
    members: ['alice', 'bob', 'carol', 'dora', 'erin', 'fay', '小明'],
  });
  stage.playground.setLocale(stage.person('小明').id, 'zh-CN');
  await stage.start();
  bank = await loadBank('questions');
});
afterAll(async () => {
  expect(stage.playground.violations).toEqual([]);
  await stage.close();
});

const WRITTEN = 'I would measure first, then change one thing at a time.';
const sit = (name: string, options = {}, channelId = stage.channel.id): Promise<Sitting> =>
  sitDown(bank, stage.person(name), channelId, options);

/** Answers the present question in one modal, ticks, and has it scored; the follow-up is skipped. */
async function answer(sitting: Sitting, ticks: readonly number[]): Promise<void> {
  await sitting.write('say', WRITTEN);
  await stage.pass(60_000);
  await sitting.press('done');
  if (ticks.length > 0) await sitting.tick(ticks);
  await sitting.press('score');
  if (sitting.has('skip')) await sitting.press('skip');
}

async function memberOf(name: string) {
  const store = await stage.store();
  return store.collection(members).get(documentKey.member(stage.guild.id, stage.person(name).id));
}

test('goes from the first question to a report that only its person sees', async () => {
  const alice = await sit('alice', { questions: 2, topic: 'attention' });
  expect(alice.card.ephemeralFor).toBe(stage.person('alice').id);
  expect(alice.text()).toContain('2 questions · Attention Mechanisms · no time limit');
  await alice.press('begin');
  expect(alice.text()).toContain('question 1 of 2');
  const item = alice.item();
  const shown = (text: string) => prose(text, item.formulas);
  await alice.write('say', WRITTEN);
  await alice.write('say', 'And I would write it down.');
  expect(alice.text()).toContain(`> ${WRITTEN}\n> And I would write it down.`);

  await alice.press('done');
  for (const { en } of item.rubric) expect(alice.text()).toContain(shown(en));
  expect(alice.text()).not.toContain(shown(item.en.explanation).slice(0, 30));
  await alice.tick(item.rubric.flatMap(({ essential }, at) => (essential ? [at] : [])));
  await alice.press('score');
  const missed = item.rubric.find(({ essential }) => !essential)!;
  expect(alice.text()).toContain('Follow-up');
  expect(
    item.rubric.filter(({ essential }) => !essential).some(({ en }) => alice.text().includes(shown(en))),
  ).toBe(true);
  expect(alice.text()).not.toContain(shown(item.en.explanation).slice(0, 30));
  await alice.write('follow', 'It matters because of cost.');
  expect(alice.text()).toContain('Model answer');
  expect(alice.text()).toContain('It matters because of cost.');
  expect(alice.text()).toContain(shown(missed.en));

  await alice.press('next');
  await alice.press('done');
  expect(alice.text()).toContain('Score: **0** of 100');
  expect(alice.text()).toContain('Model answer');
  await alice.press('next');
  for (const part of ['Interview report', 'Overall: **', 'Strengths', 'Gaps', 'Worth another look']) {
    expect(alice.text()).toContain(part);
  }
  await alice.press('look');
  expect(alice.text()).toContain(WRITTEN);
  await alice.press('report');
  expect(alice.text()).toContain('Interview report');
});

test('speaks Chinese from the start to the report', async () => {
  const ming = await sit('小明', { questions: 1 });
  expect(ming.text()).toContain('1 道题 · 不限主题 · 不限时');
  await ming.press('begin');
  expect(ming.text()).toContain('第 1 / 1 题');
  await answer(ming, [0]);
  expect(ming.text()).toContain('参考答案');
  await ming.press('next');
  expect(ming.text()).toContain('面试报告');
  expect(await ming.file()).toContain('### 参考答案');
});

test('is a study day without points, and feeds the review deck', async () => {
  const bob = await sit('bob', { questions: 1, topic: 'attention' });
  await bob.press('begin');
  const { id, rubric } = bob.item();
  await answer(
    bob,
    rubric.map((_, at) => at),
  );
  expect(bob.text()).toContain('Score: **100** of 100');
  expect(daysOf((await memberOf('bob'))!)).toMatchObject({ '2026-03-02': { acts: 1, self: 0, auto: 0 } });
  const store = await stage.store();
  const { id: userId } = stage.person('bob');
  expect(await store.orderedSet(setName.board(stage.guild.id, 'all')).score(userId)).toBeUndefined();
  const card = await store.collection(cards).get(documentKey.card(userId, id));
  expect(Object.values(card!.log)).toMatchObject([{ kind: 'interview', grade: 3 }]);
});

describe('outside of the server', () => {
  test('by direct message, it is a study day where the person has a document', async () => {
    const carol = stage.person('carol');
    const dm = stage.playground.openDm(carol.id).id;
    const alone = await sit('carol', { questions: 1 }, dm);
    await alone.press('begin');
    await answer(alone, []);
    expect(await memberOf('carol')).toBeUndefined();

    const inServer = await sit('carol', { questions: 1 });
    await inServer.press('begin');
    await answer(inServer, []);
    await stage.pass(86_400_000);
    const again = await sit('carol', { questions: 1 }, dm);
    await again.press('begin');
    await answer(again, []);
    expect(Object.keys(daysOf((await memberOf('carol'))!))).toEqual(['2026-03-02', '2026-03-03']);
  });

  test('it works in a server where only the person has the bot', async () => {
    const guest = stage.playground.addUser({ name: 'guest', installed: true });
    const elsewhere = stage.playground.addGuild({ name: 'elsewhere', bot: false });
    stage.playground.addMember(elsewhere.id, guest.id);
    const channel = stage.playground.addChannel(elsewhere.id, { name: 'general' });
    const sitting = await sitDown(bank, stage.playground.as(guest.id), channel.id, { questions: 1 });
    await sitting.press('begin');
    await answer(sitting, [0]);
    expect(sitting.text()).toContain('Model answer');
  });
});

describe('the time limit', () => {
  test('is judged at the next click: what comes late is kept, but not scored', async () => {
    const dora = await sit('dora', { questions: 3, minutes: 10 });
    await dora.press('begin');
    expect(dora.text()).toContain('⏳ Time is up <t:');
    await dora.write('say', WRITTEN);
    const modal = await dora.open('say');
    await stage.pass(11 * 60_000);
    await dora.submit(modal, 'This came too late.');
    expect(dora.text()).toContain('⌛ Time is up.');
    expect(dora.text()).toContain('kept with the report, but not scored');
    await dora.press('score');
    await dora.press('next');
    expect(dora.text()).toContain('Time was up after 1 of 3 questions');
    await dora.press('look');
    expect(dora.text()).toContain('This came too late.');
  });

  test('stands still while one reads, beyond the life of the card’s token, too', async () => {
    const dora = await sit('dora', { questions: 2, minutes: 10 });
    await dora.press('begin');
    await answer(dora, [0]);
    await stage.pass(20 * 60_000);
    await dora.press('next');
    expect(dora.text()).toContain('question 2 of 2');
    expect(dora.text()).not.toContain('⌛');
  });
});

describe('clicks that come late, twice or from others', () => {
  test('on an old card show where the interview stands, and change nothing', async () => {
    const erin = await sit('erin', { questions: 2 });
    await erin.press('begin');
    const old = await sit('erin');
    await old.press('open');
    await answer(erin, [0]);
    await erin.press('next');
    expect(erin.text()).toContain('question 2 of 2');
    await old.press('done');
    expect(old.text()).toBe(erin.text());
    expect(old.text()).toContain('question 2 of 2');
  });

  test('on Start begin one interview', async () => {
    const erin = await sit('erin', { questions: 1 });
    const start = erin.idOf('begin');
    const person = stage.person('erin');
    await Promise.all(
      [person.press(erin.card, start), person.press(erin.card, start)].map(async (each) =>
        (await each).settled(),
      ),
    );
    const store = await stage.store();
    const ids = await store.orderedSet(setName.interviews(person.id)).top(0, 10);
    expect(ids.filter(({ member }) => start.includes(`:${member}:`))).toHaveLength(1);
  });

  test('reach nobody else’s interview', async () => {
    const fay = await sit('fay', { questions: 1 });
    await fay.press('begin');
    const id = fay.idOf('done').split(':')[1]!;
    const bob = await sit('bob');
    const store = await stage.store();
    await expect(stage.person('bob').press(fay.card, fay.idOf('done'))).rejects.toThrow();
    expect(
      await store.collection(interviews).get(documentKey.interview(stage.person('bob').id, id)),
    ).toBeUndefined();
    expect(bob.text()).not.toContain(id);
  });
});

describe('what is kept', () => {
  test('an interview under way is found again by the command after a crash, at any stage', async () => {
    const begun = await sit('fay', { questions: 1 });
    await begun.press('begin');
    const crashAndReturn = async () => {
      await stage.restart();
      const back = await sit('fay');
      expect(back.text()).toContain('You have an interview under way');
      await back.press('open');
      return back;
    };
    let fay = await crashAndReturn();
    await fay.write('say', WRITTEN);
    fay = await crashAndReturn();
    expect(fay.text()).toContain(WRITTEN);
    await fay.press('done');
    await fay.tick([1]);
    fay = await crashAndReturn();
    expect([0, 1].map(fay.isTicked)).toEqual([false, true]);
    await fay.press('score');
    fay = await crashAndReturn();
    await fay.write('follow', 'More.');
    fay = await crashAndReturn();
    expect(fay.text()).toContain('Model answer');
    await fay.press('next');
    expect(fay.text()).toContain('Interview report');
  });

  test('past interviews are listed, opened and exported with one’s own answers', async () => {
    const alice = await sit('alice');
    await alice.press('past');
    expect(alice.text()).toContain('Attention Mechanisms');
    const [id] = customIds(alice.card);
    const values = /"value":"([^"]+)"/.exec(JSON.stringify(alice.card.components))!;
    await (await stage.person('alice').select(alice.card, id!, [values[1]!])).settled();
    expect(alice.text()).toContain('Interview report');
    const file = await alice.file();
    for (const part of [
      `> ${WRITTEN}`,
      '> It matters because of cost.',
      '- [x]',
      '- [ ]',
      '### Model answer',
    ]) {
      expect(file).toContain(part);
    }
  });

  test('the last twenty interviews, and no more', async () => {
    const gus = stage.join('gus');
    const store = await stage.store();
    for (let count = 0; count < 22; count++) {
      const sitting = await sitDown(bank, gus, stage.channel.id, { questions: 1 });
      await sitting.press('begin');
      await stage.pass(1_000);
    }
    expect(await store.orderedSet(setName.interviews(gus.id)).count()).toBe(20);
    const sitting = await sitDown(bank, gus, stage.channel.id, {});
    await sitting.press('past');
    expect(sitting.text()).toContain('20. ');
    expect(sitting.text()).not.toContain('21. ');
  });
});

describe('the command says', () => {
  test('that there is no such topic, or no open question at that level', async () => {
    const bob = stage.person('bob');
    expect(await answered(bob.slash(stage.channel.id, 'interview', { topic: 'cooking' }))).toContain(
      'cooking',
    );
    const open = openItems(bank.items.values(), {});
    const topic = [...bank.topics.keys()].find(
      (slug) => !open.some((item) => item.topic === slug && item.level === 1),
    )!;
    const none = bob.slash(stage.channel.id, 'interview', { topic, level: 1 });
    expect(await answered(none)).toContain('no open question');
  });

  test('which topics there are, in the person’s language', async () => {
    const choices = await stage
      .person('小明')
      .autocomplete(stage.channel.id, 'interview', { topic: '注意' }, 'topic');
    expect(choices.map(({ value }) => value)).toContain('attention');
  });

  test('nothing of marking by a model where none is configured', async () => {
    const bob = await sit('bob', { questions: 1 });
    await bob.press('begin');
    await bob.write('say', WRITTEN);
    await bob.press('done');
    expect(`${bob.text()} ${customIds(bob.card)}`).not.toMatch(/model suggest|interview-mark/);
  });
});

test('an ended interview says what was not scored', async () => {
  const bob = await sit('bob');
  await bob.press('end');
  expect(bob.text()).toContain('not scored');
  expect(textOf(bob.card)).not.toContain('Continue');
});

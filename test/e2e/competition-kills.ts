import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { news as allNews } from '../../src/competition/competition.ts';
import { guilds } from '../../src/settings/guild.ts';
import { documentKey, setName } from '../../src/store/keys.ts';
import { answered, customIds, type Driver, openStage, type Stage, textOf, until } from './stage.ts';

/** When the bot is killed: as a request arrives, once it has happened, once it was answered, or some moments later. */
const moments = ['received', 'committed', 'answered', 'later'] as const;
type Moment = (typeof moments)[number];

const bankFolder = fileURLToPath(new URL('../bank/fixtures/bank', import.meta.url));
const MANAGE_ROLES = 1n << 28n;

/**
 * Plays a competition from its making to the winners' role once for each moment, and kills the bot at that moment of
 * each of its announcements and of the giving of the role.
 * @returns how many kills there were; that all was told once and is right is checked
 */
export async function playCompetitionsWithKills(driver: Driver): Promise<number> {
  const kills = await Promise.all(moments.map((moment) => playOne(driver, moment)));
  return kills.reduce((sum, each) => sum + each);
}

async function playOne(driver: Driver, moment: Moment): Promise<number> {
  const stage = await openStage({ driver, at: '2026-03-02T08:00:00Z', channels: 2, rateLimits: false });
  try {
    return await play(stage, moment);
  } finally {
    await stage.close();
  }
}

async function play(stage: Stage, moment: Moment): Promise<number> {
  const { playground, guild, channel } = stage;
  const place = stage.channels[1]!;
  const [alice, bob] = ['alice', 'bob'].map(stage.person) as [
    ReturnType<Stage['person']>,
    ReturnType<Stage['person']>,
  ];
  const crown = playground.addRole(guild.id, { name: 'champion' });
  const hand = playground.addRole(guild.id, { name: 'hand', permissions: MANAGE_ROLES });
  guild.members.get(playground.botId)!.roles.push(hand.id);
  const boss = playground.addRole(guild.id, { name: 'boss', permissions: MANAGE_ROLES });
  guild.members.get(stage.moderator.id)!.roles.push(boss.id);

  let kills = 0;
  let dead = false;
  const aimedAt = new Set<string>();
  const struck = new Set<string>();
  const kill = async () => {
    kills++;
    await stage.bot.kill();
    dead = true;
  };
  /** Kills once for each kind of request, whatever it is tried again. */
  playground.onRequest(async ({ method, path }, phase) => {
    if (dead || phase !== (moment === 'later' ? 'answered' : moment)) return;
    const isNews = method === 'POST' && path.endsWith(`/channels/${place.id}/messages`);
    const isCrown = method === 'PUT' && path.endsWith(`/roles/${crown.id}`);
    const what = isNews ? `news ${aim}` : isCrown ? 'crown' : undefined;
    if (!what || aimedAt.has(what)) return;
    aimedAt.add(what);
    if (moment === 'later') await sleep(8);
    await kill();
    struck.add(what);
  });
  let aim = '';
  const revive = async () => {
    await stage.kill();
    await stage.pass(LEASE);
    dead = false;
    await stage.start({ QUESTIONS_DIR: bankFolder });
  };
  const reach = (what: string, holds: () => boolean | Promise<boolean>) =>
    until(
      `${moment}, ${what}`,
      async () => {
        if (dead) await revive();
        return holds();
      },
      60_000,
    );
  const told = () => stage.posts(place).map((message) => newsOf(textOf(message)));
  const reachNews = async (news: string) => {
    await reach(`the news ${news}`, () => told().at(-1) === news && struck.has(`news ${aim}`));
    if (dead) await revive();
  };
  const standings = async () => answered(alice.slash(channel.id, 'competition standings')).catch(() => '');

  await stage.start({ QUESTIONS_DIR: bankFolder });
  await stage.moderator.slash(channel.id, 'daily add', {
    channel: channel.id,
    time: '09:00',
    timezone: 'UTC',
  });
  aim = 'open';
  await stage.moderator
    .slash(channel.id, 'competition create', {
      name: 'Sprint',
      start: '2026-03-03',
      end: '2026-03-06',
      channel: place.id,
      winners_role: crown.id,
    })
    .catch(() => {});
  await reachNews('open');
  for (const person of [alice, bob]) {
    const open = stage.posts(place)[0]!;
    await reach('joined', async () =>
      /joined|already/.test(
        await answered(person.press(open, customIds(open).find((id) => id.startsWith('enter:'))!)).catch(
          () => '',
        ),
      ),
    );
  }
  aim = 'start';
  await stage.setTime('2026-03-03T00:00:00Z');
  await reachNews('start');
  for (const [day, graders] of [[alice, bob], [alice]].entries()) {
    await stage.setTime(`2026-03-0${3 + day}T09:00:00Z`);
    await reach('a post', () => stage.posts().length > day);
    const post = stage.posts()[day]!;
    for (const person of graders) person.react(post.channelId, post.id, '✅');
    await reach('points', async () => (await standings()).includes(`alice · ${10 * (day + 1)} points`));
  }
  aim = 'half';
  await stage.setTime('2026-03-05T00:00:00Z');
  await reachNews('half');
  aim = 'last';
  await stage.setTime('2026-03-06T00:00:00Z');
  await reachNews('last');
  aim = 'result';
  await stage.moderator.slash(channel.id, 'daily pause');
  await stage.setTime('2026-03-07T00:05:00Z');
  await reachNews('result');
  await reach('the role', () => guild.members.get(alice.id)!.roles.includes(crown.id) && struck.has('crown'));
  if (dead) await revive();
  const store = await stage.store();
  await reach('nothing left to do', async () => {
    const jobs = await store.orderedSet(setName.jobs).range(0, Number.MAX_SAFE_INTEGER);
    return !jobs.some(({ member }) => member.startsWith('compete:'));
  });

  expect(told(), moment).toEqual(allNews.filter((news) => news !== 'cancelled'));
  const result = stage.posts(place).at(-1);
  expect(textOf(result), moment).toMatch(/\*\*alice\*\* wins[\s\S]*🥇 alice · 20 points\n🥈 bob · 10 points/);
  expect(guild.members.get(bob.id)!.roles).not.toContain(crown.id);
  expect((await store.collection(guilds).get(documentKey.guild(guild.id)))?.competitions).toEqual([]);
  expect(playground.violations).toEqual([]);
  return kills;
}

function newsOf(text: string) {
  return titles.find(([, title]) => text.includes(title))?.[0];
}

const titles = [
  ['open', 'is coming up'],
  ['start', 'has begun'],
  ['half', 'Half-time'],
  ['last', 'The last day'],
  ['result', 'The result ·'],
] as const;

/** Milliseconds: longer than the lease of a job. */
const LEASE = 125_000;

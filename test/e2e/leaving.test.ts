import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Channel, Guild } from '../../playground/start.ts';
import { setName } from '../../src/store/keys.ts';
import { linesWith } from './everything-stored.ts';
import { liveFully } from './full-life.ts';
import { forged, quizBank } from './quiz-player.ts';
import { answered, customIds, drivers, openStage, type Stage, textOf, until } from './stage.ts';

const DAY = 24 * 3_600_000;

describe.each(drivers)('on %s', (driver) => {
  let stage: Stage;
  let other: { guild: Guild; channel: Channel };

  beforeEach(async () => {
    const members = ['Persephone', 'bob'];
    stage = await openStage({ driver, rateLimits: false, checkAnswers: true, members, channels: 2 });
    const guild = stage.playground.addGuild({ name: 'Elsewhere' });
    other = { guild, channel: stage.playground.addChannel(guild.id, { name: 'quiz' }) };
    stage.playground.addMember(guild.id, stage.person('bob').id);
    await liveFully(stage, 'Persephone', 'bob');
    await (await stage.person('bob').slash(other.channel.id, 'quiz solo', { count: 2 })).settled();
  });
  afterEach(async () => {
    expect(stage.playground.violations).toEqual([]);
    await stage.close();
  });

  const traces = () => linesWith(stage, stage.guild.id);
  const elsewhere = () => linesWith(stage, other.guild.id);
  const leftAt = async () => (await stage.store()).orderedSet(setName.servers).score(stage.guild.id);
  async function jobs(): Promise<string[]> {
    const all = await (await stage.store()).orderedSet(setName.jobs).range(0, Number.MAX_SAFE_INTEGER);
    return all.map(({ member }) => member.split(':')[0]!);
  }

  test('a server that is unavailable has not been left', async () => {
    stage.playground.setGuildUnavailable(stage.guild.id, true);
    stage.playground.removeGuild(other.guild.id);
    const servers = (await stage.store()).orderedSet(setName.servers);
    await until('the other one is left', async () => ((await servers.score(other.guild.id)) ?? 0) > 0);
    expect(await leftAt()).toBe(0);
    expect(await jobs()).toContain('ask');
  });

  test('what is timed rests while the bot has left, and goes on when it comes back in time', async () => {
    stage.playground.removeGuild(stage.guild.id);
    await until('it is noted', async () => (await leftAt()) === undefined || (await leftAt())! > 0);
    await until('all rests', async () => !(await jobs()).some((job) => ['ask', 'compete'].includes(job)));
    await stage.pass(20 * DAY);
    await stage.kill();
    stage.playground.returnToGuild(stage.guild.id);
    await stage.start({ QUESTIONS_DIR: quizBank });
    await until('it is noted', async () => (await leftAt()) === 0);
    expect(await jobs()).not.toContain('departed');
    expect(await answered(stage.moderator.slash(stage.channel.id, 'daily list'))).not.toContain('Suspended');
    expect(await jobs()).toEqual(expect.arrayContaining(['ask']));
    await stage.pass(11 * DAY);
    expect(await answered(stage.person('bob').slash(stage.channel.id, 'progress', { text: true }))).toContain(
      'Streak',
    );
  });

  test('30 days after it was left, nothing names the server, also if nobody saw the bot leave', async () => {
    await stage.kill();
    const before = await elsewhere();
    stage.playground.removeGuild(stage.guild.id);
    await stage.start({ QUESTIONS_DIR: quizBank });
    await until('it is noted', async () => (await leftAt())! > 0);
    await stage.pass(29 * DAY);
    expect(await jobs()).toContain('departed');
    expect((await traces()).length).toBeGreaterThan(20);
    await stage.pass(DAY);
    await until('it is gone', async () => (await leftAt()) === undefined, 50_000);
    await stage.pass(300_000);
    await until('so is what was under way', async () => !(await jobs()).includes('swept'), 50_000);
    expect(await traces()).toEqual([]);
    expect(await elsewhere()).toEqual(before);
    const deck = await answered(stage.person('bob').slash(other.channel.id, 'review stats', { text: true }));
    expect(deck).toMatch(/\*\*\d+ cards?\*\*/);
  });

  test('a server that is missing from a new session has been left, and its data goes in time', async () => {
    stage.playground.gateway.drop({ resumable: false });
    stage.playground.removeGuild(stage.guild.id);
    await until('it is noted', async () => (await leftAt())! > 0);
    await stage.pass(30 * DAY);
    await until('it is gone', async () => (await leftAt()) === undefined, 50_000);
    await stage.pass(300_000);
    await until('so is what was under way', async () => !(await jobs()).includes('swept'), 50_000);
    expect(await traces()).toEqual([]);
  });

  test('those who manage it can have it purged at once', async () => {
    const purge = (who: Pick<Stage['moderator'], 'slash'>) =>
      who.slash(stage.channel.id, 'settings server', { purge: true });
    expect(await answered(purge(stage.person('bob')))).toContain('Manage Server');
    const before = await elsewhere();
    const { message } = await (await purge(stage.moderator)).settled();
    const [yes, no] = customIds(message!);
    const bobs = await (await stage.person('bob').slash(stage.channel.id, 'privacy delete')).settled();
    const refused = await stage.person('bob').press(forged(bobs.message!, yes!), yes!);
    expect(await answered(refused)).toContain('Manage Server');
    await (await stage.moderator.press(message!, no!)).settled();
    expect(textOf(message)).toContain('Nothing was deleted.');

    const again = await (await purge(stage.moderator)).settled();
    await (await stage.moderator.press(again.message!, yes!)).settled();
    expect(textOf(again.message)).toContain('I keep nothing of this server any more.');
    expect(await traces()).toEqual([expect.stringContaining(setName.servers)]);
    expect(await elsewhere()).toEqual(before);
    expect(await jobs()).not.toContain('quiz');
    expect(await answered(stage.moderator.slash(stage.channel.id, 'daily list'))).toContain('/daily add');
  });
});

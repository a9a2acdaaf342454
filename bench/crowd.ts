/**
 * How long does it take to post to 1,000 channels that are due in the same minute, against what Discord's rate limit of
 * 50 requests a second allows? `node bench/crowd.ts [channels]`. The local Discord keeps Discord's limits.
 */
import { createSchedulesService } from '../src/daily/schedules.ts';
import { openStage, until } from '../test/e2e/stage.ts';

const count = Number(process.argv[2] ?? 1_000);
const stage = await openStage({ driver: 'sqlite', channels: 1 });
const channels = Array.from({ length: count }, (_, index) => {
  const guild = stage.playground.addGuild({ name: `Server ${index}` });
  return stage.playground.addChannel(guild.id, { name: 'daily' });
});
await stage.start();
const schedules = createSchedulesService(await stage.store(), stage.now);
for (const channel of channels) {
  await schedules.add(channel.guildId!, `s${channel.id}`, {
    channelId: channel.id,
    time: 540,
    zone: 'UTC',
    days: [1, 2, 3, 4, 5, 6, 7],
    topics: [],
    language: 'en',
  });
}
stage.setTime('2026-03-02T09:00:00Z');
const began = performance.now();
const seconds = () => (performance.now() - began) / 1000;
await until('all posted', () => channels.every((channel) => stage.posts(channel).length === 1), 600_000);
const posted = seconds();
await until(
  'all reacted',
  () => channels.every((channel) => stage.posts(channel)[0]!.reactions.size === 4),
  600_000,
);
const reacted = seconds();
const limited = stage.playground.requests.filter(({ status }) => status === 429).length;
const floor = count / 50;
process.stdout.write(
  `${count} channels: all questions after ${posted.toFixed(1)} s (${(posted / floor).toFixed(2)} of the rate limit's ${floor.toFixed(1)} s), ` +
    `all reactions after ${reacted.toFixed(1)} s (${(reacted / (5 * floor)).toFixed(2)} of ${(5 * floor).toFixed(1)} s), 429s: ${limited}\n`,
);
await stage.close();

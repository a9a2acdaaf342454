/**
 * How many reviews a second go through the whole path (gateway, router, card, session, study day, REST), on the local
 * Discord? `node bench/review.ts [people] [reviews of each]`. Each person shows the answer and grades it, one after the
 * other; the people do so side by side. A review is two clicks and four requests. The processor time of the bot is told
 * apart: the local Discord, which checks every body, takes its share of the machine too.
 */
import { readFileSync } from 'node:fs';
import type { Message } from '../playground/start.ts';
import { customIds, drivers, openStage } from '../test/e2e/stage.ts';

const people = Number(process.argv[2] ?? 40);
const each = Number(process.argv[3] ?? 25);

for (const driver of drivers) {
  const stage = await openStage({ driver, rateLimits: false });
  await stage.start();
  const clicks: number[] = [];

  const everybody = Array.from({ length: people }, (_, index) => stage.join(`person ${index}`));
  const begin = async (person: (typeof everybody)[number]): Promise<Message> => {
    await (await person.slash(stage.channel.id, 'settings me', { new_per_day: 100 })).settled();
    const reply = await person.slash(stage.channel.id, 'review start', { count: 100 });
    return (await reply.settled()).message!;
  };
  const press = async (person: (typeof everybody)[number], message: Message, beginning: string) => {
    const began = performance.now();
    const id = customIds(message).find((candidate) => candidate.startsWith(beginning))!;
    await (await person.press(message, id)).settled();
    clicks.push(performance.now() - began);
  };

  const messages = await Promise.all(everybody.map(begin));
  const cpuBefore = cpuOf(stage.bot.pid);
  const began = performance.now();
  await Promise.all(
    everybody.map(async (person, index) => {
      for (let review = 0; review < each; review++) {
        await press(person, messages[index]!, 'review-show:');
        await press(person, messages[index]!, 'review-grade:');
      }
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  const cpu = (cpuOf(stage.bot.pid) - cpuBefore) / (people * each);
  clicks.sort((a, b) => a - b);
  const percentile = (share: number) => clicks[Math.floor(share * (clicks.length - 1))]!.toFixed(0);
  process.stdout.write(
    `${driver}: ${people * each} reviews of ${people} people in ${seconds.toFixed(1)} s: ${((people * each) / seconds).toFixed(0)} a second; ` +
      `a click takes ${percentile(0.5)} ms (median), ${percentile(0.99)} ms (99 %); the bot's processor time ${cpu.toFixed(1)} ms a review\n`,
  );
  await stage.close();
}

/** Milliseconds of processor time that a process has had (Linux; elsewhere not a number). */
function cpuOf(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return Number.NaN;
  }
}

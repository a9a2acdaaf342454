import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type BotProcess, startBot } from '../bot-process.ts';
import { type Person, type Response, startPlayground } from '../start.ts';
import type { Message } from '../world.ts';
import { renderMessage } from './terminal-view.ts';

const ZONE = 'Asia/Shanghai';
const MANAGE_GUILD = 0x20n;

/**
 * Two days in the life of a study group, told in the terminal: on the local Discord and with the real bot. Then
 * everything stays up, so that any Discord client library can go on playing, unless it is `once`.
 */
export async function tellStory({ once }: { once: boolean }): Promise<void> {
  let clock = Date.parse('2026-03-02T00:59:30Z') - Date.now();
  const folder = await mkdtemp(join(tmpdir(), 'koan-demo-'));
  const playground = await startPlayground({ now: () => Date.now() + clock });
  const guild = playground.addGuild({ name: 'LLM interview group', systemChannel: true });
  const channel = playground.addChannel(guild.id, { name: 'daily' });
  const people = Object.fromEntries(
    ['mona', 'alice', 'bob', '小明'].map((name) => {
      const user = playground.addUser({ name });
      playground.addMember(guild.id, user.id, name === 'mona' ? { permissions: MANAGE_GUILD } : {});
      if (name === '小明') playground.setLocale(user.id, 'zh-CN');
      return [name, playground.as(user.id)];
    }),
  ) as Record<'mona' | 'alice' | 'bob' | '小明', Person>;

  let bot = await start();
  process.once('SIGINT', () => void end());
  process.once('SIGTERM', () => void end());

  try {
    await playStory();
  } catch (error) {
    say(`The story broke off: ${(error as Error).message}`);
    process.exitCode = 1;
  }
  if (once || process.exitCode) await end();
  else {
    title('Your turn');
    say(`The local Discord and the bot stay up; everything above can be gone on with. For a client of your own:

  DISCORD_API_URL=${playground.url}
  DISCORD_TOKEN=${playground.token}

Ctrl-C ends it and leaves nothing behind.`);
  }

  async function playStory(): Promise<void> {
    title('Koan 公案 · a question a day, turned over by a group');
    say('No Discord account, no server: a local Discord, and the real bot on it with the embedded store.');

    step('mona, who manages the server, sets a daily question up');
    command('mona', '/daily add channel:#daily time:09:00 timezone:上海 language:both');
    await show(
      await people.mona.slash(channel.id, 'daily add', {
        channel: channel.id,
        time: '09:00',
        timezone: '上海',
        language: 'both',
      }),
    );

    step('Nine o’clock in Shanghai: the question comes');
    setTime('2026-03-02T01:00:00Z');
    const first = await posted(1);
    print(first);

    step('Everyone grades themselves with a reaction; bob would rather be asked');
    people.alice.react(channel.id, first.id, '✅');
    people.小明.react(channel.id, first.id, '⚡');
    people.bob.react(channel.id, first.id, '❌');
    const pick = /"custom_id":"(pick:[^"]+)"/.exec(JSON.stringify(first.components))?.[1];
    const button = pick ?? /"custom_id":"(show:[^"]+)"/.exec(JSON.stringify(first.components))![1]!;
    say(`  bob presses [ ${pick ? 'A' : 'Show answer'} ]`);
    await show(await people.bob.press(first, button));

    step('小明 thinks again, and then the bot is killed (kill -9)');
    people.小明.unreact(channel.id, first.id, '⚡');
    people.小明.react(channel.id, first.id, '🤔');
    await sleep(200);
    await bot.kill();
    say('  The bot is gone. Meanwhile alice changes her ✅ into ⚡, which nobody tells the bot.');
    people.alice.unreact(channel.id, first.id, '✅');
    people.alice.react(channel.id, first.id, '⚡');
    bot = await start();
    say('  The bot is back, and has read what really stands under the question.');

    step('The next morning: a new question, and yesterday’s closes');
    setTime('2026-03-03T01:00:00Z');
    const second = await posted(2);
    people.alice.react(channel.id, second.id, '✅');
    people.小明.react(channel.id, second.id, '✅');
    setTime('2026-03-03T01:00:31Z');
    await until(() => JSON.stringify(first.components).includes('Closed'));
    print(first);

    step('alice looks at her progress, 小明 at the leaderboard, in Chinese');
    command('alice', '/progress');
    await show(await people.alice.slash(channel.id, 'progress'));
    command('小明', '/排行榜');
    await show(await people.小明.slash(channel.id, 'leaderboard'));
  }

  async function start(): Promise<BotProcess> {
    const started = startBot({
      env: {
        DISCORD_TOKEN: playground.token,
        DISCORD_API_URL: playground.url,
        DATA_DIR: join(folder, 'data'),
        LOG_LEVEL: 'info',
      },
      clock,
    });
    await started.ready;
    return started;
  }

  function setTime(time: string): void {
    clock = Date.parse(time) - Date.now();
    bot.setClock(clock);
  }

  async function posted(count: number): Promise<Message> {
    const messages = () =>
      [...channel.messages.values()].filter(({ authorId }) => authorId === playground.botId);
    await until(() => (messages()[count - 1]?.reactions.size ?? 0) >= 4);
    return messages()[count - 1]!;
  }

  async function until(holds: () => boolean): Promise<void> {
    const end = performance.now() + 30_000;
    while (!holds()) {
      if (performance.now() > end)
        throw new Error(`the bot did not answer; its last words:\n${bot.lines.slice(-3).join('\n')}`);
      await sleep(50);
    }
  }

  async function end(): Promise<void> {
    await bot.stop();
    await playground.close();
    await rm(folder, { recursive: true, force: true });
    process.exit();
  }

  async function show(response: Response): Promise<void> {
    const { message } = await response.settled();
    if (message) print(message);
  }

  function print(message: Message): void {
    say(renderMessage(message, playground.world, ZONE));
  }
}

function title(text: string): void {
  say(`\n${text}\n${'═'.repeat(60)}`);
}

function step(text: string): void {
  say(`\n▸ ${text}\n`);
}

function command(who: string, text: string): void {
  say(`  ${who} types ${text}`);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

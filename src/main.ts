import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Events } from 'discord.js';
import { commands } from '../commands/index.ts';
import { becomeActive } from './active.ts';
import { BankError, loadBank } from './bank/load.ts';
import { type Config, ConfigError, parseConfig } from './config.ts';
import { createClient, logIn, StartError } from './discord/client.ts';
import { postButtons } from './discord/post-buttons.ts';
import { takeReactions } from './discord/reaction-intake.ts';
import { registerCommands } from './discord/register.ts';
import { reportButtons } from './discord/report-buttons.ts';
import { createRouter } from './discord/router.ts';
import { takeServers } from './discord/servers.ts';
import { serveHttp } from './http.ts';
import { startClock } from './jobs/clock.ts';
import { createLog, createRedaction } from './log.ts';
import { createMetrics } from './metrics.ts';
import { createStudio } from './pictures/studio.ts';
import { createRooms } from './rooms.ts';
import { measureStore } from './store/measured.ts';
import { type Store, StoreUnavailable } from './store/port.ts';
import { openRedisStore } from './store/redis.ts';
import { openSqliteStore } from './store/sqlite.ts';

/** The one place that sees the clock, the environment and the process. */
async function main(config: Config): Promise<void> {
  const log = createLog(config);
  const bank = await loadBank(config.questionsDir ?? fileURLToPath(new URL('../questions', import.meta.url)));
  const metrics = createMetrics({
    jobLag: () => ticker.lag(),
    gatewayReady: () => client.isReady(),
    shards: () => client.ws.shards.size,
  });
  const store = measureStore(await openStore(config, log), (operation, outcome, seconds) =>
    metrics.store.observe({ operation, outcome }, seconds),
  );

  const studio = createStudio();
  const client = createClient(config.apiUrl, studio, log);
  const { app, ticker, ledger, feeder, departures } = createRooms({
    config,
    bank,
    store,
    client,
    studio,
    now: Date.now,
    random: () => randomInt(2 ** 47) / 2 ** 47,
    newSecret: () => randomBytes(32).toString('base64url'),
    log,
    onGraded: (change) => metrics.grades.inc({ change }),
  });
  const { grading, quizzes } = app;

  // discord.js turns a malformed dispatch into a rejection that nobody handles; one bad event must not end the bot.
  process.on('unhandledRejection', (error) => {
    metrics.rejections.inc();
    log.error({ err: error }, 'a rejection that nobody handled');
  });

  let role: 'active' | 'standby' = 'standby';
  const server =
    config.httpPort === undefined
      ? undefined
      : await serveHttp(config.httpPort, config.httpHost, health, metrics.registry);

  let release = async () => {};
  let stopClock = async () => {};
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop());

  release = await becomeActive(store, randomUUID(), log, () => {
    log.fatal('this process was away for too long and another one took over');
    process.exit(1);
  });
  role = 'active';

  client.rest.on('rateLimited', ({ global }) => metrics.rateLimited.inc({ global: String(global) }));
  const route = createRouter(app, commands, { ...postButtons, ...reportButtons }, (kind, milliseconds) =>
    metrics.interactions.observe({ kind }, milliseconds / 1000),
  );
  client.on(Events.InteractionCreate, (interaction) => void route(interaction));
  takeReactions(client, grading, log);
  takeServers(client, departures, log);
  await grading.load();
  await quizzes.load();
  await ledger.load();
  await logIn(client, config.token, config.apiUrl, log, (error) => {
    log.fatal(error.message);
    process.exit(1);
  });
  if (!client.isReady())
    throw new StartError('Discord ended the connection while the bot was starting. Start it again.');

  const definitions = commands.map(({ definition }) => definition);
  await registerCommands(client.rest, client.application.id, definitions).catch((error) =>
    log.error({ err: error }, 'the commands could not be registered; they stay as they are'),
  );
  await client.application.commands.fetch().catch(() => {});

  void feeder.sweep(client.guilds.cache.keys());

  // Events missed while the bot was away, or by a session that could not be resumed, are never sent again.
  void grading.readAll();
  client.on(Events.ShardReady, (shardId) => {
    void grading.readAll((guildId) => client.guilds.cache.get(guildId)?.shardId === shardId);
  });
  stopClock = startClock(() => {
    void ticker.tick();
    void grading.recover();
    void feeder.recover();
  });
  log.info({ user: client.user.tag, guilds: client.guilds.cache.size, questions: bank.items.size }, 'ready');

  async function health() {
    const answers = await store.ping().then(
      () => true,
      () => false,
    );
    return {
      role,
      store: answers ? ('ok' as const) : ('away' as const),
      gateway: client.isReady() ? ('connected' as const) : ('away' as const),
    };
  }

  async function stop(): Promise<void> {
    log.info('stopping');
    setTimeout(() => process.exit(0), LONGEST_STOP).unref();
    await stopClock();
    await ticker.drain();
    await client.destroy();
    await studio.close();
    await release().catch(() => {});
    await store.close();
    server?.close();
    process.exit(0);
  }
}

function openStore({ redisUrl, dataDir }: Config, log: ReturnType<typeof createLog>): Promise<Store> {
  const options = {
    deadline: STORE_DEADLINE,
    onSetAside: (event: object) => log.error(event, 'a stored document did not fit and was set aside'),
  };
  return redisUrl ? openRedisStore(redisUrl, options) : openSqliteStore(dataDir, options);
}

/** Milliseconds. Two calls that fail one after the other still leave time to say so within Discord's 3 s. */
const STORE_DEADLINE = 1_000;

/** Milliseconds that a stop may take; Docker kills after 10 s. */
const LONGEST_STOP = 8_000;

try {
  if (existsSync('.env')) process.loadEnvFile('.env');
  await main(parseConfig(process.env));
} catch (error) {
  const expected = [ConfigError, BankError, StoreUnavailable, StartError].some(
    (kind) => error instanceof kind,
  );
  const redact = createRedaction({
    token: process.env.DISCORD_TOKEN ?? '',
    redisUrl: undefined,
    marking: { apiKey: process.env.AI_API_KEY ?? '' },
  });
  process.stderr.write(redact(`${expected ? (error as Error).message : (error as Error).stack}\n`));
  process.exit(1);
}

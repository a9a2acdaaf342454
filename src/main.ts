import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Events } from 'discord.js';
import { commands } from '../commands/index.ts';
import { becomeActive } from './active.ts';
import { createBanks } from './bank/banks.ts';
import { BankError, loadBank } from './bank/load.ts';
import { createBoardsService } from './competition/boards.ts';
import { createCompetitionsService } from './competition/competitions.ts';
import { createHerald } from './competition/herald.ts';
import { createInStep } from './competition/in-step.ts';
import { createStandingsReader } from './competition/standings.ts';
import { type Config, ConfigError, parseConfig } from './config.ts';
import { createDrawsService } from './daily/draws.ts';
import { createGradingService } from './daily/grading.ts';
import { createLookUp } from './daily/look-up.ts';
import { createPosterService } from './daily/poster.ts';
import { createPublisher } from './daily/publisher.ts';
import { createSchedulesService } from './daily/schedules.ts';
import { createAnnounce } from './discord/announce.ts';
import { createChannels } from './discord/channels.ts';
import { createClient, logIn, StartError } from './discord/client.ts';
import { createCompetitionChannels } from './discord/competition-channels.ts';
import { createDownload } from './discord/download.ts';
import { watchGateway } from './discord/gateway.ts';
import { createLedger } from './discord/ledger.ts';
import { postButtons } from './discord/post-buttons.ts';
import { createQuizStage } from './discord/quiz-stage.ts';
import { takeReactions } from './discord/reaction-intake.ts';
import { registerCommands } from './discord/register.ts';
import { createRemind } from './discord/reminder.ts';
import { createTellModerators, reportButtons } from './discord/report-buttons.ts';
import { createRoster } from './discord/roster.ts';
import { createRouter } from './discord/router.ts';
import { takeServers } from './discord/servers.ts';
import { createDoctor } from './doctor/checkup.ts';
import { serveHttp } from './http.ts';
import { createInterviewService } from './interview/service.ts';
import { startClock } from './jobs/clock.ts';
import { createTicker } from './jobs/ticker.ts';
import { createLog, createRedaction } from './log.ts';
import { createMetrics } from './metrics.ts';
import { createImports } from './own-bank/imports.ts';
import { createReader } from './own-bank/reader.ts';
import { createOwnBankService } from './own-bank/service.ts';
import { createStudio } from './pictures/studio.ts';
import { createDeletionService } from './privacy/deletion.ts';
import { createDepartures } from './privacy/departures.ts';
import { createForgotten } from './privacy/forgotten.ts';
import { createProgressService } from './progress/service.ts';
import { createQuizHost } from './quiz/host.ts';
import { createSoloService } from './quiz/solo-service.ts';
import { createReportsService } from './reports/service.ts';
import { createDeckService } from './review/deck.ts';
import { createFeeder } from './review/feeder.ts';
import { createRemindersService } from './review/reminders.ts';
import { createReviewsService } from './review/reviews.ts';
import { createSettingsService } from './settings/service.ts';
import { measureStore } from './store/measured.ts';
import { type Store, StoreUnavailable } from './store/port.ts';
import { openRedisStore } from './store/redis.ts';
import { openSqliteStore } from './store/sqlite.ts';

/** The composition root: the one place that sees the clock, the environment and every room. */
async function main(config: Config): Promise<void> {
  const now = Date.now;
  const log = createLog(config);
  const about = { version: version(), driver: config.redisUrl ? 'Redis' : 'SQLite', startedAt: now() };
  const bank = await loadBank(config.questionsDir ?? fileURLToPath(new URL('../questions', import.meta.url)));
  const metrics = createMetrics({
    jobLag: () => ticker.lag(),
    gatewayReady: () => client.isReady(),
    shards: () => client.ws.shards.size,
  });
  const store = measureStore(await openStore(config, log), (operation, outcome, seconds) =>
    metrics.store.observe({ operation, outcome }, seconds),
  );

  const ownBank = createOwnBankService(store, bank, now);
  const banks = createBanks(bank, ownBank.banks);
  const studio = createStudio();
  const client = createClient(config.apiUrl, studio, log);
  const gateway = watchGateway(client, now);
  const progress = createProgressService(store, now, (guildId, userId) => feeder.feed(guildId, userId));
  const { roster, forget: forgetSeen } = createRoster(client, now, log);
  const isMember = async (guildId: string, userId: string) =>
    Boolean((await roster(guildId, [userId])).get(userId));
  const deck = createDeckService(store, banks, now, isMember);
  const feeder = createFeeder(store, deck, progress, log);
  const inStep = createInStep(progress, roster);
  const standings = createStandingsReader(store, progress, inStep);
  const competitions = createCompetitionsService(store, progress, now);
  const onPersonChanged = async (userId: string) => {
    await progress.refresh(userId);
    await deck.refreshSoon(userId);
    await reminders.refresh(userId);
  };
  const settings = createSettingsService(store, onPersonChanged, competitions.replan);
  const interviews = createInterviewService(store, progress, settings, deck.onAnswered, now, config.marking);
  const schedules = createSchedulesService(store, now);
  const ledger = createLedger(store, now);
  const announce = createAnnounce(ledger, client);
  const channels = createChannels(client, announce, banks, settings);
  const draws = createDrawsService(store, banks, now);
  const forgotten = createForgotten(store, () => randomBytes(32).toString('base64url'));
  const grading = createGradingService(store, channels, progress, forgotten, now, log, (change) =>
    metrics.grades.inc({ change }),
  );
  const publisher = createPublisher(store, banks, channels, draws, grading, now, log);
  const poster = createPosterService(store, channels, publisher, grading, progress, now, log, (guildId) => {
    void feeder.sweep([guildId]);
  });
  const lookUp = createLookUp(banks, grading, progress);
  const solos = createSoloService(store, progress, deck.onAnswered, lookUp, now);
  const stage = createQuizStage(client, announce, banks);
  const remind = createRemind(client.rest, announce);
  const reminders = createRemindersService(store, deck, progress, remind, grading.isDailyOpen, now);
  const podium = createCompetitionChannels(client, announce, channels, settings, now);
  const herald = createHerald(store, competitions, standings, podium, now, log);
  const wake = () => void ticker.tick();
  const quizzes = createQuizHost(store, stage, progress, deck.onAnswered, lookUp, now, log, wake);
  const issuesUrl = config.issuesUrl ?? ownIssues();
  const reports = createReportsService(
    store,
    settings,
    createTellModerators(announce, channels, banks, settings, issuesUrl),
    isMember,
    now,
  );
  const reviews = createReviewsService(store, banks, deck, progress, grading.openQuestions, now);

  // All that is kept of people: what writes of them by itself first, and last the index by which the rest is found.
  const personal = [
    reports.personal,
    grading.personal,
    quizzes.personal,
    progress.personal,
    competitions.personal,
    feeder.personal,
    deck.personal,
    reviews.personal,
    reminders.personal,
    interviews.personal,
    solos.personal,
    settings.personal,
    ledger.personal,
    progress.personalIndex,
    { delete: store.forgetAside },
    { delete: async (userId: string) => forgetSeen(userId) },
    { delete: async () => studio.clear() },
  ];
  // And of servers: what acts by itself first.
  const ofGuild = [
    reports.ofGuild,
    schedules.ofGuild,
    quizzes.ofGuild,
    poster.ofGuild,
    competitions.ofGuild,
    ledger.ofGuild,
    draws.ofGuild,
    ownBank.ofGuild,
    deck.ofGuild,
    reviews.ofGuild,
    interviews.ofGuild,
    solos.ofGuild,
    progress.ofGuild,
    settings.ofGuild,
    { delete: store.forgetAside },
  ];
  const deletion = createDeletionService(store, personal, ofGuild, now, log);
  const departures = createDepartures(
    store,
    deletion,
    (guildId) => client.guilds.cache.has(guildId),
    async (guildId, rests) => {
      await schedules.setResting(guildId, rests);
      await competitions.setResting(guildId, rests);
    },
    now,
  );

  const handlers = {
    ...deletion.handlers,
    ...departures.handlers,
    ...ledger.handlers,
    ...poster.handlers,
    ...deck.handlers,
    ...reminders.handlers,
    ...quizzes.handlers,
    ...herald.handlers,
    ...reports.handlers,
  };
  const ticker = createTicker(store, handlers, now, log);
  const app = {
    client,
    store,
    banks,
    ownBank,
    imports: createImports(createReader(), ownBank, bank, now),
    download: createDownload(config.apiUrl),
    reports,
    issuesUrl,
    settings,
    schedules,
    draws,
    poster,
    grading,
    progress,
    boards: createBoardsService(store, settings, progress, roster, inStep, now),
    competitions,
    standings,
    lookUp,
    deck,
    reminders,
    reviews,
    interviews,
    solos,
    quizzes,
    doctor: createDoctor(store, schedules, competitions, draws, settings, ledger.unsentOf, about, now),
    gateway,
    deletion,
    now,
    random: () => randomInt(2 ** 47) / 2 ** 47,
    log,
    wake,
  };

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

function version(): string {
  return aboutProject().version;
}

/** Where the project itself takes issues, if its repository is known. */
function ownIssues(): string | undefined {
  const { repository } = aboutProject();
  const address = typeof repository === 'string' ? repository : (repository?.url ?? '');
  const [, path] = /github(?:\.com[/:]|:)([\w.-]+\/[\w.-]+?)(?:\.git)?$/.exec(address) ?? [];
  return path && `https://github.com/${path}/issues/new`;
}

function aboutProject(): { version: string; repository?: string | { url?: string } } {
  return JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
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

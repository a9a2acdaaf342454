import type { Client } from 'discord.js';
import type { Logger } from 'pino';
import { createBanks } from './bank/banks.ts';
import type { Bank } from './bank/load.ts';
import { createBoardsService } from './competition/boards.ts';
import { createCompetitionsService } from './competition/competitions.ts';
import { createHerald } from './competition/herald.ts';
import { createInStep } from './competition/in-step.ts';
import { createStandingsReader } from './competition/standings.ts';
import type { Config } from './config.ts';
import { createDrawsService } from './daily/draws.ts';
import { createGradingService } from './daily/grading.ts';
import { createLookUp } from './daily/look-up.ts';
import { createPosterService } from './daily/poster.ts';
import { createPublisher } from './daily/publisher.ts';
import { createSchedulesService } from './daily/schedules.ts';
import { createAnnounce } from './discord/announce.ts';
import { askingProblem } from './discord/cards/question-card.ts';
import { createChannels } from './discord/channels.ts';
import { createCompetitionChannels } from './discord/competition-channels.ts';
import { createDownload } from './discord/download.ts';
import { watchGateway } from './discord/gateway.ts';
import { createLedger } from './discord/ledger.ts';
import { createQuizStage } from './discord/quiz-stage.ts';
import { createRemind } from './discord/reminder.ts';
import { createTellModerators } from './discord/report-buttons.ts';
import { createRoster } from './discord/roster.ts';
import { watchServers } from './discord/servers.ts';
import { createDoctor } from './doctor/checkup.ts';
import { createInterviewService } from './interview/service.ts';
import { createTicker } from './jobs/ticker.ts';
import { createImports } from './own-bank/imports.ts';
import { createReader } from './own-bank/reader.ts';
import { createOwnBankService } from './own-bank/service.ts';
import type { Studio } from './pictures/studio.ts';
import { createDeletionService } from './privacy/deletion.ts';
import { createDepartures } from './privacy/departures.ts';
import { createForgotten } from './privacy/forgotten.ts';
import { createProgressService } from './progress/service.ts';
import { issuesOf, project } from './project.ts';
import { createQuizHost } from './quiz/host.ts';
import { createSoloService } from './quiz/solo-service.ts';
import { createReportsService } from './reports/service.ts';
import { createDeckService } from './review/deck.ts';
import { createFeeder } from './review/feeder.ts';
import { createRemindersService } from './review/reminders.ts';
import { createReviewsService } from './review/reviews.ts';
import { createSettingsService } from './settings/service.ts';
import type { Store } from './store/port.ts';

/** What the rooms stand on. */
export type Ground = {
  readonly config: Config;
  readonly bank: Bank;
  readonly store: Store;
  readonly client: Client;
  readonly studio: Studio;
  readonly now: () => number;
  /** From 0 up to and without 1. */
  readonly random: () => number;
  /** Makes a key that nobody can guess. */
  readonly newSecret: () => string;
  readonly log: Logger;
  readonly onGraded: (change: 'given' | 'withdrawn') => void;
};

export type Rooms = ReturnType<typeof createRooms>;

/** All rooms, put together: what commands are given, what is kept of people and servers, and who does which job. */
export function createRooms({
  config,
  bank,
  store,
  client,
  studio,
  now,
  random,
  newSecret,
  log,
  onGraded,
}: Ground) {
  const about = {
    version: project.version,
    driver: config.redisUrl ? 'Redis' : 'SQLite',
    startedAt: now(),
  };
  const ownBank = createOwnBankService(store, bank, now);
  const banks = createBanks(bank, ownBank.banks);
  const gateway = watchGateway(client, now);
  const servers = watchServers(client);
  const progress = createProgressService(store, now, (guildId, userId) => feeder.feed(guildId, userId));
  const { roster, isMember, forget: forgetSeen } = createRoster(client, servers.isIn, now, log);
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
  const forgotten = createForgotten(store, newSecret);
  const grading = createGradingService(store, channels, progress, forgotten, now, log, onGraded);
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
  const issuesUrl = config.issuesUrl ?? issuesOf(project);
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
    servers.isIn,
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
    imports: createImports(createReader(), ownBank, bank, askingProblem, now),
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
    random,
    log,
    wake,
  };

  return { app, ticker, ledger, feeder, departures };
}

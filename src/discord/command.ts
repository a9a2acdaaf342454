import type {
  APIApplicationCommandOptionChoice,
  AutocompleteInteraction,
  ChatInputCommandInteraction,
  Client,
  MessageComponentInteraction,
  ModalSubmitInteraction,
  RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord.js';
import type { Logger } from 'pino';
import type { Banks, Library } from '../bank/banks.ts';
import type { Language } from '../bank/schema.ts';
import type { BoardsService } from '../competition/boards.ts';
import type { CompetitionsService } from '../competition/competitions.ts';
import type { StandingsReader } from '../competition/standings.ts';
import type { DrawsService } from '../daily/draws.ts';
import type { GradingService } from '../daily/grading.ts';
import type { LookUp } from '../daily/look-up.ts';
import type { PosterService } from '../daily/poster.ts';
import type { SchedulesService } from '../daily/schedules.ts';
import type { Doctor } from '../doctor/checkup.ts';
import type { InterviewService } from '../interview/service.ts';
import type { Imports } from '../own-bank/imports.ts';
import type { OwnBankService } from '../own-bank/service.ts';
import type { DeletionService } from '../privacy/deletion.ts';
import type { ProgressService } from '../progress/service.ts';
import type { QuizHost } from '../quiz/host.ts';
import type { SoloService } from '../quiz/solo-service.ts';
import type { ReportsService } from '../reports/service.ts';
import type { DeckService } from '../review/deck.ts';
import type { RemindersService } from '../review/reminders.ts';
import type { ReviewsService } from '../review/reviews.ts';
import type { SettingsService } from '../settings/service.ts';
import type { Store } from '../store/port.ts';
import type { Download } from './download.ts';
import type { Gateway } from './gateway.ts';
import type { Words } from './words/en.ts';

/** A slash command: what Discord is told of it, and what it does. */
export type Command = {
  readonly definition: RESTPostAPIChatInputApplicationCommandsJSONBody;
  readonly execute: (interaction: ChatInputCommandInteraction, context: Context) => Promise<void>;
  readonly complete?: (interaction: AutocompleteInteraction, context: Context) => Promise<Choice[]>;
  readonly components?: Components;
};

export type Choice = APIApplicationCommandOptionChoice<string>;

/** By the first segment of the component's id; the other segments come as arguments. */
export type Components = Readonly<Record<string, ComponentHandler>>;

export type ComponentHandler = (
  interaction: MessageComponentInteraction | ModalSubmitInteraction,
  context: Context,
  ...segments: string[]
) => Promise<void>;

/** What every handler may use. */
export type App = {
  readonly client: Client;
  readonly store: Store;
  readonly banks: Banks;
  readonly ownBank: OwnBankService;
  readonly imports: Imports;
  readonly reports: ReportsService;
  /** Where the project takes reports of mistakes, if anywhere. */
  readonly issuesUrl: string | undefined;
  readonly download: Download;
  readonly settings: SettingsService;
  readonly schedules: SchedulesService;
  readonly draws: DrawsService;
  readonly poster: PosterService;
  readonly grading: GradingService;
  readonly progress: ProgressService;
  readonly boards: BoardsService;
  readonly competitions: CompetitionsService;
  readonly standings: StandingsReader;
  readonly lookUp: LookUp;
  readonly deck: DeckService;
  readonly reminders: RemindersService;
  readonly reviews: ReviewsService;
  readonly interviews: InterviewService;
  readonly solos: SoloService;
  readonly quizzes: QuizHost;
  readonly doctor: Doctor;
  readonly gateway: Gateway;
  readonly deletion: DeletionService;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Numbers in [0, 1) that nobody can foresee. */
  readonly random: () => number;
  readonly log: Logger;
  /** Looks for due jobs at once instead of at the next second. */
  readonly wake: () => void;
};

/** The app, the person's language, and the questions that there are where they are. */
export type Context = App & Library & { readonly language: Language; readonly words: Words };

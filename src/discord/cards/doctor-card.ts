import {
  type APIComponentInContainer,
  type APIContainerComponent,
  type Guild,
  type GuildBasedChannel,
  PermissionFlagsBits,
} from 'discord.js';
import type { Language } from '../../bank/schema.ts';
import type { Competition } from '../../competition/competition.ts';
import type { Failure } from '../../daily/schedule.ts';
import type { Checkup, ScheduleCheck } from '../../doctor/checkup.ts';
import { type Finding, findingsOf } from '../../doctor/findings.ts';
import { type MentionCommand, withCommandLinks } from '../command-mention.ts';
import type { Connection } from '../gateway.ts';
import { doctorWords } from '../words/doctor.ts';
import type { Words } from '../words/en.ts';
import { competitionTroubles } from './competition-card.ts';
import { plain } from './markdown.ts';
import { button, colors, container, line, row, text } from './parts.ts';
import { lackingIn, troublesOf } from './schedule-card.ts';

/** What a checkup has found, as it is told. */
export type Patient = {
  readonly checkup: Checkup;
  readonly connection: Connection;
  readonly guild: Guild;
  readonly language: Language;
  readonly words: Words;
  readonly mention: MentionCommand;
};

/** A page of the checkup: what is to be mended first, then how everything stands. Pages count from 1. */
export function doctorCard(patient: Patient, wanted: number): APIContainerComponent {
  const say = doctorWords[patient.language];
  const troubles = troublesFound(patient);
  const verdict = troubles.length > 0 ? [say.toMend(troubles.length), ...troubles] : [say.fine];
  const sections = [
    verdict,
    section(say.dailies, dailyLines(patient)),
    section(
      say.competitions,
      (patient.checkup.competitions ?? []).map((each) => newsLine(each, patient)),
    ),
    section(say.channels, channelLines(patient)),
    section(say.bot, [botLines(patient)]),
  ].filter(({ length }) => length > 0);
  const pages = paged(sections.map((lines) => lines.map((each) => withCommandLinks(each, patient.mention))));
  const page = Math.min(Math.max(1, wanted), pages.length);
  const turn = (label: string, to: number) =>
    button(`doctor-page:${to}`, label, { disabled: to < 1 || to > pages.length });
  const title =
    pages.length > 1 ? `### ${say.title}\n-# ${say.page(page, pages.length)}` : `### ${say.title}`;
  return container(
    troubles.length > 0 ? colors.wrong : colors.right,
    text(title),
    ...pages[page - 1]!,
    row(
      ...(pages.length > 1 ? [turn(say.previous, page - 1), turn(say.next, page + 1)] : []),
      button('doctor-again', say.again),
    ),
  );
}

/** Every trouble with how to mend it, a sentence or two each, the worst first. */
function troublesFound({ checkup, connection, guild, language, words }: Patient): string[] {
  const say = doctorWords[language];
  const { schedules = [], competitions = [], reports } = checkup;
  const { ping = 0 } = connection;
  const channels = channelsUsed(checkup, guild);
  const missing = (id: string | null | undefined) => {
    const channel = id ? guild.channels.cache.get(id) : undefined;
    return channel && guild.members.me ? words.list(lackingIn(channel, guild.members.me, words)) : '';
  };
  const lackingNotices = missing(guild.systemChannelId);
  const lackingReports = missing(reports);
  return [
    ...new Set([
      ...findingsOf(checkup).map((finding) => sentenceOf(finding, language, words)),
      ...[...schedules.map(({ schedule }) => schedule), ...competitions]
        .filter((each) => !('suspended' in each) && !guild.channels.cache.has(each.channelId))
        .map(({ channelId }) => say.findings.channelGone(`<#${channelId}>`)),
      ...schedules.flatMap(({ schedule }) => troublesOf(schedule, guild.client, words)),
      ...competitions.flatMap((each) => competitionTroubles(each, guild.client, language)),
      ...(lackingNotices ? [say.findings.notices(`<#${guild.systemChannelId}>`, lackingNotices)] : []),
      ...(reports && !guild.channels.cache.has(reports) ? [say.findings.reportsGone(`<#${reports}>`)] : []),
      ...(lackingReports ? [say.findings.reports(`<#${reports}>`, lackingReports)] : []),
      ...(ping > SLOW_HEARTBEAT ? [say.findings.gatewaySlow(timeText(ping, language))] : []),
      ...[...channels]
        .filter(([id, uses]) => [...uses].some(drawsIn) && lacks(guild, id, 'AttachFiles'))
        .map(([id]) => say.findings.attach(`<#${id}>`)),
    ]),
  ];
}

function sentenceOf(finding: Finding, language: Language, words: Words): string {
  const say = doctorWords[language];
  const { findings } = say;
  const channelOf = ({ schedule }: ScheduleCheck) => `<#${schedule.channelId}>`;
  switch (finding.kind) {
    case 'store-away':
      return findings.storeAway;
    case 'store-slow':
      return findings.storeSlow(timeText(finding.milliseconds, language));
    case 'unreadable':
      return findings.unreadable;
    case 'suspended': {
      const { reason } = finding.check.schedule.suspended!;
      return findings.suspended(channelOf(finding.check), words.daily.suspended[reason]);
    }
    case 'late': {
      const { check, since, failure } = finding;
      return findings.late(channelOf(check), since, failure ? reasonText(failure, language) : '');
    }
    case 'missed':
      return findings.missed(channelOf(finding.check), finding.at);
    case 'unclosed':
      return findings.unclosed(channelOf(finding.check), finding.since);
    case 'unsent':
      return findings.unsent(`<#${finding.channelId}>`, finding.since);
    case 'wider':
      return findings.wider(channelOf(finding.check));
    case 'repeats': {
      const { unseen, all } = finding.check.supply;
      return findings.repeats(channelOf(finding.check), unseen, all);
    }
  }
}

function reasonText({ reason, status }: Failure, language: Language): string {
  const say = doctorWords[language];
  return status === undefined ? say.reasons[reason] : say.status(status);
}

function dailyLines({ checkup, language, words }: Patient): string[] {
  const say = doctorWords[language];
  if (checkup.schedules?.length === 0) return [say.noDailies];
  return (checkup.schedules ?? []).map(({ schedule, supply }) => {
    const { channelId, suspended, paused, next, postedAt, failure } = schedule;
    const state = suspended ? say.suspended : paused ? words.daily.paused : words.daily.next(next.at);
    return [
      `<#${channelId}> · ${state}`,
      `-# ${postedAt === undefined ? say.noPost : say.lastPost(postedAt)} · ${say.unseen(supply.unseen, supply.all)}`,
      `-# ${failure ? say.lastFailure(failure.at, reasonText(failure, language)) : say.noFailure}`,
    ].join('\n');
  });
}

function newsLine(
  { name, channelId, toldAt, trouble, troubleAt }: Competition,
  { language }: Patient,
): string {
  const say = doctorWords[language];
  const failure =
    trouble && troubleAt !== undefined ? say.lastFailure(troubleAt, say.reasons[trouble]) : say.noFailure;
  return `**${plain(name)}** · <#${channelId}>\n-# ${toldAt === undefined ? say.noNews : say.lastNews(toldAt)} · ${failure}`;
}

type Use = 'daily' | 'competition' | 'reports' | 'notices';

/** Whether it comes with pictures. */
function drawsIn(use: Use): boolean {
  return use === 'daily' || use === 'competition';
}

/** The channels that the bot says anything in unasked, and what. */
function channelsUsed(
  { schedules = [], competitions = [], reports }: Checkup,
  guild: Guild,
): Map<string, Set<Use>> {
  const used = new Map<string, Set<Use>>();
  const use = (channelId: string, what: Use) =>
    used.set(channelId, (used.get(channelId) ?? new Set()).add(what));
  for (const { schedule } of schedules) use(schedule.channelId, 'daily');
  for (const { channelId } of competitions) use(channelId, 'competition');
  if (reports) use(reports, 'reports');
  if (guild.systemChannelId) use(guild.systemChannelId, 'notices');
  return used;
}

function channelLines({ checkup, guild, language, words }: Patient): string[] {
  const say = doctorWords[language];
  const lines = [...channelsUsed(checkup, guild)].map(([id, uses]) => {
    const names = [...uses].map((use) => say.uses[use]).join(' · ');
    const unsent = (checkup.unsent ?? []).filter(({ channelId }) => channelId === id);
    const last = Math.max(...unsent.map(({ triedAt }) => triedAt));
    return [
      say.channel(`<#${id}>`, names, stateOf(guild.channels.cache.get(id), uses)),
      ...(unsent.length > 0 ? [`-# ${say.unsent(last)}`] : []),
    ].join('\n');
  });
  return guild.systemChannelId ? lines : [...lines, `-# ${say.noSystemChannel}`];

  function stateOf(channel: GuildBasedChannel | undefined, uses: ReadonlySet<Use>): string {
    const me = guild.members.me;
    if (!channel || !me) return say.gone;
    const wanted: Extra[] = [
      ...(uses.has('daily') ? (['AddReactions'] as const) : []),
      ...([...uses].some(drawsIn) ? (['AttachFiles'] as const) : []),
    ];
    const extra = wanted
      .filter((name) => lacks(guild, channel.id, name))
      .map((name) => say.permissions[name]);
    const lacking = [...lackingIn(channel, me, words), ...extra];
    return lacking.length > 0 ? say.lacks(words.list(lacking)) : say.lacksNothing;
  }
}

/** Permissions without which something is left out. */
type Extra = 'AddReactions' | 'AttachFiles';

function lacks(guild: Guild, channelId: string, name: Extra): boolean {
  const channel = guild.channels.cache.get(channelId);
  const me = guild.members.me;
  return channel !== undefined && me !== null && !channel.permissionsFor(me).has(PermissionFlagsBits[name]);
}

function botLines({ checkup, connection, language }: Patient): string {
  const say = doctorWords[language];
  const { about, latency } = checkup;
  const { shard, shards, since, ping, resumed, lost } = connection;
  return [
    latency === undefined
      ? say.storeAway(about.driver)
      : say.store(about.driver, timeText(latency, language)),
    say.gateway(since, ping === undefined ? undefined : timeText(ping, language)),
    say.connections(shard + 1, shards, resumed, lost),
    say.version(about.version, about.startedAt),
  ].join('\n');
}

function timeText(milliseconds: number, language: Language): string {
  const rounded = milliseconds < 10 ? milliseconds.toFixed(1) : String(Math.round(milliseconds));
  return doctorWords[language].milliseconds(milliseconds < 0.1 ? '< 0.1' : rounded);
}

function section(title: string, lines: readonly string[]): string[] {
  const [first, ...others] = lines;
  return first === undefined ? [] : [`**${title}**\n${first}`, ...others];
}

/** The sections, with a line between two, on as many pages as they need. */
function paged(sections: readonly (readonly string[])[]): APIComponentInContainer[][] {
  const pages: APIComponentInContainer[][] = [[]];
  let room = PAGE;
  for (const lines of sections) {
    let isFirst = true;
    for (const each of lines) {
      let page = pages.at(-1)!;
      if (page.length > 0 && (each.length > room || page.length + 2 > MOST_PARTS)) {
        page = [];
        pages.push(page);
        room = PAGE;
      } else if (isFirst && page.length > 0) page.push(line);
      page.push(text(each));
      room -= each.length;
      isFirst = false;
    }
  }
  return pages;
}

/** Characters on a page: Discord's 4,000, less what stands around them. */
const PAGE = 3_500;

/** Discord's 40 components, less what stands around them. */
const MOST_PARTS = 34;

/** Milliseconds. */
const SLOW_HEARTBEAT = 1_000;

import {
  type APIComponentInContainer,
  type APIContainerComponent,
  ButtonStyle,
  type Client,
  PermissionFlagsBits,
} from 'discord.js';
import type { Language } from '../../bank/schema.ts';
import {
  beginOf,
  type Clock,
  type Competition,
  canJoin,
  endOf,
  type News,
} from '../../competition/competition.ts';
import type { StandingRow, Standings } from '../../competition/standings.ts';
import { announcementId } from '../announce.ts';
import { competitionWords } from '../words/competition.ts';
import { wordsOf } from '../words/of.ts';
import { medals } from './board-card.ts';
import { clip, plain } from './markdown.ts';
import { button, colors, container, line, row, text } from './parts.ts';
import { picture } from './picture.ts';
import { lackingIn } from './schedule-card.ts';

/** What a card needs besides the competition itself. */
export type CardFacts = {
  readonly clock: Clock;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly language: Language;
};

/**
 * News for the channel. Its buttons carry the key of the announcement.
 * @param teamName what a role is called: a picture can't mention it
 */
export function newsCard(
  competition: Competition,
  news: News,
  standings: Standings,
  key: string,
  facts: CardFacts,
  teamName: (roleId: string) => string,
): APIContainerComponent {
  const say = competitionWords[facts.language];
  const entrants = say.entrants(standings.entrants);
  const body = {
    opening: () => [line, text(describeCompetition(competition, facts)), text(entrants)],
    going: () => [line, text(standingLines(standings, facts.language).join('\n')), text(`-# ${entrants}`)],
    result: () => [
      text(
        [
          winnerLine(competition, standings, facts.language),
          ...(competition.prize ? [say.prize(plain(competition.prize))] : []),
        ].join('\n'),
      ),
      winnersPicture(competition, standings, facts.language, teamName),
      text(`-# ${entrants}`),
    ],
    cancelled: () => [],
  }[kindOf[news]]();
  const look = button(announcementId('standings', key), say.standings);
  const enter = button(announcementId('enter', key), say.join, { style: ButtonStyle.Primary });
  return container(
    news === 'cancelled' ? colors.closed : news === 'result' ? colors.right : colors.open,
    text(`### ${say.news[news]} · ${plain(competition.name)}`),
    ...body,
    row(...(canJoin(competition, facts.clock, facts.now) ? [enter] : []), look),
  );
}

const kindOf = {
  open: 'opening',
  start: 'opening',
  half: 'going',
  last: 'going',
  result: 'result',
  cancelled: 'cancelled',
} as const;

/** The podium; where nobody has won, the standings as text. */
function winnersPicture(
  { name, first, last }: Competition,
  standings: Standings,
  language: Language,
  teamName: (roleId: string) => string,
): APIComponentInContainer {
  const say = competitionWords[language];
  const winners = standings.rows
    .filter(({ score }) => score > 0)
    .map(({ id, rank, size, score, ...row }) => ({
      rank,
      name: size === undefined ? (row.name ?? say.somebody) : teamName(id!),
      score: pointsText(score, language),
    }));
  if (winners.length === 0) return text(standingLines(standings, language).join('\n'));
  const alt = winners.map(({ rank, name, score }) => `${medals[rank - 1] ?? `${rank}.`} ${name} · ${score}`);
  const data = { title: name, subtitle: `${first} – ${last}`, winners };
  return picture({ kind: 'winners', language, data }, alt.join('\n'));
}

/** The standings, for one person or for the channel. */
export function standingsCard(
  competition: Competition,
  standings: Standings,
  facts: CardFacts,
  viewer: 'one person' | 'everybody',
): APIContainerComponent {
  const say = competitionWords[facts.language];
  const { page, pages, own, entrants } = standings;
  const isPrivate = viewer === 'one person';
  const place = own
    ? say.you(own.rank, pointsText(own.score, facts.language), own.team && `<@&${own.team}>`)
    : say.youNot;
  const turn = (label: string, to: number, isOpen: boolean) =>
    button(`standings:${competition.id}:${to}`, label, { disabled: !isOpen });
  const enter = button(`enter:${competition.id}`, say.join, { style: ButtonStyle.Primary });
  const buttons = [
    ...(canJoin(competition, facts.clock, facts.now) && !own ? [enter] : []),
    ...(!isPrivate ? [button(`standings:${competition.id}`, say.standings)] : []),
    ...(isPrivate && pages > 1
      ? [turn(say.previous, page - 1, page > 1), turn(say.next, page + 1, page < pages)]
      : []),
  ];
  return container(
    colors.plain,
    text(`### ${plain(competition.name)}`),
    text(describeCompetition(competition, facts)),
    line,
    text(standingLines(standings, facts.language).join('\n')),
    text(
      [
        ...(isPrivate && competition.state === 'live' ? [place] : []),
        `-# ${[say.entrants(entrants), ...(pages > 1 ? [say.page(page, pages)] : [])].join(' · ')}`,
      ].join('\n'),
    ),
    ...(buttons.length > 0 ? [row(...buttons)] : []),
  );
}

/** A competition in a few lines. */
export function describeCompetition(competition: Competition, { clock, now, language }: CardFacts): string {
  const say = competitionWords[language];
  const { first, last, scope, selfGrades, teams, best, prize, lateJoin } = competition;
  const begins = beginOf(competition, clock);
  const ends = endOf(competition, clock);
  const isLive = competition.state === 'live';
  const status =
    competition.state === 'over'
      ? say.status.over
      : now < begins
        ? say.status.ahead(begins)
        : now < ends
          ? say.status.running(ends)
          : say.status.settling;
  return [
    say.window(first, last, begins, ends),
    `**${status}**`,
    say.counts(scope, selfGrades),
    teams.length > 0 ? say.teams(wordsOf(language).list(teams.map((id) => `<@&${id}>`)), best) : '',
    prize ? say.prize(plain(prize)) : '',
    isLive && now < ends ? `-# ${say.lateJoin(lateJoin)}` : '',
  ]
    .filter(Boolean)
    .join('\n');
}

/** What keeps the bot from telling its news, or from giving the winners' role: a sentence each. */
export function competitionTroubles(competition: Competition, client: Client, language: Language): string[] {
  const words = wordsOf(language);
  const { guildId, channelId, winnersRole, trouble, crownRefused } = competition;
  const say = competitionWords[language];
  const guild = client.guilds.cache.get(guildId);
  const me = guild?.members.me;
  const channel = guild?.channels.cache.get(channelId);
  const lacking = me && channel && competition.state !== 'over' ? lackingIn(channel, me, words) : [];
  const role = winnersRole ? guild?.roles.cache.get(winnersRole) : undefined;
  const mayGive = role?.editable && me?.permissions.has(PermissionFlagsBits.ManageRoles);
  return [
    lacking.length > 0 ? say.lacking(`<#${channelId}>`, words.list(lacking)) : '',
    trouble && lacking.length === 0 ? say.refused(`<#${channelId}>`) : '',
    role && crownRefused ? say.crownRefused(`<@&${role.id}>`) : '',
    role && !crownRefused && !mayGive && competition.state !== 'over'
      ? say.roleLacking(`<@&${role.id}>`)
      : '',
  ].filter(Boolean);
}

/** The text form; a picture of the same rows has it as its alt text. */
function standingLines({ rows }: Standings, language: Language): string[] {
  const say = competitionWords[language];
  if (rows.length === 0) return [say.nobody];
  return rows.map((each) => {
    const size = each.size === undefined ? '' : ` · ${say.size(each.size)}`;
    return `${medals[each.rank - 1] ?? `**${each.rank}.**`} ${nameOf(each, language)} · ${pointsText(each.score, language)}${size}`;
  });
}

function winnerLine({ teams }: Competition, { rows }: Standings, language: Language): string {
  const say = competitionWords[language];
  const winners = rows.filter(({ rank, score }) => rank === 1 && score > 0);
  if (winners.length === 0) return say.nobodyWins;
  const names = wordsOf(language).list(winners.map((each) => nameOf(each, language)));
  return say.winner(names, winners.length > 1 || teams.length > 0);
}

/** A team is its role; a person is the name as text, so that nobody is mentioned. */
function nameOf({ id, name, size }: StandingRow, language: Language): string {
  if (size !== undefined) return `<@&${id}>`;
  return plain(clip(name ?? competitionWords[language].somebody, LONGEST_NAME));
}

/** A team's mean has one decimal at most. */
function pointsText(score: number, language: Language): string {
  return Number.isInteger(score)
    ? wordsOf(language).points(score)
    : competitionWords[language].score(Math.round(score * 10) / 10);
}

/** Discord's longest nickname. */
const LONGEST_NAME = 32;

import type { APIContainerComponent } from 'discord.js';
import type { Language } from '../../bank/schema.ts';
import type { BoardChoice, BoardPage, BoardRow } from '../../competition/boards.ts';
import { FEWEST_ANSWERS, readAccuracy } from '../../progress/boards.ts';
import { boardWords } from '../words/board.ts';
import { wordsOf } from '../words/of.ts';
import { clip, plain } from './markdown.ts';
import { button, colors, container, row, text } from './parts.ts';

/**
 * A page of a board as text. A picture of the same page would take the place of the rows, with them as its alt text.
 * @param viewerId whose place is marked; nobody's on a card for a whole channel
 */
export function boardCard(board: BoardPage, language: Language, viewerId?: string): APIContainerComponent {
  const say = boardWords[language];
  const { choice, page, pages, hasNext, rows } = board;
  const isShared = viewerId === undefined;
  const head = text(headOf(board, language).join('\n'));
  const own = isShared ? [] : [ownPlace(board, language)];
  if (rows.length === 0) {
    return container(
      colors.plain,
      head,
      text([say.empty[choice.by], ...(choice.roleId ? own : [])].join('\n')),
    );
  }
  const turn = (label: string, to: number, isOpen: boolean) =>
    button(boardId(choice, to), label, { disabled: !isOpen });
  return container(
    colors.plain,
    head,
    text(rows.map((each) => rowText(each, choice, language, each.userId === viewerId)).join('\n')),
    text([...own, `-# ${say.page(page, pages)}`].join('\n')),
    isShared
      ? row(button(boardId(choice, 'own'), say.mine))
      : row(turn(say.previous, page - 1, page > 1), turn(say.next, page + 1, hasNext)),
  );
}

function headOf({ choice, range, partial }: BoardPage, language: Language): string[] {
  const say = boardWords[language];
  const { by, period, roleId } = choice;
  return [
    `### ${by === 'streak' ? say.title.streak : say.title[by][period]}`,
    range ? `-# ${say.range(range.first, range.last)}` : '',
    by === 'accuracy' ? `-# ${say.fewest(FEWEST_ANSWERS[period])}` : '',
    by === 'streak' ? `-# ${say.streakRule}` : '',
    roleId ? `-# ${say.ofRole(`<@&${roleId}>`)}` : '',
    roleId && partial ? `-# ${say.partial}` : '',
  ].filter(Boolean);
}

function rowText(
  { rank, name, score, streak }: BoardRow,
  { by }: BoardChoice,
  language: Language,
  isOwn: boolean,
): string {
  const say = boardWords[language];
  const shown = plain(clip(name ?? say.somebody, LONGEST_NAME));
  const more = by !== 'streak' && streak > 0 ? ` · ${say.streak(streak)}` : '';
  const rest = `${shown} · ${scoreText(by, score, language)}${more}`;
  const place = medals[rank - 1] ?? `${rank}.`;
  return isOwn ? `**${place} ${rest}** ←` : `${medals[rank - 1] ?? `**${place}**`} ${rest}`;
}

function ownPlace({ choice, own }: BoardPage, language: Language): string {
  const say = boardWords[language];
  switch (own.kind) {
    case 'ranked':
      return say.you(own.rank, scoreText(choice.by, own.score, language));
    case 'few':
      return say.few(own.answered, own.needed);
    default:
      return say.unranked[own.kind];
  }
}

function scoreText(by: BoardChoice['by'], score: number, language: Language): string {
  const words = wordsOf(language);
  if (by === 'points') return words.points(score);
  if (by === 'streak') return words.days(score);
  const { right, answered } = readAccuracy(score);
  return boardWords[language].accuracy(right, answered);
}

/** The id of a button that shows a page of a board. */
function boardId({ by, period, roleId }: BoardChoice, page: number | 'own'): string {
  return ['board', by, period, page, ...(roleId ? [roleId] : [])].join(':');
}

export const medals = ['🥇', '🥈', '🥉'];

/** Discord's longest nickname. */
const LONGEST_NAME = 32;

import type { APIContainerComponent, APIMediaGalleryComponent } from 'discord.js';
import type { Language } from '../../bank/schema.ts';
import type { BoardChoice, BoardPage, BoardRow } from '../../competition/boards.ts';
import { FEWEST_ANSWERS, readAccuracy } from '../../progress/boards.ts';
import { boardWords } from '../words/board.ts';
import { wordsOf } from '../words/of.ts';
import { pictureWords } from '../words/pictures.ts';
import { clip, plain, unmarked } from './markdown.ts';
import { button, colors, container, row, text } from './parts.ts';
import { picture } from './picture.ts';

/** How the rows are shown, as a picture or as text: the action of the buttons that turn the pages, too. */
export type BoardForm = 'board' | 'board-text';

/**
 * A page of a board, its rows as a picture or as text.
 * @param viewerId whose place is marked; nobody's on a card for a whole channel
 */
export function boardCard(
  board: BoardPage,
  language: Language,
  form: BoardForm,
  viewerId?: string,
): APIContainerComponent {
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
    button(boardId(form, choice, to), label, { disabled: !isOpen });
  return container(
    colors.plain,
    head,
    form === 'board'
      ? boardPicture(board, language, viewerId)
      : text(rows.map((each) => markedRow(each, choice, language, each.userId === viewerId)).join('\n')),
    text([...own, `-# ${say.page(page, pages)}`].join('\n')),
    isShared
      ? row(button(boardId(form, choice, 'own'), say.mine))
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

function boardPicture(
  { rows, choice }: BoardPage,
  language: Language,
  viewerId: string | undefined,
): APIMediaGalleryComponent {
  const say = pictureWords[language].board;
  const withStreak = choice.by !== 'streak';
  const data = {
    columns: {
      name: say.name,
      score: say.score[choice.by],
      streak: withStreak ? say.streak : undefined,
    },
    rows: rows.map(({ userId, rank, name, score, streak }) => ({
      rank,
      name: name ?? boardWords[language].somebody,
      score: shortScore(choice.by, score, language),
      streak: withStreak ? streak : undefined,
      you: userId === viewerId,
    })),
  };
  const lines = rows.map((each) => {
    const mark = each.userId === viewerId ? ' ←' : '';
    return `${placeOf(each)} ${unmarked(rowText(each, choice, language))}${mark}`;
  });
  return picture({ kind: 'leaderboard', language, data }, lines.join('\n'));
}

function markedRow(board: BoardRow, choice: BoardChoice, language: Language, isOwn: boolean): string {
  const shown = { ...board, name: plain(clip(board.name ?? boardWords[language].somebody, LONGEST_NAME)) };
  const rest = rowText(shown, choice, language);
  if (isOwn) return `**${placeOf(board)} ${rest}** ←`;
  return `${medals[board.rank - 1] ?? `**${placeOf(board)}**`} ${rest}`;
}

function rowText({ name, score, streak }: BoardRow, { by }: BoardChoice, language: Language): string {
  const say = boardWords[language];
  const more = by !== 'streak' && streak > 0 ? ` · ${say.streak(streak)}` : '';
  return `${name ?? say.somebody} · ${scoreText(by, score, language)}${more}`;
}

function placeOf({ rank }: BoardRow): string {
  return medals[rank - 1] ?? `${rank}.`;
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

function shortScore(by: BoardChoice['by'], score: number, language: Language): string {
  if (by !== 'accuracy') return score.toLocaleString(language);
  const { right, answered } = readAccuracy(score);
  return `${Math.round((100 * right) / answered)}% (${answered})`;
}

/** The id of a button that shows a page of a board. */
function boardId(form: BoardForm, { by, period, roleId }: BoardChoice, page: number | 'own'): string {
  return [form, by, period, page, ...(roleId ? [roleId] : [])].join(':');
}

export const medals = ['🥇', '🥈', '🥉'];

/** Discord's longest nickname. */
const LONGEST_NAME = 32;

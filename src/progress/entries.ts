import { dayNumber } from '../calendar/dates.ts';
import type { CompetitionRule } from '../settings/guild.ts';
import { setName } from '../store/keys.ts';
import type { SetEntry } from '../store/port.ts';
import { boardScores } from './boards.ts';
import { daysOf, tookPart } from './derived.ts';
import type { Held } from './grade.ts';
import { type Member, type Part, unfedParts } from './member.ts';
import { pointsCounted } from './points.ts';
import type { Streak } from './streak.ts';

/** Where the person stands now in each ordered set that follows from the document and may have changed. */
export function entriesOf(
  guildId: string,
  userId: string,
  before: Member | undefined,
  after: Member,
  streak: Streak,
  rules: readonly CompetitionRule[],
): SetEntry[] {
  const entry = (set: string, score: number | null | undefined): SetEntry => {
    return { set, member: userId, score: score || null };
  };
  const old = shownScores(guildId, before);
  const now = shownScores(guildId, after);
  const boards = Object.keys({ ...old, ...now }).filter((set) => old[set] !== now[set]);
  return [
    ...boards.map((set) => entry(set, now[set])),
    entry(setName.streak(guildId), isShown(after) ? streak.current : null),
    entry(setName.unfed(guildId), unfedParts(after).length),
    entry(setName.breaks(guildId), streak.nextBreak === undefined ? null : dayNumber(streak.nextBreak)),
    ...changedParts(before, after).map((key) => {
      return entry(setName.grades(guildId, key), scoreOfPart(after.parts[key]));
    }),
    ...competitionEntries(guildId, userId, before, after, rules),
  ];
}

/**
 * Where the person stands in the competitions they have joined or left. A competition without a rule is decided, or
 * newer than the rules given: its sets stay as they are.
 */
function competitionEntries(
  guildId: string,
  userId: string,
  before: Member | undefined,
  after: Member,
  rules: readonly CompetitionRule[],
): SetEntry[] {
  const days = daysOf(after);
  const entriesIn = (id: string, team: string | undefined, score: number | null): SetEntry[] =>
    [undefined, ...(team === undefined ? [] : [team])].map((team) => ({
      set: setName.competition(guildId, id, team),
      member: userId,
      score,
    }));
  const withdrawn = Object.entries(before?.joined ?? {}).flatMap(([id, { team }]) =>
    after.joined[id]?.team === team && after.joined[id] ? [] : entriesIn(id, team, null),
  );
  const standing = Object.entries(after.joined).flatMap(([id, { team }]) => {
    const rule = rules.find((rule) => rule.id === id);
    return rule ? entriesIn(id, team, isShown(after) ? pointsCounted(days, rule) : null) : [];
  });
  return [...withdrawn, ...standing];
}

/** What the `grades` set keeps of a part: the reactions held in bits 0–7, an answer in bits 8 (given) and 9 (right). */
export function scoreOfPart(part: Part | undefined): number | null {
  if (!part || !tookPart(part)) return null;
  return part.held | (part.answer ? ANSWERED : 0) | (part.answer?.right ? RIGHT : 0);
}

/** The inverse of {@link scoreOfPart}. */
export function readScore(score: number): { held: Held; answer: { right: boolean } | undefined } {
  return { held: score & 255, answer: score & ANSWERED ? { right: (score & RIGHT) !== 0 } : undefined };
}

const ANSWERED = 1 << 8;
const RIGHT = 1 << 9;

/** Scores by set name, as the boards show them: none for a person who is off the boards. */
function shownScores(guildId: string, member: Member | undefined): Record<string, number> {
  return member && isShown(member) ? boardScores(guildId, daysOf(member)) : {};
}

/** Whether boards and standings show the person. */
export function isShown(member: Member): boolean {
  return !member.hidden && !member.left;
}

function changedParts(before: Member | undefined, after: Member): string[] {
  const keys = new Set([...Object.keys(before?.parts ?? {}), ...Object.keys(after.parts)]);
  return [...keys].filter((key) => scoreOfPart(before?.parts[key]) !== scoreOfPart(after.parts[key]));
}

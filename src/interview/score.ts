/** A key point of a rubric, as far as the score is concerned. */
export type KeyPoint = { readonly weight: number; readonly essential?: true | undefined };

/** From this score on, an answer would have passed. */
export const PASS = 60;

/**
 * The score of an answer, 0–100: the share of the rubric's weight that its key points carry. Essential points come
 * first: while one is missing, the answer stays below {@link PASS}.
 * @param covered positions in the rubric
 */
export function scoreOf(rubric: readonly KeyPoint[], covered: readonly number[]): number {
  const weights = (points: readonly KeyPoint[]) => points.reduce((sum, { weight }) => sum + weight, 0);
  const isCovered = (_: KeyPoint, position: number) => covered.includes(position);
  const share = Math.round((100 * weights(rubric.filter(isCovered))) / weights(rubric));
  const lacksEssential = rubric.some(({ essential }, position) => essential && !covered.includes(position));
  return lacksEssential ? Math.min(share, PASS - 1) : share;
}

/** The points that are not covered, the most important first. */
export function missedOf(rubric: readonly KeyPoint[], covered: readonly number[]): number[] {
  return byImportance(rubric).filter((position) => !covered.includes(position));
}

/** All positions of a rubric: essential points first, then by weight, then as written. */
export function byImportance(rubric: readonly KeyPoint[]): number[] {
  const rank = ({ essential, weight }: KeyPoint) => (essential ? HEAVIEST : 0) + weight;
  return rubric
    .map((_, position) => position)
    .sort((left, right) => rank(rubric[right]!) - rank(rubric[left]!) || left - right);
}

/** More than any weight. */
const HEAVIEST = 10;

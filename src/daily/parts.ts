import { gradeOf, type Held, NOTHING_HELD } from '../progress/grade.ts';
import { changePart, named, type Part } from '../progress/member.ts';
import type { ProgressService } from '../progress/service.ts';
import { factsOf, type Post } from './post.ts';

/** Enters what people do with posts. */
export function createParts(
  progress: ProgressService,
  now: () => number,
  onGraded: (change: 'given' | 'withdrawn') => void,
) {
  /** Changes of grades under way, with whose they are. */
  const writing = new Map<Promise<void>, string>();

  /** Enters a person's answer to a post; only the first counts. */
  async function answer(
    post: Post,
    userId: string,
    name: string,
    right: boolean,
  ): Promise<{ first: boolean; part: Part }> {
    const milliseconds = now() - post.opensAt;
    let first = false;
    const { member } = await progress.update(post.guildId, userId, (member) =>
      changePart(named(member, name), post.key, factsOf(post, now()), (part) => {
        first = part.answer === undefined;
        return first ? { ...part, answer: { right, milliseconds } } : part;
      }),
    );
    return { first, part: member.parts[post.key]! };
  }

  /**
   * Enters that a person looks at the answer: who has not given one forfeits the bonus.
   * @returns what they have done with the post
   */
  async function reveal(post: Post, userId: string): Promise<Part> {
    const { member } = await progress.update(post.guildId, userId, (member) =>
      changePart(member, post.key, factsOf(post, now()), (part) =>
        part.answer || part.revealedFirst ? part : { ...part, revealedFirst: true },
      ),
    );
    return member.parts[post.key]!;
  }

  /** Changes which grades a person holds on a post. */
  function changeHeld(
    post: Post,
    userId: string,
    name: string | undefined,
    change: (held: Held, post: Post) => Held,
  ): Promise<void> {
    const write = enterHeld(post, userId, name, change).finally(() => writing.delete(write));
    writing.set(write, userId);
    return write;
  }

  async function enterHeld(
    post: Post,
    userId: string,
    name: string | undefined,
    change: (held: Held, post: Post) => Held,
  ): Promise<void> {
    let before: Held = NOTHING_HELD;
    let after: Held = NOTHING_HELD;
    await progress.update(post.guildId, userId, (member) => {
      const changed = changePart(member, post.key, factsOf(post, now()), (part) => {
        before = part.held;
        after = change(before, post);
        return after === before ? part : { ...part, held: after };
      });
      return changed !== member && name ? named(changed, name) : changed;
    });
    if (before !== after) onGraded(gradeOf(after) === undefined ? 'withdrawn' : 'given');
  }

  /** A person's changes of grades that are not written yet. */
  function underWay(userId: string): Promise<void>[] {
    return [...writing].flatMap(([write, whose]) => (whose === userId ? [write] : []));
  }

  return { answer, reveal, changeHeld, underWay };
}

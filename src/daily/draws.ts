import type { Banks } from '../bank/banks.ts';
import type { Bank } from '../bank/load.ts';
import type { Item } from '../bank/schema.ts';
import type { GuildData } from '../privacy/registry.ts';
import { documentKey } from '../store/keys.ts';
import type { Store } from '../store/port.ts';
import { type Curriculum, curricula, type Draw, draw, giveBack, newCurriculum } from './curriculum.ts';
import { postKeyOf, type Schedule } from './schedule.ts';

export type DrawsService = ReturnType<typeof createDrawsService>;

/** The questions that a schedule may ask, and those of them that its server has not been asked. */
export type Supply = {
  readonly all: number;
  readonly unseen: number;
  /** No question fits its topics and level: these are others. */
  readonly isWider: boolean;
};

/** Which question a post asks: chosen inside the server's curriculum, so that no two posts draw the same. */
export function createDrawsService(store: Store, banks: Banks, now: () => number) {
  const curriculumOf = store.collection(curricula);

  /** The question that the next scheduled post will ask; it is drawn now if it was not yet. */
  function preview(schedule: Schedule): Promise<Draw> {
    return drawFor(schedule, postKeyOf(schedule.id, schedule.next.date));
  }

  /** Draws another question for the next scheduled post. */
  async function replace(schedule: Schedule): Promise<Draw> {
    const postKey = postKeyOf(schedule.id, schedule.next.date);
    const present = await preview(schedule);
    const { bank } = await banks.of(schedule.guildId);
    const items = itemsOf(schedule, bank);
    const others = items.filter((item) => item.id !== present.questionId);
    return changeCurriculum(schedule.guildId, (curriculum) =>
      draw(
        giveBack(curriculum, postKey),
        postKey,
        others.length > 0 ? others : items,
        [],
        now(),
        `${postKey} instead of ${present.questionId}`,
      ),
    );
  }

  /** Draws a given question for the next scheduled post. */
  async function choose(schedule: Schedule, item: Item): Promise<Draw> {
    const postKey = postKeyOf(schedule.id, schedule.next.date);
    return changeCurriculum(schedule.guildId, (curriculum) =>
      draw(giveBack(curriculum, postKey), postKey, [item], [], now(), postKey),
    );
  }

  /** How much of what each schedule may ask the server has not been asked yet. */
  async function supplies(guildId: string, schedules: readonly Schedule[]): Promise<Supply[]> {
    const { bank } = await banks.of(guildId);
    const { seen } = (await curriculumOf.get(documentKey.curriculum(guildId))) ?? newCurriculum;
    return schedules.map((schedule) => {
      const items = itemsOf(schedule, bank);
      const unseen = items.filter(({ id }) => seen[id] === undefined);
      const isWider = !items.some((item) => fits(item, schedule));
      return { all: items.length, unseen: unseen.length, isWider };
    });
  }

  /** The question of a post; it is drawn now if it was not yet. */
  async function drawFor(schedule: Schedule, postKey: string): Promise<Draw> {
    const { bank } = await banks.of(schedule.guildId);
    const queued = schedule.queue.flatMap((id) => bank.items.get(id) ?? []);
    const items = [...new Set([...itemsOf(schedule, bank), ...queued])];
    return changeCurriculum(schedule.guildId, (curriculum) =>
      draw(curriculum, postKey, items, schedule.queue, now(), postKey),
    );
  }

  function changeCurriculum(
    guildId: string,
    change: (curriculum: Curriculum) => { curriculum: Curriculum; draw: Draw },
  ): Promise<Draw> {
    return curriculumOf.update(documentKey.curriculum(guildId), (current = newCurriculum) => {
      const { curriculum, draw } = change(current);
      return curriculum === current ? { result: draw } : { document: curriculum, result: draw };
    });
  }

  const ofGuild: GuildData = {
    async delete(guildId) {
      await curriculumOf.update(documentKey.curriculum(guildId), () => ({
        document: null,
        result: undefined,
      }));
    },
  };

  return { drawFor, preview, replace, choose, supplies, ofGuild };
}

/** What a schedule may ask; where its choices leave nothing, the level gives way, and then the topics. */
function itemsOf({ topics, level }: Schedule, bank: Bank): readonly Item[] {
  const all = [...bank.items.values()];
  const choices = [
    { topics, level },
    { topics, level: undefined },
  ];
  const narrowed = choices.map((choice) => all.filter((item) => fits(item, choice)));
  return narrowed.find((items) => items.length > 0) ?? all;
}

function fits(
  item: Item,
  { topics, level }: Pick<Schedule, 'topics'> & { level?: number | undefined },
): boolean {
  return (
    (topics.length === 0 || topics.includes(item.topic)) && (level === undefined || item.level === level)
  );
}

import type { Message, Modal, Person } from '../../playground/start.ts';
import type { Bank } from '../../src/bank/load.ts';
import { prose } from '../../src/discord/cards/markdown.ts';
import { letter } from '../../src/discord/cards/question-card.ts';
import type { OpenItem } from '../../src/interview/pick.ts';
import { byImportance } from '../../src/interview/score.ts';
import { customIds, textOf } from './stage.ts';

export type Sitting = Awaited<ReturnType<typeof sit>>;

/** One person with the card of `/interview`: presses by action, writes, ticks, and reads. */
export async function sit(bank: Bank, person: Person, channelId: string, options = {}) {
  const card: Message = (await person.slash(channelId, 'interview', options)).message!;

  function idOf(action: string): string {
    const id = customIds(card).find((each) => each.startsWith(`interview-${action}:`));
    if (!id) throw new Error(`no ${action} among ${customIds(card).join(' ')}`);
    return id;
  }

  const sitting = {
    card,
    idOf,
    text: () => textOf(card),
    has: (action: string) => customIds(card).some((id) => id.startsWith(`interview-${action}:`)),
    async press(action: string): Promise<void> {
      await (await person.press(card, idOf(action))).settled();
    },
    async open(action: string): Promise<Modal> {
      return (await person.press(card, idOf(action))).modal!;
    },
    async submit(modal: Modal, text: string): Promise<void> {
      await (await person.submitModal(modal, { answer: text })).settled();
    },
    async write(action: string, text: string): Promise<void> {
      await sitting.submit(await sitting.open(action), text);
    },
    async tick(points: readonly number[]): Promise<void> {
      await (await person.select(card, idOf('tick'), points.map(String))).settled();
    },
    /** Whether a point of the rubric is ticked, as the card shows it. */
    isTicked(point: number): boolean {
      const shown = letter(byImportance(sitting.item().rubric).indexOf(point));
      return textOf(card).includes(`☑ **${shown}.**`);
    },
    /** What the export holds. */
    async file(): Promise<string> {
      const reply = await (await person.press(card, idOf('file'))).settled();
      return (await fetch(reply.message!.attachments[0]!.url)).text();
    },
    /** The question on the card, in English. */
    item(): OpenItem {
      const shown = textOf(card);
      const open = [...bank.items.values()].filter((item): item is OpenItem => item.type === 'open');
      const item = open.find(({ en, formulas }) => shown.includes(prose(en.prompt, formulas).slice(0, 400)));
      if (!item) throw new Error(`no question of the bank in: ${shown}`);
      return item;
    },
  };
  return sitting;
}

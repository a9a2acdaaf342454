import { fileURLToPath } from 'node:url';
import type { Message, Response } from '../../playground/start.ts';
import { type Bank, loadBank } from '../../src/bank/load.ts';
import type { MarkableItem } from '../../src/bank/mark.ts';
import { prose } from '../../src/discord/cards/markdown.ts';
import { answered, customIds, type Stage, textOf, until } from './stage.ts';

/** A small bank with one question of each type. */
export const quizBank = fileURLToPath(new URL('../bank/fixtures/bank', import.meta.url));

type Player = Pick<ReturnType<Stage['person']>, 'press' | 'select' | 'submitModal'>;

/** Somebody who reads the cards of a quiz and answers them, right or wrong, as a person would. */
export async function createQuizPlayer() {
  const bank: Bank = await loadBank(quizBank);

  /** The question that a card shows, in either language. */
  function itemOn(message: Message): MarkableItem {
    const text = textOf(message);
    const item = [...bank.items.values()].find((each) =>
      [each.en, each.zh].some(({ prompt }) => text.includes(prose(prompt, each.formulas))),
    );
    if (!item || item.type === 'open') throw new Error(`no question of the bank on: ${text}`);
    return item;
  }

  /** The shown position of an option. */
  function positionOf(message: Message, item: MarkableItem, option: string): number {
    const lines = textOf(message).split('\n');
    const texts = [item.en, item.zh].map((each) => prose(optionsOf(each)[option] ?? '', item.formulas));
    const line = lines.find((each) => /^\*\*[A-F]\.\*\* /.test(each) && texts.includes(each.slice(7)));
    return 'ABCDEF'.indexOf(line?.[2] ?? 'A');
  }

  /** Answers the question on a card and gives back the last thing that Discord showed. */
  async function answer(player: Player, message: Message, right: boolean): Promise<Response> {
    const item = itemOn(message);
    const control = (action: string) => {
      const id = customIds(message).find((each) => each.startsWith(action));
      if (!id) throw new Error(`nothing to ${action} on: ${textOf(message)}`);
      return id;
    };
    const prefix = customIds(message)[0]!.startsWith('solo') ? 'solo' : 'quiz';
    switch (item.type) {
      case 'boolean': {
        const yes = item.answer === right;
        const id = customIds(message).filter((each) => each.startsWith(`${prefix}pick`))[yes ? 0 : 1]!;
        return player.press(message, id);
      }
      case 'single': {
        const ids = customIds(message).filter((each) => each.startsWith(`${prefix}pick`));
        const key = positionOf(message, item, item.answer);
        return player.press(message, ids[right ? key : (key + 1) % ids.length]!);
      }
      case 'multiple': {
        const key = item.answer.map((id) => String(positionOf(message, item, id)));
        return player.select(message, control(`${prefix}choose`), right ? key : key.slice(0, 1));
      }
      case 'number':
      case 'short': {
        const { modal } = await player.press(message, control(`${prefix}write`));
        const key = item.type === 'number' ? String(item.answer.value) : item.answer.accept.en[0]!;
        return player.submitModal(modal!, { answer: right ? key : '-12345' });
      }
      case 'order': {
        const steps = (right ? item.answer : [...item.answer].reverse()).map((id) =>
          positionOf(message, item, id),
        );
        let last = await player.press(message, control(`${prefix}order`));
        await last.settled();
        const card = last.message!;
        for (const length of steps.keys()) {
          const wanted = steps.slice(0, length + 1).join('');
          const id = customIds(card).find((each) => each.endsWith(`:${wanted}`))!;
          last = await player.press(card, id);
          await last.settled();
        }
        return last;
      }
    }
  }

  return { bank, itemOn, answer };
}

/** The bot's messages of a quiz, by what they are. */
export function quizMessages(stage: Stage, channel = stage.channel) {
  const having = (action: string) =>
    stage.posts(channel).filter((message) => customIds(message).some((id) => id.startsWith(action)));
  return {
    solutions: () => having('quizwhy'),
    podiums: () => having('quizmine'),
    /** The card of the n-th question, from 0, while it is open. */
    async question(n: number): Promise<Message> {
      const key = new RegExp(`^quiz(pick|choose|order|write):[0-9a-z]+-q${n}`);
      const find = () =>
        stage.posts(channel).find((message) => customIds(message).some((id) => key.test(id)));
      await until(`question ${n}`, () => find() !== undefined);
      return find()!;
    },
    async solution(n: number): Promise<Message> {
      const find = () =>
        stage.posts(channel).find((message) => customIds(message).some((id) => id.endsWith(`-r${n}`)));
      await until(`the solution of question ${n}`, () => find() !== undefined);
      return find()!;
    },
    async podium(): Promise<Message> {
      await until('the podium', () => having('quizmine').length > 0);
      return having('quizmine').at(-1)!;
    },
  };
}

/** Opens a lobby and returns its message. */
export async function openLobby(
  stage: Stage,
  host: Pick<ReturnType<Stage['person']>, 'slash'>,
  options: Record<string, string | number | boolean> = {},
  channel = stage.channel,
): Promise<Message> {
  const reply = await host.slash(channel.id, 'quiz group', options);
  if (reply.ephemeral) throw new Error(textOf(reply.message));
  return reply.message!;
}

/** Presses a button of a message by its action, and returns what the person is told. */
export function pressAction(player: Player, message: Message, action: string): Promise<string> {
  const id = customIds(message).find((each) => each.startsWith(`${action}:`));
  if (!id) throw new Error(`no ${action} on: ${textOf(message)}`);
  return answered(player.press(message, id));
}

/** The message with a button that the bot never put there, as a hand-made client could claim. */
export function forged(message: Message, id: string): Message {
  const button = { type: 2, style: 2, label: 'x', custom_id: id };
  return { ...message, components: [{ type: 1, components: [button] }] as Message['components'] };
}

function optionsOf(texts: object): Record<string, string> {
  return (texts as { options?: Record<string, string> }).options ?? {};
}

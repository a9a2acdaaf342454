import { stringify } from 'yaml';
import type { Message } from '../../playground/start.ts';
import { customIds, type Stage, textOf, until } from './stage.ts';

type Written = { en: object; zh: object; [field: string]: unknown };

/** A small file of questions, one of each kind that these tests play. */
export function ownQuestions(...ids: string[]): object[] {
  const refs = [{ title: 'Handbook', url: 'https://example.org/handbook', where: 'p. 1' }];
  const makers = [single, open];
  return ids.map((id, at) => {
    const { en, zh, ...rest } = makers[id.startsWith('open') ? 1 : 0]!(id, at);
    return { id, topic: 'our-stack', level: 1, refs, ...rest, en, zh };
  });
}

export const ownTopics = [{ slug: 'our-stack', en: 'Our stack', zh: '我们的技术栈' }];

export function ownFile(questions: readonly object[], topics: readonly object[] = ownTopics) {
  return fileOf(stringify({ topics, questions }, { aliasDuplicateObjects: false }));
}

export function fileOf(text: string | Buffer, name = 'mine.yaml') {
  return { name, base64: Buffer.from(text).toString('base64') };
}

/** Sends a file. @returns the message once it says what is wrong, or what storing would do */
export async function sendFile(stage: Stage, file: ReturnType<typeof fileOf>): Promise<Message> {
  const { message } = await (
    await stage.moderator.slash(stage.channel.id, 'bank import', { file })
  ).settled();
  await until('the file is read', () => !textOf(message).startsWith('Checking'));
  return message!;
}

/** Sends a file and stores it. @returns what the bot said at last */
export async function importFile(stage: Stage, file: ReturnType<typeof fileOf>): Promise<string> {
  const message = await sendFile(stage, file);
  const store = customIds(message).find((id) => id.startsWith('bank-store'));
  if (store) await (await stage.moderator.press(message, store)).settled();
  return textOf(message);
}

/** Leaves only the server's own questions on, or all. */
export async function switchTopics(stage: Stage, on: readonly string[]): Promise<string> {
  const { message } = await stage.moderator.slash(stage.channel.id, 'bank topics');
  await (await stage.moderator.select(message!, 'bank-topics', [...on])).settled();
  return textOf(message);
}

function single(id: string, at: number): Written {
  const options = { a: `Alpha ${at}`, b: `Beta ${at}`, c: `Gamma ${at}` };
  const why = { a: 'It is what the handbook says.', b: 'It is not.', c: 'It is not either.' };
  return {
    type: 'single',
    answer: 'a',
    en: { prompt: `Which of our services is it (${id})?`, options, why, explanation: `Because of ${id}.` },
    zh: {
      prompt: `这是我们的哪个服务（${id}）？`,
      options,
      why: { a: '手册里是这样写的。', b: '不是它。', c: '也不是它。' },
      explanation: `因为 ${id}。`,
    },
  };
}

function open(id: string): Written {
  const points = ['the cache', 'the queue', 'the scheduler', 'the alarm'];
  return {
    type: 'open',
    en: { prompt: `How does our gateway work (${id})?`, explanation: 'A model answer.' },
    zh: { prompt: `我们的网关如何工作（${id}）？`, explanation: '参考答案。' },
    rubric: points.map((point, at) => ({
      weight: 1,
      ...(at === 0 ? { essential: true } : {}),
      en: `Names ${point}`,
      zh: `提到 ${point} 组件`,
    })),
  };
}

import type { Language } from '../../bank/schema.ts';
import { stamp } from './en.ts';

const en = {
  button: 'Report a mistake',
  title: 'Report a mistake',
  label: 'What is wrong?',
  hint: 'Such as: the answer, the explanation, a source, the translation.',
  sent: 'Thank you. The moderators of this server have it.',
  kept: 'Thank you. I can’t write to the channel for reports at the moment, so I keep your report and bring it as soon as a moderator opens that channel or chooses another.',
  tooMany: (until: number) =>
    `You have reported five mistakes within an hour. The next one is possible ${stamp(until, 'R')}.`,
  nowhere: 'This server takes no reports, but those who look after the questions do:',
  nowhereAtAll:
    'Nobody takes reports here yet. Whoever manages the server can choose a channel for them: `/settings server reports:#channel`.',
  own: 'This question belongs to a server that takes no reports from you here. Please tell its moderators; they can choose a channel with `/settings server reports:#channel`.',
  copy: 'What you wrote:',
  issue: 'Open an issue',
  issueTitle: (id: string) => `Mistake in question ${id}`,
  card: {
    title: '🚩 A mistake was reported',
    by: (name: string, id: string, language: string, at: number) =>
      `**${name}** · ${id} · ${language} · ${stamp(at, 'f')}`,
    handled: (name: string) => `✅ Handled by ${name}`,
    handle: 'Handled',
  },
  settings: {
    channel: (channel: string) => `Reported mistakes go to ${channel}`,
    none: 'Reported mistakes: **no channel** (`reports:#channel` sets one)',
    lacking: (channel: string, permissions: string) =>
      `⚠️ In ${channel} I still lack: **${permissions}**. Until I have it, reports are kept and not lost.`,
  },
};

const zh: typeof en = {
  button: '报错',
  title: '题目报错',
  label: '哪里不对？',
  hint: '例如：答案、解析、出处、翻译。',
  sent: '谢谢，本服务器的管理员已经收到。',
  kept: '谢谢。报错频道现在无法发送，我先保留你的反馈；管理员打开该频道或另选频道后会马上送到。',
  tooMany: (until) => `一小时内你已报错五次，${stamp(until, 'R')}可以再次报错。`,
  nowhere: '本服务器没有设置报错频道，可以直接告诉题库的维护者：',
  nowhereAtAll: '这里还没有接收报错的地方。服务器管理者可以选一个频道：`/settings server reports:#channel`。',
  own: '这道题属于某个服务器，而它没有接收你从这里发出的报错。请告诉那边的管理员；他们可以用 `/settings server reports:#channel` 选一个频道。',
  copy: '你写的内容：',
  issue: '提交 issue',
  issueTitle: (id) => `题目 ${id} 有误`,
  card: {
    title: '🚩 有人报错',
    by: (name, id, language, at) => `**${name}** · ${id} · ${language} · ${stamp(at, 'f')}`,
    handled: (name) => `✅ 已由 ${name} 处理`,
    handle: '已处理',
  },
  settings: {
    channel: (channel) => `题目报错发到 ${channel}`,
    none: '题目报错：**未设频道**（用 `reports:#channel` 设置）',
    lacking: (channel, permissions) =>
      `⚠️ 在 ${channel} 我还缺少：**${permissions}**。补上之前，报错会先保留，不会丢失。`,
  },
};

export const reportWords: Record<Language, typeof en> = { en, zh };

import type { Language } from '../../bank/schema.ts';
import { stamp } from './en.ts';

const plural = new Intl.PluralRules('en');
const many = (count: number, one: string, other = `${one}s`) =>
  `${count.toLocaleString('en-US')} ${plural.select(count) === 'one' ? one : other}`;

/** Of the grade buttons, from missed to at once. */
const grades = {
  en: ['Again', 'Hard', 'Good', 'Easy'],
  zh: ['重来', '困难', '良好', '简单'],
} as const satisfies Record<Language, readonly string[]>;

const tally = (language: Language, counts: readonly number[]) =>
  counts.map((count, index) => `${grades[language][index]} **${count}**`).join(' · ');

const en = {
  show: 'Show answer',
  undo: 'Undo',
  goOn: 'Go on',
  begin: 'Review now',
  grades: grades.en as readonly string[],
  interval: {
    minutes: (count: string) => `${count} min`,
    hours: (count: string) => `${count} h`,
    days: (count: string) => `${count} d`,
    months: (count: string) => `${count} mo`,
    years: (count: string) => `${count} y`,
  },
  left: (due: number, fresh: number) => `${due} due · ${fresh} new`,
  hint: 'Answer for yourself first, aloud if you can. Then look.',
  ask: 'How well did you know it?',
  replaced: 'You have begun another review since. Go on there, or begin a new one with `/review start`.',
  nothing: 'Nothing is due.',
  nothingHint:
    'What you grade under daily questions and answer in quizzes comes back here when it is time. New questions come up to your daily limit (`/settings me`).',
  finished: 'Done for now',
  summary: (counts: readonly number[]) => tally('en', counts),
  reviewed: (count: number) => `${many(count, 'question')} reviewed.`,
  stillDue: (count: number) => `**${many(count, 'question')}** still due.`,
  soon: (at: number) => `The next one is due ${stamp(at, 'R')}.`,
  coming: (today: number, tomorrow: number, week: number) =>
    `Later today **${today}** · tomorrow **${tomorrow}** · within 7 days **${week}**`,
  statsTitle: 'Your deck',
  statsEmpty:
    'Your deck is empty. Grade a daily question, play a quiz or begin with `/review start`: each fills it.',
  cards: (cards: number, due: number) => `**${many(cards, 'card')}**, **${due}** due today`,
  forecast: 'Due in the next 30 days',
  recall: 'Known when asked again (last 30 days)',
  recallLine: (percent: number, known: number, asked: number, target: number) =>
    `**${percent} %** (${known} of ${asked}); your target is ${target} %`,
  recallNone: (target: number) => `Nothing to tell yet; your target is ${target} %.`,
  hardest: 'Hardest',
  lapses: (count: number) => `forgotten ${many(count, 'time')}`,
  exported: (cards: number) =>
    `Your deck of ${many(cards, 'card')}. In Anki: File → Import, and take the text file as it is; importing it again brings the notes up to date. The CSV file is your review history.`,
  exportEmpty: 'Your deck is empty, so there is nothing to export yet.',
  settings: {
    retention: (percent: number) => `Reviews: aim to know **${percent} %** of what is due`,
    newPerDay: (count: number) => `New questions a day in reviews: **${count}**`,
    reminderOff: 'Reminders: **off**',
    reminderOn: (time: string, zone: string) =>
      `Reminders: by DM at **${time}** (${zone}), when cards are due or your streak is in danger`,
    reminderStopped: (at: number) =>
      `Reminders: **stopped** ${stamp(at, 'R')}, because I could not send you a direct message. Allow messages from this server's members, then set \`reminder\` again.`,
    badReminder: (text: string) =>
      `“${text}” is no time of day. Write \`HH:MM\`, such as \`20:00\`, or \`off\`.`,
    offChoice: 'No reminders',
  },
  reminder: {
    title: 'Time to review?',
    due: (count: number) => `**${many(count, 'card')}** ${count === 1 ? 'is' : 'are'} due.`,
    streak: (days: number) => `Your streak of **${many(days, 'day')}** ends today unless you study.`,
    why: 'You asked for this reminder. `/settings me reminder:off` ends it.',
  },
};

const zh: typeof en = {
  show: '看答案',
  undo: '撤销',
  goOn: '继续',
  begin: '开始复习',
  grades: grades.zh,
  interval: {
    minutes: (count) => `${count} 分钟`,
    hours: (count) => `${count} 小时`,
    days: (count) => `${count} 天`,
    months: (count) => `${count} 个月`,
    years: (count) => `${count} 年`,
  },
  left: (due, fresh) => `待复习 ${due} · 新题 ${fresh}`,
  hint: '先自己作答，最好说出声来，再看答案。',
  ask: '掌握得怎么样？',
  replaced: '你已经开始了另一轮复习。请到那边继续，或用 `/review start` 重新开始。',
  nothing: '现在没有要复习的题。',
  nothingHint:
    '每日一题的自评和测验的作答，到时候都会回到这里。每天还会加入新题，数量可在 `/settings me` 里设置。',
  finished: '这一轮结束了',
  summary: (counts) => tally('zh', counts),
  reviewed: (count) => `复习了 ${count} 题。`,
  stillDue: (count) => `还有 **${count}** 题待复习。`,
  soon: (at) => `下一题 ${stamp(at, 'R')}到期。`,
  coming: (today, tomorrow, week) => `今天稍后 **${today}** · 明天 **${tomorrow}** · 7 天内 **${week}**`,
  statsTitle: '你的卡组',
  statsEmpty: '卡组还是空的。给每日一题自评、做测验，或用 `/review start` 开始，都会加入卡片。',
  cards: (cards, due) => `共 **${cards}** 张卡片，今天要复习 **${due}** 张`,
  forecast: '未来 30 天的复习量',
  recall: '再次遇到时记得的比例（最近 30 天）',
  recallLine: (percent, known, asked, target) =>
    `**${percent}%**（${asked} 次中记得 ${known} 次）；目标 ${target}%`,
  recallNone: (target) => `还没有数据；目标 ${target}%。`,
  hardest: '最难的题',
  lapses: (count) => `忘了 ${count} 次`,
  exported: (cards) =>
    `你的卡组共 ${cards} 张卡片。在 Anki 里选“文件 → 导入”，直接导入文本文件即可；再次导入会更新已有的笔记。CSV 文件是复习记录。`,
  exportEmpty: '卡组还是空的，暂时没有可导出的内容。',
  settings: {
    retention: (percent) => `复习：到期的题希望记得 **${percent}%**`,
    newPerDay: (count) => `复习时每天的新题：**${count}** 道`,
    reminderOff: '提醒：**关闭**',
    reminderOn: (time, zone) => `提醒：每天 **${time}**（${zone}），有卡片到期或连续天数将要中断时私信你`,
    reminderStopped: (at) =>
      `提醒：${stamp(at, 'R')}**已停止**，因为私信发不出去。请允许来自服务器成员的私信，再重新设置 \`reminder\`。`,
    badReminder: (text) => `“${text}”不是一个时刻。请写成 \`HH:MM\`，例如 \`20:00\`，或写 \`off\` 关闭。`,
    offChoice: '不要提醒',
  },
  reminder: {
    title: '该复习了',
    due: (count) => `有 **${count}** 张卡片到期。`,
    streak: (days) => `今天再不学习，你的 **${days} 天**连续记录就要中断了。`,
    why: '这是你自己设置的提醒。用 `/settings me reminder:off` 关闭。',
  },
};

export const reviewWords: Record<Language, typeof en> = { en, zh };
export type ReviewWords = typeof en;

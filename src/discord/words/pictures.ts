import type { Language } from '../../bank/schema.ts';

const plural = new Intl.PluralRules('en');
const many = (count: number, one: string, other = `${one}s`) =>
  `${count.toLocaleString('en-US')} ${plural.select(count) === 'one' ? one : other}`;
const percent = (share: number) => `${Math.round(100 * share)}%`;

const en = {
  board: {
    name: 'Name',
    score: { points: 'Points', streak: 'Days', accuracy: 'Right (of)' },
    streak: 'Streak',
  },
  study: {
    title: 'A year of study',
    current: 'days in a row',
    longest: 'longest streak',
    freezes: 'freezes in hand',
    studied: 'days studied',
    less: 'less',
    more: 'more',
    frozen: 'a freeze was spent',
    alt: (studied: number, current: number, longest: number, freezes: number, spent: number) =>
      `Calendar of the last year: studied on ${many(studied, 'day')}, ${many(spent, 'freeze')} spent. Streak ${many(current, 'day')}, longest ${many(longest, 'day')}, ${many(freezes, 'freeze')} in hand.`,
  },
  mastery: {
    title: 'Mastery by topic',
    detail: (count: number) => `of ${count.toLocaleString('en-US')}`,
    alt: (lines: readonly string[]) => `Mastery by topic. ${lines.join('; ')}.`,
    line: (topic: string, share: number, count: number) => `${topic} ${percent(share)} of ${count}`,
  },
  memory: {
    recall: 'Recall by week',
    target: (share: number) => `target ${percent(share)}`,
    none: 'Nothing was reviewed yet after a day of rest.',
    due: 'Due over the next 30 days',
    week: (date: string, share: number) => `${date} ${percent(share)}`,
    alt: (weeks: readonly string[], target: number, today: number, week: number, month: number) =>
      `Recall by week (target ${percent(target)}): ${weeks.join(', ') || 'none yet'}. Due: ${today} today, ${week} within 7 days, ${month} within 30.`,
  },
};

const zh: typeof en = {
  board: {
    name: '成员',
    score: { points: '积分', streak: '天数', accuracy: '正确率（题数）' },
    streak: '连续天数',
  },
  study: {
    title: '最近一年的学习',
    current: '连续天数',
    longest: '最长连续',
    freezes: '冻结卡',
    studied: '学习天数',
    less: '少',
    more: '多',
    frozen: '用掉一张冻结卡',
    alt: (studied, current, longest, freezes, spent) =>
      `最近一年的日历：学习 ${studied} 天，用掉冻结卡 ${spent} 张。当前连续 ${current} 天，最长 ${longest} 天，手上有冻结卡 ${freezes} 张。`,
  },
  mastery: {
    title: '各主题掌握情况',
    detail: (count) => `共 ${count.toLocaleString('zh-CN')} 题`,
    alt: (lines) => `各主题掌握情况：${lines.join('；')}。`,
    line: (topic, share, count) => `${topic} ${percent(share)}（共 ${count} 题）`,
  },
  memory: {
    recall: '每周记忆保持率',
    target: (share) => `目标 ${percent(share)}`,
    none: '还没有隔天以上的复习记录。',
    due: '未来 30 天到期的复习',
    week: (date, share) => `${date} ${percent(share)}`,
    alt: (weeks, target, today, week, month) =>
      `每周记忆保持率（目标 ${percent(target)}）：${weeks.join('、') || '暂无'}。到期：今天 ${today} 张，7 天内 ${week} 张，30 天内 ${month} 张。`,
  },
};

/** What stands on pictures, and what is said of them to those who can't see them. */
export const pictureWords: Record<Language, typeof en> = { en, zh };

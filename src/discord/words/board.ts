import type { Language } from '../../bank/schema.ts';

const en = {
  title: {
    points: {
      week: 'Leaderboard · this week',
      month: 'Leaderboard · this month',
      season: 'Leaderboard · this season',
      all: 'Leaderboard · all time',
    },
    accuracy: {
      week: 'Accuracy · this week',
      month: 'Accuracy · this month',
      season: 'Accuracy · this season',
      all: 'Accuracy · all time',
    },
    streak: 'Streaks',
  },
  range: (first: string, last: string) => `${first} – ${last}`,
  ofRole: (role: string) => `Only ${role}`,
  fewest: (answers: number) =>
    `From ${answers} answers on, those given after a look at the solution left out`,
  streakRule: 'Days of study in a row, at this moment',
  empty: {
    points: 'Nobody has points in this period yet. The next daily question is a good start.',
    accuracy:
      'Nobody has answered often enough in this period yet. The buttons under a daily question and quizzes count.',
    streak: 'Nobody has a streak at the moment. The next daily question is a good start.',
  },
  streak: (days: number) => `🔥 ${days}`,
  accuracy: (right: number, answered: number) =>
    `${Math.round((100 * right) / answered)} % (${right} of ${answered})`,
  you: (rank: number, score: string) => `You: **#${rank}** with ${score}`,
  unranked: {
    none: 'You are not on this board yet.',
    hidden: 'You are hidden from leaderboards (`/settings me`).',
    role: 'You do not have this role.',
    far: 'You are on this board, further down than I look.',
  },
  few: (answered: number, needed: number) =>
    `You have ${answered} of the ${needed} answers that a place here takes.`,
  partial: 'Discord did not tell me of everybody’s roles, so some may be missing.',
  page: (page: number, pages: number | undefined) => (pages ? `Page ${page} of ${pages}` : `Page ${page}`),
  previous: 'Previous',
  next: 'Next',
  mine: 'My place',
  somebody: 'somebody',
};

const zh: typeof en = {
  title: {
    points: {
      week: '排行榜 · 本周',
      month: '排行榜 · 本月',
      season: '排行榜 · 本季度',
      all: '排行榜 · 累计',
    },
    accuracy: {
      week: '正确率榜 · 本周',
      month: '正确率榜 · 本月',
      season: '正确率榜 · 本季度',
      all: '正确率榜 · 累计',
    },
    streak: '连续学习榜',
  },
  range: (first, last) => `${first} – ${last}`,
  ofRole: (role) => `仅限 ${role}`,
  fewest: (answers) => `至少作答 ${answers} 题，先看过答案的不算`,
  streakRule: '此刻的连续学习天数',
  empty: {
    points: '这段时间还没有人得分。从下一道每日一题开始吧。',
    accuracy: '这段时间还没有人作答够数。每日一题下的按钮和测验都算。',
    streak: '现在还没有人有连续天数。从下一道每日一题开始吧。',
  },
  streak: (days) => `🔥 ${days}`,
  accuracy: (right, answered) => `${Math.round((100 * right) / answered)}%（${answered} 题对 ${right} 题）`,
  you: (rank, score) => `你：**第 ${rank} 名**，${score}`,
  unranked: {
    none: '你还没有上榜。',
    hidden: '你没有显示在排行榜上（`/settings me`）。',
    role: '你没有这个身份组。',
    far: '你在榜上，但名次比我能查到的更靠后。',
  },
  few: (answered, needed) => `上榜需要作答 ${needed} 题，你已作答 ${answered} 题。`,
  partial: 'Discord 没有告诉我每个人的身份组，可能有人没列出来。',
  page: (page, pages) => (pages ? `第 ${page} / ${pages} 页` : `第 ${page} 页`),
  previous: '上一页',
  next: '下一页',
  mine: '我的名次',
  somebody: '某位成员',
};

export const boardWords: Record<Language, typeof en> = { en, zh };

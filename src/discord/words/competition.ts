import type { Language } from '../../bank/schema.ts';
import type { Scope } from '../../settings/guild.ts';
import { stamp } from './en.ts';

const scopesEn: Record<Scope, string> = {
  points: 'all points',
  quiz: 'quiz points',
  daily: 'points of daily questions',
};

const en = {
  listTitle: 'Competitions',
  /** What it is, a line each. */
  window: (first: string, last: string, begins: number, ends: number) =>
    `📅 ${first} – ${last}, from ${stamp(begins, 'f')} to ${stamp(ends, 'f')}`,
  counts: (scope: Scope, selfGrades: boolean) =>
    selfGrades || scope === 'quiz'
      ? `🧮 Counts ${scopesEn[scope]}`
      : `🧮 Counts ${scopesEn[scope]}, only for answers that I mark: grading oneself counts nothing`,
  teams: (roles: string, best: number) =>
    `👥 Teams: ${roles}. A team’s score is the mean of its best ${best}; a place that nobody fills counts 0.`,
  prize: (prize: string) => `🎁 ${prize}`,
  lateJoin: (lateJoin: boolean): string =>
    lateJoin
      ? 'You can join until the end; all that you earn within the dates counts, also before you join.'
      : 'You can join until it begins.',
  entrants: (count: number) => (count === 1 ? '**1** has joined' : `**${count}** have joined`),
  news: {
    open: '🏁 A competition is coming up',
    start: '🏁 The competition has begun',
    half: '⏳ Half-time',
    last: '⏰ The last day',
    result: '🏆 The result',
    cancelled: 'The competition was cancelled',
  },
  status: {
    ahead: (at: number) => `Begins ${stamp(at, 'R')}`,
    running: (at: number) => `Ends ${stamp(at, 'R')}`,
    settling: 'It has ended. The result comes once the last question dated within it has closed.',
    over: 'Over',
  },
  winner: (names: string, several: boolean) => (several ? `🏆 **${names}** win!` : `🏆 **${names}** wins!`),
  nobodyWins: 'Nobody has earned points this time.',
  nobody: 'Nobody has joined yet.',
  score: (score: number) => `${score} points`,
  size: (size: number) => `${size} joined`,
  you: (rank: number, score: string, team: string | undefined) =>
    team ? `You: ${score} for ${team}, **#${rank}** of all` : `You: **#${rank}** with ${score}`,
  youNot: 'You have not joined.',
  page: (page: number, pages: number) => `Page ${page} of ${pages}`,
  somebody: 'somebody',
  join: 'Join',
  standings: 'Standings',
  previous: 'Previous',
  next: 'Next',

  created: (channel: string) => `Made. Its news go to ${channel}, by themselves.`,
  edited: 'Changed.',
  joined: (name: string, team: string | undefined) =>
    team ? `You have joined **${name}**, for ${team}.` : `You have joined **${name}**.`,
  already: (name: string, team: string | undefined) =>
    team ? `You are in **${name}** already, for ${team}.` : `You are in **${name}** already.`,
  left: (name: string) => `You have left **${name}**. Your points stay yours.`,
  notIn: (name: string) => `You had not joined **${name}**.`,
  choose: 'You have the roles of several teams. For which one?',
  endSure: (name: string, today: string) =>
    `End **${name}** now? What is dated up to today (${today}) counts. The result comes once the last question dated within it has closed.`,
  cancelSure: (name: string) => `Cancel **${name}**? There will be no result. Everyone’s points stay.`,
  end: 'End it',
  cancel: 'Cancel it',
  keep: 'Keep it',
  kept: 'It goes on.',
  ended: (name: string) => `**${name}** has ended. The result comes by itself.`,
  cancelled: (name: string) => `**${name}** is cancelled.`,
  lacking: (channel: string, permissions: string) =>
    `⚠️ In ${channel} I lack: **${permissions}**. Grant them to my role in the channel’s settings, or the news can’t be posted.`,
  refused: (channel: string) =>
    `⚠️ The last news could not be posted in ${channel}. Grant me **View Channel**, **Send Messages** and **Read Message History** there, or choose another with \`/competition edit\`.`,
  roleLacking: (role: string) =>
    `⚠️ To give ${role} to the winners I need the permission **Manage Roles**, and my own role above it. Without them the competition runs all the same.`,
  crownRefused: (role: string) =>
    `⚠️ I could not give ${role} to the winners: I need **Manage Roles**, and my own role above it.`,

  errors: {
    none: 'There is no competition here. Those who manage the server make one with `/competition create`.',
    gone: 'There is no such competition any more. `/competition list` shows those that there are.',
    several: 'Several competitions run here: say which with the option `competition`.',
    tooMany: (most: number) => `A server can have ${most} competitions at a time. End or cancel one first.`,
    badDate: (text: string) =>
      `“${text}” is not a date. Write it as \`YYYY-MM-DD\`, or pick one from the list that comes up as you type.`,
    past: (today: string) => `It can begin today (${today}) at the earliest.`,
    order: 'It can’t end before it begins.',
    endPast: (today: string) =>
      `It can end today (${today}) at the earliest. \`/competition end\` ends it now.`,
    tooLong: (days: number) => `It can last ${days} days at most.`,
    begun: 'It has begun: its start stays as it is.',
    tooLate: 'It has ended: only its name, prize, channel and winners’ role can still be changed.',
    notBegun: 'It has not begun. `/competition cancel` calls it off.',
    ending: 'It has ended already. The result comes by itself.',
    badTeams: (text: string) =>
      `I know no role “${text}”. Mention the roles of the teams, such as \`@Red @Blue\`, or write their names with commas between them.`,
    teamCount: (most: number) => `Name 2 to ${most} roles as teams.`,
    mayNotGive:
      'You can only choose a winners’ role that you could give yourself: you need **Manage Roles**, and a role above it.',
    noSuchRole: 'This role can’t be given to anybody. Choose another.',
    closed: 'It is too late to join this one.',
    hidden:
      'You are hidden from leaderboards, and a competition shows its entrants’ names. Run `/settings me hidden:False` to join.',
    team: (roles: string) => `The teams are ${roles}, and you have none of these roles. Get one first.`,
  },

  dates: {
    today: 'today',
    tomorrow: 'tomorrow',
    monday: 'next Monday',
    month: 'the first of next month',
    days: (days: number) => `${days} days`,
    endOfMonth: 'the end of the month',
    endOfSeason: 'the end of the season',
  },
};

const scopesZh: Record<Scope, string> = { points: '全部积分', quiz: '测验积分', daily: '每日一题的积分' };

const zh: typeof en = {
  listTitle: '比赛',
  window: (first, last, begins, ends) =>
    `📅 ${first} – ${last}，${stamp(begins, 'f')} 开始，${stamp(ends, 'f')} 结束`,
  counts: (scope, selfGrades) =>
    selfGrades || scope === 'quiz'
      ? `🧮 计入${scopesZh[scope]}`
      : `🧮 计入${scopesZh[scope]}，且只算由我判分的作答，自评不计分`,
  teams: (roles, best) => `👥 队伍：${roles}。队伍得分为得分最高的 ${best} 人的平均分，人数不足的按 0 分计。`,
  prize: (prize) => `🎁 ${prize}`,
  lateJoin: (lateJoin) =>
    lateJoin ? '结束之前都可以加入，比赛日期内的得分全部计入，加入之前的也算。' : '开始之前可以加入。',
  entrants: (count) => `已有 **${count}** 人加入`,
  news: {
    open: '🏁 比赛预告',
    start: '🏁 比赛开始了',
    half: '⏳ 赛程过半',
    last: '⏰ 最后一天',
    result: '🏆 比赛结果',
    cancelled: '比赛已取消',
  },
  status: {
    ahead: (at) => `${stamp(at, 'R')}开始`,
    running: (at) => `${stamp(at, 'R')}结束`,
    settling: '比赛已结束。等比赛日期内的最后一道题截止，就公布结果。',
    over: '已结束',
  },
  winner: (names, several) => (several ? `🏆 **${names}** 并列第一！` : `🏆 **${names}** 获胜！`),
  nobodyWins: '这次没有人得分。',
  nobody: '还没有人加入。',
  score: (score) => `${score} 分`,
  size: (size) => `${size} 人`,
  you: (rank, score, team) =>
    team ? `你：为 ${team} 得 ${score}，个人**第 ${rank} 名**` : `你：**第 ${rank} 名**，${score}`,
  youNot: '你还没有加入。',
  page: (page, pages) => `第 ${page} / ${pages} 页`,
  somebody: '某位成员',
  join: '加入',
  standings: '看排名',
  previous: '上一页',
  next: '下一页',

  created: (channel) => `已创建。消息会自动发到 ${channel}。`,
  edited: '已修改。',
  joined: (name, team) => (team ? `你已加入 **${name}**，代表 ${team}。` : `你已加入 **${name}**。`),
  already: (name, team) =>
    team ? `你已经在 **${name}** 里了，代表 ${team}。` : `你已经在 **${name}** 里了。`,
  left: (name) => `你已退出 **${name}**，积分仍然是你的。`,
  notIn: (name) => `你没有加入过 **${name}**。`,
  choose: '你有好几个队伍的身份组。要代表哪一队？',
  endSure: (name, today) =>
    `现在就结束 **${name}** 吗？到今天（${today}）为止的得分都算数。等比赛日期内的最后一道题截止，就公布结果。`,
  cancelSure: (name) => `取消 **${name}** 吗？不会公布结果，大家的积分都保留。`,
  end: '结束',
  cancel: '取消比赛',
  keep: '保留',
  kept: '比赛照常进行。',
  ended: (name) => `**${name}** 已结束，结果会自动公布。`,
  cancelled: (name) => `**${name}** 已取消。`,
  lacking: (channel, permissions) =>
    `⚠️ 我在 ${channel} 还缺少权限：**${permissions}**。请在频道设置里授予我的身份组，否则消息发不出去。`,
  refused: (channel) =>
    `⚠️ 上一条消息没能发到 ${channel}。请在那里授予我**查看频道**、**发送消息**和**读取消息历史记录**，或用 \`/competition edit\` 换一个频道。`,
  roleLacking: (role) =>
    `⚠️ 要把 ${role} 授予获胜者，我需要**管理身份组**权限，而且我自己的身份组要排在它上面。没有也不影响比赛。`,
  crownRefused: (role) =>
    `⚠️ 我没能把 ${role} 授予获胜者：需要**管理身份组**权限，而且我自己的身份组要排在它上面。`,

  errors: {
    none: '这里没有比赛。管理服务器的人可以用 `/competition create` 创建。',
    gone: '这场比赛已经不在了。用 `/competition list` 查看现有的。',
    several: '这里有多场比赛，请用选项 `competition` 指明是哪一场。',
    tooMany: (most) => `一个服务器同时最多 ${most} 场比赛，请先结束或取消一场。`,
    badDate: (text) => `“${text}”不是一个日期。请写成 \`YYYY-MM-DD\`，或从列表里选。`,
    past: (today) => `最早从今天（${today}）开始。`,
    order: '结束日期不能早于开始日期。',
    endPast: (today) => `最早在今天（${today}）结束。想马上结束，用 \`/competition end\`。`,
    tooLong: (days) => `一场比赛最长 ${days} 天。`,
    begun: '比赛已经开始，开始日期不能再改。',
    tooLate: '比赛已经结束，只能再改名称、奖品、频道和获胜者身份组。',
    notBegun: '比赛还没开始。用 `/competition cancel` 取消。',
    ending: '比赛已经结束，结果会自动公布。',
    badTeams: (text) =>
      `没有名为“${text}”的身份组。请提及各队的身份组，例如 \`@红队 @蓝队\`，或写出名称，用逗号隔开。`,
    teamCount: (most) => `请指定 2 到 ${most} 个身份组作为队伍。`,
    mayNotGive: '只能选择你自己有权授予的身份组：你需要**管理身份组**权限，而且有排在它上面的身份组。',
    noSuchRole: '这个身份组不能授予任何人，请换一个。',
    closed: '这场比赛已经不能加入了。',
    hidden: '你没有显示在排行榜上，而比赛会显示参赛者的名字。用 `/settings me hidden:False` 公开后再加入。',
    team: (roles) => `队伍有 ${roles}，而你没有其中任何一个身份组。请先领取一个。`,
  },

  dates: {
    today: '今天',
    tomorrow: '明天',
    monday: '下周一',
    month: '下个月一号',
    days: (days) => `${days} 天`,
    endOfMonth: '到月底',
    endOfSeason: '到季度末',
  },
};

export const competitionWords: Record<Language, typeof en> = { en, zh };

import type { Language } from '../../bank/schema.ts';
import type { PersonalKind } from '../../privacy/registry.ts';

const plural = new Intl.PluralRules('en');
const many = (count = 0, one: string, other = `${one}s`) =>
  `**${count.toLocaleString('en-US')}** ${plural.select(count) === 'one' ? one : other}`;

type Counts = Readonly<Record<string, number>>;

const en = {
  title: 'What I keep of you',
  nothing: 'Nothing at all.',
  /** A line for each kind, with what was counted. */
  kinds: {
    settings: () => 'What you set in `/settings me`',
    servers: ({ servers, posts, days, competitions }) =>
      `In ${many(servers, 'server')}: your grades and answers on ${many(posts, 'recent question')}, ${many(days, 'study day')} with their points, your results by topic, ${many(competitions, 'competition')} that you have joined, and your name as last seen`,
    cards: ({ cards, reviews }) =>
      `Your review deck: ${many(cards, 'card')} with ${many(reviews, 'entry', 'entries')}`,
    review: ({ done }) => `Your latest review session (${many(done, 'question')} done)`,
    reminder: () => 'The hour of your reminder',
    interviews: ({ interviews, agreements }) =>
      `${many(interviews, 'mock interview')} with all that you wrote in them${agreements ? ', and that you let a language model mark your answers' : ''}`,
    solo: ({ questions }) => `Your latest quiz of your own, with ${many(questions, 'question')}`,
    quizzes: ({ quizzes }) =>
      `Your answers in ${many(quizzes, 'group quiz', 'group quizzes')} of the last day`,
    results: ({ results }) => `Your place in the results of ${many(results, 'competition')}`,
    reports: ({ made, waiting }) =>
      `When you reported ${many(made, 'mistake')}${waiting ? `, and ${many(waiting, 'report')} still to be brought to moderators` : ''}`,
  } satisfies Record<PersonalKind, (counts: Counts) => string> as Record<
    PersonalKind,
    (counts: Counts) => string
  >,
  use: 'It is kept for this bot alone, to show you and your group how you are doing. I read no messages. `/privacy export` gives you all of it, `/privacy delete` deletes it.',
  export: 'Export',
  ask: 'Delete …',
  exported: 'All that I keep of you, as it is written.',
  confirmTitle: 'Delete all of this?',
  confirmNothing: 'I keep nothing of you. You can delete all the same, to be sure.',
  stays:
    '**What stays:** your reactions, and messages that name you, such as leaderboards and results: they are on Discord, where you can take back reactions and moderators can delete messages. A winners’ role that you have stays, too. The operator’s backups hold your data for 30 days at most.',
  effects:
    'You leave the competitions and quizzes that you are in; your streak and points end. There is no way back. If you react, answer or play again later, I begin anew. Until the questions that are open now have closed, I keep a keyed hash in the place of your id, so that your old reactions don’t bring you back.',
  delete: 'Delete everything',
  keep: 'Keep it',
  kept: 'Nothing was deleted.',
  deleted: 'Done. I keep nothing of you any more.',
  deleting: 'My storage was slow to answer. Your wish is noted, and it will be done within some minutes.',
  purge: {
    title: 'Delete everything that I keep of this server?',
    what: 'All daily questions and their history, everyone’s grades, points and streaks here, leaderboards, competitions, quizzes, the server’s own questions and its settings. There is no way back.',
    stays:
      '**What stays:** my messages in your channels, what belongs to members themselves (their review decks and interviews), and the operator’s backups, for 30 days at most. If you remove me from the server, the same happens by itself 30 days later.',
    delete: 'Delete everything of this server',
    deleted: 'Done. I keep nothing of this server any more.',
  },
};

const zh: typeof en = {
  title: '我保存了你的哪些数据',
  nothing: '什么都没有。',
  kinds: {
    settings: () => '你在 `/settings me` 里的设置',
    servers: ({ servers, posts, days, competitions }) =>
      `**${servers}** 个服务器中：最近 **${posts}** 道每日一题的自评和作答、**${days}** 个学习日及积分、各主题的成绩、参加的 **${competitions}** 场比赛，以及最近一次见到的昵称`,
    cards: ({ cards, reviews }) => `你的复习卡组：**${cards}** 张卡片，**${reviews}** 条记录`,
    review: ({ done }) => `最近一轮复习（已完成 **${done}** 题）`,
    reminder: () => '你设置的提醒时间',
    interviews: ({ interviews, agreements }) =>
      `**${interviews}** 场模拟面试，包括你写下的全部回答${agreements ? '；以及你同意由语言模型评分' : ''}`,
    solo: ({ questions }) => `你最近一次个人测验，共 **${questions}** 题`,
    quizzes: ({ quizzes }) => `最近一天内 **${quizzes}** 场答题赛中你的作答`,
    results: ({ results }) => `**${results}** 场比赛结果中你的名次`,
    reports: ({ made, waiting }) =>
      `你最近 **${made}** 次报错的时间${waiting ? `，以及 **${waiting}** 条尚未送到管理员的报错` : ''}`,
  },
  use: '这些数据只供本机器人使用，用来向你和你的群组展示学习情况。我不读取任何消息。用 `/privacy export` 可以全部导出，用 `/privacy delete` 可以全部删除。',
  export: '导出',
  ask: '删除…',
  exported: '这是我保存的你的全部数据，原样导出。',
  confirmTitle: '要把这些全部删除吗？',
  confirmNothing: '我没有保存你的任何数据。如果不放心，也可以再删除一次。',
  stays:
    '**会留下的：** 你的表情回应，以及提到你的消息（如排行榜和比赛结果）。它们在 Discord 上：表情可以由你自己收回，消息可以由管理员删除。你获得的冠军身份组也会保留。运营者的备份最多保留 30 天。',
  effects:
    '你会退出正在参加的比赛和答题赛，连续天数和积分也随之清零，无法恢复。以后你再次回应、作答或参加答题时，一切从头开始。在目前开放的题目结束之前，我会用一个带密钥的哈希值代替你的 ID，以免旧的表情回应把你带回来。',
  delete: '全部删除',
  keep: '保留',
  kept: '没有删除任何数据。',
  deleted: '已完成。我不再保存你的任何数据。',
  deleting: '存储响应较慢。你的请求已经记下，几分钟内就会完成。',
  purge: {
    title: '要删除我保存的本服务器的全部数据吗？',
    what: '包括所有每日一题及其历史、所有成员在这里的自评、积分和连续天数、排行榜、比赛、答题赛、服务器自己的题目和设置。无法恢复。',
    stays:
      '**会留下的：** 我在频道里发过的消息、属于成员个人的数据（复习卡组和模拟面试），以及运营者的备份（最多 30 天）。如果把我移出服务器，30 天后也会自动删除。',
    delete: '删除本服务器的全部数据',
    deleted: '已完成。我不再保存本服务器的任何数据。',
  },
};

export const privacyWords: Record<Language, typeof en> = { en, zh };
export type PrivacyWords = typeof en;

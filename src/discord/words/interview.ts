import type { Language } from '../../bank/schema.ts';
import type { FailureKind } from '../../interview/marking.ts';
import { stamp } from './en.ts';

const plural = new Intl.PluralRules('en');

function many(count: number, one: string): string {
  return `${count} ${one}${plural.select(count) === 'one' ? '' : 's'}`;
}

const failures: Record<FailureKind | 'budget', string> = {
  timeout: 'The model took too long.',
  unreachable: 'The model can’t be reached at the moment.',
  unreadable: 'The model replied with something that is no marking.',
  budget: 'Today’s budget for marking by the model is used up here.',
};

const en = {
  title: 'Mock interview',
  questions: (count: number) => many(count, 'question'),
  minutes: (count: number) => many(count, 'minute'),
  noLimit: 'no time limit',
  everyTopic: 'any topic',
  fewer: (count: number) => `The bank has no more than ${many(count, 'open question')} for this.`,
  rules: [
    'You get open questions, one at a time, and write your answer as you would say it.',
    'Then you see the key points and tick those that your answer covers, before you see the model answer. Essential points (★) come first: while one is missing, the score stays below 60.',
    'The clock, if there is one, runs while you answer and stands still while you tick and read.',
    'Only you see any of it. It counts as a study day and earns no points.',
  ],
  begin: 'Start',
  underWay: (at: number) => `You have an interview under way, begun ${stamp(at, 'R')}.`,
  proceed: 'Continue',
  end: 'End it here',
  past: 'Past interviews',
  pastTitle: 'Your last interviews',
  pastNone: 'You have no interviews yet.',
  pastKept: (most: number) => `The last ${most} are kept.`,
  pastMenu: 'Open one',
  none: 'The bank has no open question on that topic at that level. Choose a wider topic or leave out the level.',
  gone: 'There is no such interview of yours. Start one with `/interview`.',
  itemGone: 'This question is no longer in the bank.',
  unsure: 'Discord does not say whether you are in the server of a question. Please try again in a minute.',

  turn: (turn: number, of: number) => `Mock interview · question ${turn} of ${of}`,
  deadline: (at: number) => `⏳ Time is up ${stamp(at, 'R')}`,
  timeUp: '⌛ Time is up.',
  lateKept: 'What you sent after that is kept with the report, but not scored.',
  yourAnswer: (characters: number) => `Your answer (${many(characters, 'character')})`,
  noAnswer: 'You gave no answer.',
  answer: 'Answer',
  more: 'Add more',
  complete: 'That is my answer',
  giveUp: 'I don’t know',
  modalTitle: 'Your answer',
  modalLabel: 'As you would say it',
  full: 'Your answer is as long as it can be.',

  ticksTitle: 'Which key points does your answer cover?',
  ticksHint: 'Tick them in the menu. The model answer comes after.',
  ticksMenu: 'The points that I covered',
  toScore: 'Score it',
  noneToScore: 'None of them: score it',
  score: (value: number) => `Score: **${value}** of 100`,
  essentialMissing: 'an essential point is missing',
  notScored: 'not scored',
  modelAnswer: 'Model answer',
  followUp: 'Follow-up',
  followUpAsks: (point: string) =>
    `You left out this key point:\n> ${point}\nExplain it in a few sentences, as if the interviewer had asked back.`,
  followUpFree: 'For practice: it does not change the score.',
  skip: 'Skip',
  yourFollowUp: 'Your answer to the follow-up',
  next: 'Next question',
  toReport: 'See the report',

  report: 'Interview report',
  unfinished: 'Not finished.',
  overall: (value: number) => `Overall: **${value}** of 100`,
  reached: (asked: number, of: number) => `Time was up after ${asked} of ${many(of, 'question')}.`,
  strengths: 'Strengths',
  gaps: 'Gaps',
  ofQuestion: (turn: number) => `Q${turn}`,
  noGaps: 'None: every key point was covered.',
  review: 'Worth another look',
  inDeck: 'What you were asked is in your review deck (`/review start`).',
  lookHint: 'The buttons show each question with your own answer.',
  export: 'Export',
  exported: 'Your interview, with your answers and the model answers.',
  back: 'Back to the report',
  modelAnswerAt: (id: string) => `The model answer: \`/question search:${id}\``,
  date: 'Date',
  keyPoints: 'Key points',
  late: 'Came after time was up',
  sources: 'Sources',
  essential: 'essential',

  marking: {
    suggest: 'Let a model suggest ticks',
    title: 'Marking by a language model',
    asks: (host: string, model: string) =>
      [
        `If you agree, the question, its key points and your answer are sent to the model **${model}** at **${host}**, which whoever runs this bot has chosen. Neither your name nor your Discord id is sent with them; what you write in your answer is.`,
        'The model marks against the key points only and quotes the words of yours that earn each. It suggests, you decide: you can change every tick.',
        'You agree once for all interviews, and can withdraw here or in `/interview` at any time.',
      ].join('\n\n'),
    agree: 'Agree and mark',
    refuse: 'No, by hand',
    withdraw: 'Withdraw consent',
    withdrawn: 'Withdrawn: nothing more is sent to the model.',
    agreed: (host: string) => `You have agreed to marking by the language model at ${host}.`,
    working: '⏳ The model is reading your answer. You can tick meanwhile.',
    already: 'The model is already at it.',
    found: (count: number) =>
      count > 0
        ? `🤖 The model suggests ${many(count, 'tick')}, with your own words as evidence. Change what you don’t agree with.`
        : '🤖 The model found none of the key points. Tick what you hold to be covered.',
    failed: (kind: FailureKind | 'budget') => `${failures[kind]} Please tick by hand.`,
  },
};

const chineseFailures: typeof failures = {
  timeout: '模型太久没有回应。',
  unreachable: '暂时连不上模型。',
  unreadable: '模型的回复不是有效的批改结果。',
  budget: '这里今天的模型批改次数已用完。',
};

const zh: typeof en = {
  title: '模拟面试',
  questions: (count) => `${count} 道题`,
  minutes: (count) => `${count} 分钟`,
  noLimit: '不限时',
  everyTopic: '不限主题',
  fewer: (count) => `题库里符合条件的开放题只有 ${count} 道。`,
  rules: [
    '逐题作答开放题，像面试时那样把回答写下来。',
    '写完先看到要点清单，勾选自己答到的，然后才看参考答案。必答要点（★）优先：缺一个，得分就不到 60。',
    '如果限时，只在作答时计时，勾选和阅读时停表。',
    '全程只有你自己看得到。算作学习一天，不计积分。',
  ],
  begin: '开始',
  underWay: (at) => `你有一场进行中的面试，开始于 ${stamp(at, 'R')}。`,
  proceed: '继续',
  end: '到此结束',
  past: '历次面试',
  pastTitle: '你最近的面试',
  pastNone: '你还没有面试记录。',
  pastKept: (most) => `保留最近 ${most} 场。`,
  pastMenu: '打开一场',
  none: '题库里没有符合这个主题和难度的开放题。请放宽主题，或不限难度。',
  gone: '没有找到你的这场面试。用 `/interview` 开始一场吧。',
  itemGone: '这道题已经不在题库里了。',
  unsure: 'Discord 暂时无法确认你是否在题目所属的服务器里。请过一分钟再试。',

  turn: (turn, of) => `模拟面试 · 第 ${turn} / ${of} 题`,
  deadline: (at) => `⏳ ${stamp(at, 'R')}到时`,
  timeUp: '⌛ 时间到。',
  lateKept: '超时后提交的内容会留在报告里，但不计分。',
  yourAnswer: (characters) => `你的回答（${characters} 字）`,
  noAnswer: '你没有作答。',
  answer: '作答',
  more: '继续补充',
  complete: '答完了',
  giveUp: '不会',
  modalTitle: '你的回答',
  modalLabel: '像面试时那样回答',
  full: '回答已经到了长度上限。',

  ticksTitle: '你的回答覆盖了哪些要点？',
  ticksHint: '在菜单里勾选，之后才显示参考答案。',
  ticksMenu: '我答到的要点',
  toScore: '打分',
  noneToScore: '一个都没有，打分',
  score: (value) => `得分：**${value}** / 100`,
  essentialMissing: '缺少必答要点',
  notScored: '未打分',
  modelAnswer: '参考答案',
  followUp: '追问',
  followUpAsks: (point) => `你漏了这个要点：\n> ${point}\n假设面试官接着追问，请用几句话讲清楚。`,
  followUpFree: '仅供练习，不影响得分。',
  skip: '跳过',
  yourFollowUp: '你对追问的回答',
  next: '下一题',
  toReport: '看报告',

  report: '面试报告',
  unfinished: '尚未完成。',
  overall: (value) => `总评：**${value}** / 100`,
  reached: (asked, of) => `时间到时答到第 ${asked} 题，共 ${of} 题。`,
  strengths: '答得好的',
  gaps: '有欠缺的',
  ofQuestion: (turn) => `第 ${turn} 题`,
  noGaps: '没有，要点全部答到。',
  review: '值得再看',
  inDeck: '这些题已加入你的卡组（`/review start`）。',
  lookHint: '用按钮查看每道题和你自己的回答。',
  export: '导出',
  exported: '这是你的面试记录，含你的回答和参考答案。',
  back: '返回报告',
  modelAnswerAt: (id) => `查看参考答案：\`/question search:${id}\``,
  date: '日期',
  keyPoints: '要点',
  late: '超时后提交',
  sources: '出处',
  essential: '必答',

  marking: {
    suggest: '让模型建议勾选',
    title: '语言模型批改',
    asks: (host, model) =>
      [
        `如果你同意，题目、要点和你的回答会发送给 **${host}** 上的模型 **${model}**，它由本机器人的运营者选定。不会附带你的名字和 Discord ID，但你写在回答里的内容会发送。`,
        '模型只对照要点批改，并引用你回答中的原话作为依据。它只提建议，由你决定：每个勾选都可以改。',
        '同意一次即对所有面试有效，随时可以在这里或 `/interview` 里撤回。',
      ].join('\n\n'),
    agree: '同意并批改',
    refuse: '不用，我自己勾',
    withdraw: '撤回同意',
    withdrawn: '已撤回：不会再向模型发送任何内容。',
    agreed: (host) => `你已同意由 ${host} 上的语言模型批改。`,
    working: '⏳ 模型正在看你的回答，你可以先自己勾选。',
    already: '模型已经在批改了。',
    found: (count) =>
      count > 0
        ? `🤖 模型建议勾选 ${count} 个要点，并附上了你的原话。不同意的请自行修改。`
        : '🤖 模型没有找到任何要点。请勾选你认为答到的。',
    failed: (kind) => `${chineseFailures[kind]}请自己勾选。`,
  },
};

export type InterviewWords = typeof en;

export const interviewWords: Record<Language, InterviewWords> = { en, zh };

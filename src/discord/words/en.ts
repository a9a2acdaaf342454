import { GRADES, type GradeName } from '../../progress/grade.ts';

const plural = new Intl.PluralRules('en');

/** `1 day`, `2 days`. */
function many(count: number, one: string, other: string): string {
  return `${number(count)} ${plural.select(count) === 'one' ? one : other}`;
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}

const grades: Record<GradeName, string> = {
  missed: 'missed it',
  partly: 'partly',
  knew: 'knew it',
  atOnce: 'at once',
};

const levels = { 1: 'Recall', 2: 'Apply', 3: 'Derive & diagnose' };

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Everything that a person reads in English. `zh.ts` has the same shape. */
export const en = {
  language: 'English',
  languages: { en: 'English', zh: '中文', both: '中文 + English' },
  grades,
  levels,
  number,
  yes: 'True',
  no: 'False',
  none: 'none',
  all: 'all',
  days: (count: number) => many(count, 'day', 'days'),
  points: (count: number) => many(count, 'point', 'points'),
  weekdays: (days: readonly number[]) =>
    days.length === 7
      ? 'every day'
      : days.join() === '1,2,3,4,5'
        ? 'weekdays'
        : days.join() === '6,7'
          ? 'weekends'
          : days.map((day) => weekdays[day - 1]).join(', '),
  list: (items: readonly string[]) => new Intl.ListFormat('en').format(items),

  permissions: {
    ViewChannel: 'View Channel',
    SendMessages: 'Send Messages',
    SendMessagesInThreads: 'Send Messages in Threads',
    ReadMessageHistory: 'Read Message History',
  },

  errors: {
    unexpected: (id: string) =>
      `Something went wrong on my side, and nothing was changed that I know of. If it keeps happening, quote \`${id}\` to whoever runs this bot.`,
    storeAway:
      'My storage does not answer at the moment, so nothing was changed. Please try again in a minute.',
    stale: 'This message is from an earlier version of me. Please run the command again.',
    notYours: 'These buttons belong to somebody else. Run the command yourself to get your own.',
    guildOnly: 'This works only in a server that I am in.',
    needsManageGuild: 'For this you need the permission **Manage Server**.',
    badTime: (text: string) =>
      `“${text}” is not a time of day. Write it as \`HH:MM\`, such as \`09:30\` or \`21:00\`.`,
    badZone: (text: string) =>
      `I know no time zone “${text}”. Pick one from the list that comes up as you type a city, such as \`Asia/Shanghai\`.`,
    badDays: (text: string) =>
      `I can't read the days “${text}”. Write \`every day\`, \`weekdays\`, \`weekends\`, or days such as \`mon, wed, fri\`.`,
    noTopic: (text: string) => `I know no topic “${text}”. Pick one from the list.`,
    noSchedule: 'There is no such daily question in this server. `/daily list` shows those that there are.',
    noSchedules: 'This server has no daily question yet. Add one with `/daily add`.',
    tooManySchedules: (most: number) =>
      `A server can have ${most} daily questions at most. Remove one first.`,
    noQuestion: (text: string) =>
      `I found no question for “${text}”. Try a word from it, or pick one from the list.`,
    narrow:
      'No question in the bank fits that topic and level together. Choose a wider topic or leave out the level.',
    wrongChannel: 'Choose a text or announcement channel.',
    hiddenPerson: (name: string) => `${name} has chosen to keep their progress private.`,
    bot: 'Bots do not study. Not yet.',
  },

  card: {
    day: (day: number) => `Day ${day}`,
    extra: 'Extra question',
    level: (level: 1 | 2 | 3) => `${'●'.repeat(level)}${'○'.repeat(3 - level)} ${levels[level]}`,
    legend: `How well did you know it? React: ${GRADES.map(({ name, emoji }) => `${emoji} ${grades[name]}`).join(' · ')}`,
    closes: (at: number) => `Closes ${stamp(at, 'R')}`,
    closed: 'Closed',
    showAnswer: 'Show answer',
    answer: 'Answer',
    pick: 'Pick every right answer',
    startOrder: 'Put in order',
    undo: 'Undo',
    results: 'How the group did',
    nobody: 'Nobody graded themselves this time.',
    gradeLine: (emoji: string, name: GradeName, count: number) => `${emoji} ${grades[name]}: **${count}**`,
    answeredLine: (right: number, answered: number) =>
      `${many(answered, 'answer', 'answers')} by button, **${right}** right`,
    key: (key: string) => `Answer: ||${key}||`,
    questionGone: 'This question is no longer in the bank.',
    explanationBehind: 'The explanation is behind the button.',
    openHint: 'An open question: answer it for yourself, aloud if you can, then compare.',
    numberHint: (unit: string) => (unit ? `Answer with a number, in ${unit}.` : 'Answer with a number.'),
    shortHint: 'Answer in a few words.',
    multipleHint: 'More than one answer is right.',
  },

  answer: {
    right: '✅ **Right!**',
    wrong: '❌ **Not quite.**',
    yours: (given: string) => `Your answer: ${given}`,
    key: 'Answer',
    keyPoints: 'Key points',
    sources: (sources: string) => `Sources: ${sources}`,
    points: (self: number, auto: number) =>
      auto > 0 ? `+${self} and a bonus of ${auto} points` : `+${self} points`,
    already: 'You have answered this one already; the first answer counts.',
    closed: 'This question has closed, so the answer no longer counts. Here is the solution:',
    forfeited: 'You looked at the answer first, so there is no bonus.',
    looked:
      'Grade yourself with a reaction under the question. From now on a right answer by button earns no bonus.',
    grade: 'Now grade yourself with a reaction under the question.',
    notANumber: (text: string) =>
      `I can't read “${text}” as a number. Try digits, such as \`65504\`, \`1.72e6\` or \`87.5%\`.`,
    modalTitle: 'Your answer',
    modalLabel: 'Answer',
    step: (position: number, of: number) => `Press the step that comes **${position} of ${of}**.`,
    asOf: (month: string) => `As of ${month}.`,
  },

  daily: {
    added: (channel: string) => `Daily question set up in ${channel}.`,
    edited: 'Changed.',
    first: (at: number) => `The first one comes ${stamp(at, 'F')} (${stamp(at, 'R')}).`,
    next: (at: number) => `Next: ${stamp(at, 'F')} (${stamp(at, 'R')})`,
    lacking: (channel: string, permissions: string) =>
      `⚠️ In ${channel} I still lack: **${permissions}**. Grant them to my role in the channel's settings, or the question can't be posted.`,
    lackingReactions: (channel: string) =>
      `ℹ️ In ${channel} I lack **Add Reactions**: the question is posted, but members have to add the grade reactions themselves. Grant it to my role in the channel's settings.`,
    roleSilent: (role: string) =>
      `⚠️ ${role} can't be mentioned by me: allow “anyone to @mention this role” in its settings, or give me **Mention Everyone** in the channel.`,
    moreTopics: 'Narrow it to some topics',
    listTitle: 'Daily questions',
    when: (time: string, zone: string, days: string) => `**${time}** ${zone}, ${days}`,
    topics: (topics: string) => `Topics: ${topics}`,
    level: (level: string) => `Level: ${level}`,
    role: (role: string) => `Mentions: ${role}`,
    speaks: (language: string) => `Language: ${language}`,
    paused: '⏸️ Paused. `/daily resume` starts it again.',
    suspended: {
      'unknown-channel':
        '⛔ Suspended: its channel was deleted. Choose another with `/daily edit`, or `/daily remove` it.',
      'missing-access':
        "⛔ Suspended: I can't see its channel. Grant me **View Channel** there, then `/daily resume`.",
      'missing-permissions':
        '⛔ Suspended: I may not post in its channel. Grant me **Send Messages** there, then `/daily resume`.',
      'left-server': '⛔ Suspended: I was removed from the server.',
    },
    suspendedNotice: (channel: string) =>
      `The daily question in ${channel} (deleted or closed to me) is suspended.`,
    pausedNow: 'Paused. `/daily resume` starts it again.',
    resumed: 'Resumed.',
    removed: (channel: string) =>
      `Removed the daily question in ${channel}. Everyone's grades and points stay.`,
    removeSure: (channel: string) =>
      `Remove the daily question in ${channel}? Grades, points and streaks stay.`,
    remove: 'Remove',
    keep: 'Keep',
    kept: 'Nothing was removed.',
    onItsWay: (channel: string) => `On its way to ${channel}. It does not count as the scheduled one.`,
    nextTitle: (at: number) => `Coming ${stamp(at, 'F')} (${stamp(at, 'R')})`,
    replace: 'Another question',
    skip: 'Skip this day',
    skipped: 'Skipped.',
    queued: (position: number) =>
      position === 1 ? 'It will be the next question.' : `Queued: it is number ${position} of those to come.`,
    choose: 'Several daily questions run here: say which with the option `schedule`.',
  },

  progress: {
    title: (name: string) => `Progress of ${name}`,
    streak: (days: string) => `🔥 Streak: **${days}**`,
    longest: (days: string) => `longest ${days}`,
    freezes: (count: number) =>
      `🧊 ${many(count, 'freeze', 'freezes')} in hand (a missed day costs one instead of the streak)`,
    studied: (days: string) => `📅 Studied on **${days}**`,
    points: (week: string, month: string, all: string) =>
      `⭐ Points: **${week}** this week · **${month}** this month · **${all}** in all`,
    kinds: (self: string, auto: string) => `(${self} for taking part, ${auto} for right answers)`,
    accuracy: 'By topic',
    topic: (topic: string, right: number, answered: number, knew: number, graded: number) =>
      [
        `${topic}: `,
        answered > 0
          ? `**${percent(right / answered)}** of ${many(answered, 'answer', 'answers')} right`
          : '',
        answered > 0 && graded > 0 ? ' · ' : '',
        graded > 0 ? `knew ${knew} of ${graded}` : '',
      ].join(''),
    milestone: (at: number, left: string) => `🎯 Next milestone: ${at} days, ${left} to go`,
    today: 'Done for today ✅',
    notToday: 'Not yet studied today.',
    empty:
      'Nothing here yet. Grade yourself with a reaction under a daily question, or answer one by its buttons.',
    more: (count: number) => `… and ${many(count, 'more topic', 'more topics')}`,
  },

  settings: {
    serverTitle: 'Settings of this server',
    meTitle: 'Your settings',
    language: (language: string) => `Language: **${language}**`,
    zone: (zone: string, time: string) => `Time zone: **${zone}** (now ${time})`,
    dayStart: (time: string) => `A day starts at **${time}**`,
    hidden: (hidden: boolean) => `Leaderboards and others' /progress: **${hidden ? 'hidden' : 'shown'}**`,
    ofDiscord: 'as in Discord',
    ofServer: "the server's",
    saved: 'Saved.',
    existing: 'Daily questions that exist keep their own time zone; change it with `/daily edit`.',
    badDayStart: 'A day can start between 00:00 and 12:00.',
  },

  question: {
    title: 'Question',
    sees: 'Show answer',
  },

  help: {
    title: 'Koan 公案: a question a day, turned over by a group',
    lines: (mention: (command: string) => string) => [
      '**Study**',
      `Grade yourself under the daily question: ${GRADES.map(({ name, emoji }) => `${emoji} ${grades[name]}`).join(' · ')}. Honest grades cost no points.`,
      `See how you are doing: ${mention('progress')}`,
      `See how the group is doing: ${mention('leaderboard')} (there and above, \`text\` gives words instead of pictures)`,
      `Vie for points, alone or in teams: ${mention('competition join')}, ${mention('competition standings')}`,
      `Take a quiz, alone or with the channel: ${mention('quiz solo')}, ${mention('quiz group')}`,
      `Look a question up: ${mention('question')}`,
      `Review what is due, by FSRS, here or by direct message: ${mention('review start')}`,
      `Hold a mock interview: ${mention('interview')}`,
      `Your language, time zone, privacy: ${mention('settings me')}`,
      `See, export or delete what I keep of you: ${mention('privacy show')}, ${mention('privacy delete')}`,
      '',
      '**Run a server** (with Manage Server)',
      `Post a question every day: ${mention('daily add')}`,
      `See, pause, change it: ${mention('daily list')}, ${mention('daily edit')}`,
      `See or replace the coming one: ${mention('daily next')}`,
      `Run a competition: ${mention('competition create')}, ${mention('competition list')}`,
      `Bring your own questions, switch topics off: ${mention('bank import')}, ${mention('bank topics')}`,
      `Language, time zone, start of the day, reports of mistakes: ${mention('settings server')}`,
      `See what keeps me from working well, and how to mend it: ${mention('doctor')}`,
      '',
      'A streak grows with every day on which you study. A missed day costs a freeze, or the streak, only if a daily question was posted that day; every 7 days earn a freeze, two at most.',
    ],
  },
};

/** A timestamp that Discord shows in the reader's own zone and language; `at` is epoch milliseconds. */
export function stamp(at: number, style: 'F' | 'R' | 'f' | 'D'): string {
  return `<t:${Math.floor(at / 1000)}:${style}>`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

export type Words = typeof en;

import { GRADES, type GradeName } from '../../progress/grade.ts';
import { stamp, type Words } from './en.ts';

function number(value: number): string {
  return value.toLocaleString('zh-CN');
}

const grades: Record<GradeName, string> = { missed: '不会', partly: '会一点', knew: '会', atOnce: '秒答' };

const levels = { 1: '识记', 2: '理解应用', 3: '推导诊断' };

const weekdays = ['周一', '周二', '周三', '周四', '周五', '周六', '周日'];

export const zh: Words = {
  language: '中文',
  languages: { en: 'English', zh: '中文', both: '中文 + English' },
  grades,
  levels,
  number,
  yes: '对',
  no: '错',
  none: '无',
  all: '全部',
  days: (count) => `${number(count)} 天`,
  points: (count) => `${number(count)} 分`,
  weekdays: (days) =>
    days.length === 7
      ? '每天'
      : days.join() === '1,2,3,4,5'
        ? '工作日'
        : days.join() === '6,7'
          ? '周末'
          : days.map((day) => weekdays[day - 1]).join('、'),
  list: (items) => items.join('、'),

  permissions: {
    ViewChannel: '查看频道',
    SendMessages: '发送消息',
    SendMessagesInThreads: '在子区发送消息',
    ReadMessageHistory: '读取消息历史记录',
  },

  errors: {
    unexpected: (id) =>
      `我这边出了点问题，据我所知没有改动任何内容。如果反复出现，请把编号 \`${id}\` 告诉机器人的维护者。`,
    storeAway: '存储暂时没有响应，没有改动任何内容。请过一分钟再试。',
    stale: '这条消息来自我的旧版本，请重新执行命令。',
    notYours: '这些按钮属于别人。请自己执行命令，获得自己的按钮。',
    guildOnly: '这个命令只能在有我的服务器里使用。',
    needsManageGuild: '需要**管理服务器**权限。',
    badTime: (text) => `“${text}”不是一个时刻。请写成 \`HH:MM\`，例如 \`09:30\` 或 \`21:00\`。`,
    badZone: (text) => `没有名为“${text}”的时区。输入城市名，从列表里选一个，例如 \`Asia/Shanghai\`。`,
    badDays: (text) =>
      `看不懂“${text}”是哪些日子。请写 \`每天\`、\`工作日\`、\`周末\`，或 \`周一、周三、周五\` 这样的形式。`,
    noTopic: (text) => `没有名为“${text}”的主题，请从列表里选。`,
    noSchedule: '这个服务器没有这样的每日一题。用 `/daily list` 查看已有的。',
    noSchedules: '这个服务器还没有每日一题。用 `/daily add` 添加。',
    tooManySchedules: (most) => `一个服务器最多 ${most} 个每日一题，请先移除一个。`,
    noQuestion: (text) => `没有找到与“${text}”有关的题目。换个题目里的词试试，或从列表里选。`,
    narrow: '题库里没有同时符合这个主题和难度的题目。请放宽主题，或不限难度。',
    wrongChannel: '请选择文字频道或公告频道。',
    hiddenPerson: (name) => `${name} 选择不公开自己的进度。`,
    bot: '机器人不学习。至少现在还不。',
  },

  card: {
    day: (day) => `第 ${day} 天`,
    extra: '加餐题',
    level: (level) => `${'●'.repeat(level)}${'○'.repeat(3 - level)} ${levels[level]}`,
    legend: `掌握得怎么样？用表情自评：${GRADES.map(({ name, emoji }) => `${emoji} ${grades[name]}`).join(' · ')}`,
    closes: (at) => `${stamp(at, 'R')}截止`,
    closed: '已截止',
    showAnswer: '看答案',
    answer: '作答',
    pick: '选出所有正确项',
    startOrder: '排顺序',
    undo: '撤销',
    results: '大家答得怎么样',
    nobody: '这一题没有人自评。',
    gradeLine: (emoji, name, count) => `${emoji} ${grades[name]}：**${count}**`,
    answeredLine: (right, answered) => `按钮作答 ${number(answered)} 人，答对 **${right}** 人`,
    key: (key) => `答案：||${key}||`,
    questionGone: '这道题已经不在题库里了。',
    explanationBehind: '解析在按钮后面。',
    openHint: '开放题：先自己回答，最好说出声来，再对照。',
    numberHint: (unit) => (unit ? `填一个数，单位 ${unit}。` : '填一个数。'),
    shortHint: '用几个词回答。',
    multipleHint: '正确答案不止一个。',
  },

  answer: {
    right: '✅ **答对了！**',
    wrong: '❌ **还差一点。**',
    yours: (given) => `你的答案：${given}`,
    key: '答案',
    keyPoints: '要点',
    sources: (sources) => `出处：${sources}`,
    points: (self, auto) => (auto > 0 ? `+${self} 分，另加奖励 ${auto} 分` : `+${self} 分`),
    already: '这一题你已经答过了，以第一次为准。',
    closed: '这一题已经截止，现在作答不再计分。答案如下：',
    forfeited: '你先看了答案，所以没有奖励分。',
    looked: '请在题目下用表情自评。此后再用按钮答对也没有奖励分。',
    grade: '现在请在题目下用表情自评。',
    notANumber: (text) => `“${text}”读不成一个数。请写数字，例如 \`65504\`、\`1.72e6\` 或 \`87.5%\`。`,
    modalTitle: '作答',
    modalLabel: '答案',
    step: (position, of) => `请按下**第 ${position} 步**（共 ${of} 步）。`,
    asOf: (month) => `截至 ${month}。`,
  },

  daily: {
    added: (channel) => `已在 ${channel} 设置每日一题。`,
    edited: '已修改。',
    first: (at) => `第一题：${stamp(at, 'F')}（${stamp(at, 'R')}）。`,
    next: (at) => `下一题：${stamp(at, 'F')}（${stamp(at, 'R')}）`,
    lacking: (channel, permissions) =>
      `⚠️ 我在 ${channel} 还缺少权限：**${permissions}**。请在频道设置里授予我的身份组，否则题目发不出去。`,
    lackingReactions: (channel) =>
      `ℹ️ 我在 ${channel} 没有**添加反应**权限：题目照常发布，但自评表情要由成员自己添加。请在频道设置里授予我的身份组。`,
    roleSilent: (role) =>
      `⚠️ 我提及 ${role} 不会有通知：请在身份组设置里打开“允许任何人 @提及此身份组”，或在频道里授予我**提及所有人**。`,
    moreTopics: '限定若干主题',
    listTitle: '每日一题',
    when: (time, zone, days) => `**${time}** ${zone}，${days}`,
    topics: (topics) => `主题：${topics}`,
    level: (level) => `难度：${level}`,
    role: (role) => `提及：${role}`,
    speaks: (language) => `语言：${language}`,
    paused: '⏸️ 已暂停。用 `/daily resume` 恢复。',
    suspended: {
      'unknown-channel': '⛔ 已停发：频道被删除了。用 `/daily edit` 换一个频道，或用 `/daily remove` 移除。',
      'missing-access': '⛔ 已停发：我看不到这个频道。请授予我**查看频道**，再用 `/daily resume` 恢复。',
      'missing-permissions':
        '⛔ 已停发：我不能在这个频道发言。请授予我**发送消息**，再用 `/daily resume` 恢复。',
      'left-server': '⛔ 已停发：我被移出了服务器。',
    },
    suspendedNotice: (channel) => `${channel} 的每日一题已停发（频道被删除，或不对我开放）。`,
    pausedNow: '已暂停。用 `/daily resume` 恢复。',
    resumed: '已恢复。',
    removed: (channel) => `已移除 ${channel} 的每日一题。大家的自评和积分都保留。`,
    removeSure: (channel) => `移除 ${channel} 的每日一题？自评、积分和连续天数都会保留。`,
    remove: '移除',
    keep: '保留',
    kept: '没有移除。',
    onItsWay: (channel) => `正在发往 ${channel}。这一题不算作定时的那一题。`,
    nextTitle: (at) => `将于 ${stamp(at, 'F')} 发布（${stamp(at, 'R')}）`,
    replace: '换一题',
    skip: '跳过这一天',
    skipped: '已跳过。',
    queued: (position) => (position === 1 ? '它就是下一题。' : `已排队，是接下来的第 ${position} 题。`),
    choose: '这里有多个每日一题，请用选项 `schedule` 指明是哪一个。',
  },

  progress: {
    title: (name) => `${name} 的进度`,
    streak: (days) => `🔥 连续学习：**${days}**`,
    longest: (days) => `最长 ${days}`,
    freezes: (count) => `🧊 冻结卡 ${count} 张（漏掉一天时先用掉它，连续天数不断）`,
    studied: (days) => `📅 共学习 **${days}**`,
    points: (week, month, all) => `⭐ 积分：本周 **${week}** · 本月 **${month}** · 累计 **${all}**`,
    kinds: (self, auto) => `（参与 ${self}，答对 ${auto}）`,
    accuracy: '按主题',
    topic: (topic, right, answered, knew, graded) =>
      [
        `${topic}：`,
        answered > 0 ? `作答 ${answered} 题，正确率 **${Math.round((100 * right) / answered)}%**` : '',
        answered > 0 && graded > 0 ? ' · ' : '',
        graded > 0 ? `自评 ${graded} 题，会 ${knew} 题` : '',
      ].join(''),
    milestone: (at, left) => `🎯 下一个里程碑：${at} 天，还差 ${left}`,
    today: '今天已学习 ✅',
    notToday: '今天还没学习。',
    empty: '这里还什么都没有。在每日一题下用表情自评，或用按钮作答吧。',
    more: (count) => `……还有 ${count} 个主题`,
  },

  settings: {
    serverTitle: '本服务器的设置',
    meTitle: '你的设置',
    language: (language) => `语言：**${language}**`,
    zone: (zone, time) => `时区：**${zone}**（现在 ${time}）`,
    dayStart: (time) => `一天从 **${time}** 开始`,
    hidden: (hidden) => `排行榜与他人的 /progress：**${hidden ? '隐藏' : '显示'}**`,
    ofDiscord: '跟随 Discord',
    ofServer: '跟随服务器',
    saved: '已保存。',
    existing: '已有的每日一题保留各自的时区，可用 `/daily edit` 修改。',
    badDayStart: '一天的开始只能设在 00:00 到 12:00 之间。',
  },

  question: {
    title: '题目',
    sees: '看答案',
  },

  help: {
    title: 'Koan 公案：每天一题，大家一起参',
    lines: (mention) => [
      '**学习**',
      `在每日一题下用表情自评：${GRADES.map(({ name, emoji }) => `${emoji} ${grades[name]}`).join(' · ')}。如实自评不会少得分。`,
      `看自己的进度：${mention('progress')}`,
      `看大家的排名：${mention('leaderboard')}（这两项都可以加 \`文字\` 选项，不用图片）`,
      `参加比赛，个人或团队：${mention('competition join')}、${mention('competition standings')}`,
      `做一组题，自己练或和频道里的人一起比：${mention('quiz solo')}、${mention('quiz group')}`,
      `查一道题：${mention('question')}`,
      `按 FSRS 复习到期的题，私信里也可以：${mention('review start')}`,
      `来一场模拟面试：${mention('interview')}`,
      `语言、时区、隐私：${mention('settings me')}`,
      `查看、导出或删除我保存的你的数据：${mention('privacy show')}、${mention('privacy delete')}`,
      '',
      '**管理**（需要“管理服务器”权限）',
      `每天发一题：${mention('daily add')}`,
      `查看、暂停、修改：${mention('daily list')}、${mention('daily edit')}`,
      `查看或更换下一题：${mention('daily next')}`,
      `办一场比赛：${mention('competition create')}、${mention('competition list')}`,
      `导入自有题目、关闭主题：${mention('bank import')}、${mention('bank topics')}`,
      `语言、时区、一天的开始、报错频道：${mention('settings server')}`,
      `看看是什么让我不能正常工作，怎么解决：${mention('doctor')}`,
      '',
      '每个学习的日子都让连续天数加一。只有当天发过每日一题时，漏掉才会用掉一张冻结卡，没有冻结卡则中断；每连续 7 天得一张，最多两张。',
    ],
  },
};

import type { Language } from '../../bank/schema.ts';
import type { FailureReason } from '../../daily/schedule.ts';
import { stamp } from './en.ts';

const en = {
  title: 'Check-up',
  fine: '✅ **All is well.**',
  toMend: (count: number) => (count === 1 ? '**1 thing to mend:**' : `**${count} things to mend:**`),

  findings: {
    storeAway:
      '⛔ My storage does not answer: I can’t see this server’s daily questions and competitions at the moment, and nothing can be saved. I come back by myself; whoever runs this bot should look at its store. Grades given meanwhile are read back from the reactions.',
    unreadable:
      '⛔ Some of what is stored could not be read. Whoever runs this bot finds the reason in its log.',
    storeSlow: (time: string) =>
      `⚠️ My storage took ${time} to answer. Commands fail after a second: whoever runs this bot should look at its store.`,
    gatewaySlow: (time: string) =>
      `⚠️ Discord took ${time} to answer a heartbeat, so reactions arrive late. If it stays so, whoever runs this bot should look at its network.`,
    channelGone: (channel: string) =>
      `⛔ ${channel} is gone. Choose another channel with \`/daily edit\` or \`/competition edit\`.`,
    suspended: (channel: string, reason: string) => `${channel}: ${reason}`,
    late: (channel: string, since: number, reason: string) =>
      `⛔ The question in ${channel} should have come ${stamp(since, 'R')}${reason && `: ${reason}`}. I keep trying. Mend what else stands here; if it stays so, ask whoever runs this bot to look into its log.`,
    missed: (channel: string, at: number) =>
      `⚠️ The question of ${stamp(at, 'F')} in ${channel} was left out: I was away for too long. The next one comes by itself; \`/daily now\` posts one at once.`,
    unclosed: (channel: string, since: number) =>
      `⚠️ A question in ${channel} should have closed ${stamp(since, 'R')}. I keep trying. See that I have **View Channel** and **Read Message History** there.`,
    repeats: (channel: string, unseen: number, all: number) =>
      unseen === 0
        ? `⚠️ All ${all} questions that ${channel} can get were asked: now they repeat. Choose more topics or another level with \`/daily edit\`, or add questions with \`/bank import\`.`
        : `⚠️ Only ${unseen} of the ${all} questions that ${channel} can get are left before they repeat. Choose more topics or another level with \`/daily edit\`, or add questions with \`/bank import\`.`,
    wider: (channel: string) =>
      `⚠️ No question fits the topics and the level of ${channel}, so it gets others. Choose again with \`/daily edit\`, or see with \`/bank topics\` what is switched off.`,
    unsent: (channel: string, since: number) =>
      `⚠️ A message has been on its way to ${channel} since ${stamp(since, 'F')}: Discord does not take it. I keep trying; if it stays so, ask whoever runs this bot to look into its log.`,
    attach: (channel: string) =>
      `ℹ️ In ${channel} I lack **Attach Files**: formulas and pictures come as text. Grant it to my role in the channel’s settings.`,
    notices: (channel: string, permissions: string) =>
      `⚠️ In ${channel}, the server’s system channel, I lack: **${permissions}**. Grant them, or nobody hears when a daily question is suspended.`,
    reports: (channel: string, permissions: string) =>
      `⚠️ In ${channel}, where reports of mistakes go, I lack: **${permissions}**. Grant them; until then reports are kept.`,
    reportsGone: (channel: string) =>
      `⛔ ${channel}, where reports of mistakes go, is gone. Choose another with \`/settings server\`.`,
  },

  /** What kept a message from its channel. */
  reasons: {
    'unknown-channel': 'the channel was deleted',
    'missing-access': 'I could not see the channel',
    'missing-permissions': 'I was not allowed to post there',
    'no-history': 'I lacked **Read Message History**',
    'server-away': 'Discord had an outage',
    missed: 'I was away for too long',
    failed: 'it did not work, and the log says why',
  } satisfies Record<FailureReason, string>,
  status: (status: number) => `Discord answered with an error (${status})`,

  dailies: 'Daily questions',
  noDailies: 'None yet. `/daily add` makes one.',
  suspended: '⛔ Suspended',
  lastPost: (at: number) => `last posted ${stamp(at, 'R')}`,
  noPost: 'nothing posted yet',
  unseen: (unseen: number, all: number) => `${unseen} of ${all} questions unseen`,
  lastFailure: (at: number, reason: string) => `last failure ${stamp(at, 'F')}: ${reason}`,
  noFailure: 'no failure',

  competitions: 'Competitions',
  lastNews: (at: number) => `last news ${stamp(at, 'R')}`,
  noNews: 'no news yet',

  channels: 'Channels',
  uses: {
    daily: 'daily questions',
    competition: 'competitions',
    reports: 'reports of mistakes',
    notices: 'notices',
  },
  channel: (channel: string, uses: string, state: string) => `${channel} (${uses}): ${state}`,
  lacksNothing: '✅ nothing is lacking',
  lacks: (permissions: string) => `⚠️ lacking: **${permissions}**`,
  unsent: (at: number) => `a message did not arrive, last tried ${stamp(at, 'R')}`,
  gone: '⛔ deleted',
  noSystemChannel:
    'The server has no system channel: that a daily question is suspended shows only here and in `/daily list`.',
  permissions: { AddReactions: 'Add Reactions', AttachFiles: 'Attach Files' },

  bot: 'The bot',
  store: (driver: string, time: string) => `Store: ${driver}, answers in ${time}`,
  storeAway: (driver: string) => `Store: ${driver}, does not answer`,
  gateway: (since: number | undefined, ping: string | undefined) =>
    [
      since === undefined ? 'Gateway: connected' : `Gateway: connected since ${stamp(since, 'F')}`,
      ping === undefined ? 'no heartbeat measured yet' : `a heartbeat takes ${ping}`,
    ].join(', '),
  connections: (shard: number, shards: number, resumed: number, lost: number) =>
    `Shard ${shard} of ${shards} · resumed ${resumed}×, begun anew ${lost}× since the start`,
  version: (version: string, since: number) =>
    `Version ${version}, running since ${stamp(since, 'F')} (${stamp(since, 'R')})`,
  milliseconds: (time: string) => `${time} ms`,

  page: (page: number, pages: number) => `Page ${page} of ${pages}`,
  previous: 'Previous',
  next: 'Next',
  again: 'Check again',
};

const zh: typeof en = {
  title: '体检',
  fine: '✅ **一切正常。**',
  toMend: (count) => `**有 ${count} 处需要处理：**`,

  findings: {
    storeAway:
      '⛔ 存储没有响应：现在看不到本服务器的每日一题和比赛，也无法保存。我会自动恢复，请机器人的运营者检查存储。期间的自评会从反应里补读回来。',
    unreadable: '⛔ 有些已存的数据读不出来。原因在日志里，请联系机器人的运营者。',
    storeSlow: (time) => `⚠️ 存储用了 ${time} 才响应，超过 1 秒命令就会失败。请机器人的运营者检查存储。`,
    gatewaySlow: (time) =>
      `⚠️ Discord 用了 ${time} 才回应心跳，反应会迟到。如果一直这样，请机器人的运营者检查网络。`,
    channelGone: (channel) =>
      `⛔ ${channel} 已不存在。用 \`/daily edit\` 或 \`/competition edit\` 换一个频道。`,
    suspended: (channel, reason) => `${channel}：${reason}`,
    late: (channel, since, reason) =>
      `⛔ ${channel} 的题目应在${stamp(since, 'R')}发出${reason && `，但${reason}`}。我会继续尝试。请先处理这里的其他问题；如果一直这样，请机器人的运营者查看日志。`,
    missed: (channel, at) =>
      `⚠️ ${channel} 在${stamp(at, 'F')}的题目没有发：我离线太久了。下一题会照常发出；用 \`/daily now\` 可以马上发一题。`,
    unclosed: (channel, since) =>
      `⚠️ ${channel} 有一题应在${stamp(since, 'R')}截止。我会继续尝试。请确认我在那里有**查看频道**和**读取消息历史记录**权限。`,
    repeats: (channel, unseen, all) =>
      unseen === 0
        ? `⚠️ ${channel} 可出的 ${all} 道题都出过了，现在开始重复。用 \`/daily edit\` 增加主题或换个难度，或用 \`/bank import\` 添加题目。`
        : `⚠️ ${channel} 可出的 ${all} 道题只剩 ${unseen} 道没出过。用 \`/daily edit\` 增加主题或换个难度，或用 \`/bank import\` 添加题目。`,
    wider: (channel) =>
      `⚠️ 没有题目符合 ${channel} 的主题和难度，所以出的是其他题。用 \`/daily edit\` 重新选择，或用 \`/bank topics\` 看看关闭了哪些主题。`,
    unsent: (channel, since) =>
      `⚠️ 有一条消息从${stamp(since, 'F')}起一直没能发到 ${channel}：Discord 没有接收。我会继续尝试；如果一直这样，请机器人的运营者查看日志。`,
    attach: (channel) =>
      `ℹ️ 我在 ${channel} 没有**附加文件**权限：公式和图片只能显示为文字。请在频道设置里授予我的身份组。`,
    notices: (channel, permissions) =>
      `⚠️ 我在系统频道 ${channel} 缺少权限：**${permissions}**。请授予我，否则每日一题停发时没人知道。`,
    reports: (channel, permissions) =>
      `⚠️ 我在报错频道 ${channel} 缺少权限：**${permissions}**。请授予我；在那之前，收到的报错会先保留。`,
    reportsGone: (channel) => `⛔ 报错频道 ${channel} 已不存在。用 \`/settings server\` 换一个频道。`,
  },

  reasons: {
    'unknown-channel': '频道被删除了',
    'missing-access': '我看不到这个频道',
    'missing-permissions': '我没有在那里发言的权限',
    'no-history': '我没有**读取消息历史记录**权限',
    'server-away': 'Discord 出了故障',
    missed: '我离线太久了',
    failed: '没有成功，原因在日志里',
  },
  status: (status) => `Discord 返回了错误（${status}）`,

  dailies: '每日一题',
  noDailies: '还没有。用 `/daily add` 添加。',
  suspended: '⛔ 已停发',
  lastPost: (at) => `上次发题：${stamp(at, 'R')}`,
  noPost: '还没有发过题',
  unseen: (unseen, all) => `${all} 道题中 ${unseen} 道没出过`,
  lastFailure: (at, reason) => `上次失败：${stamp(at, 'F')}，${reason}`,
  noFailure: '没有失败过',

  competitions: '比赛',
  lastNews: (at) => `上次消息：${stamp(at, 'R')}`,
  noNews: '还没有消息',

  channels: '频道',
  uses: { daily: '每日一题', competition: '比赛', reports: '报错', notices: '通知' },
  channel: (channel, uses, state) => `${channel}（${uses}）：${state}`,
  lacksNothing: '✅ 权限齐全',
  lacks: (permissions) => `⚠️ 缺少：**${permissions}**`,
  unsent: (at) => `有一条消息没能发出，上次尝试：${stamp(at, 'R')}`,
  gone: '⛔ 已删除',
  noSystemChannel: '服务器没有系统频道：每日一题停发时，只能在这里和 `/daily list` 里看到。',
  permissions: { AddReactions: '添加反应', AttachFiles: '附加文件' },

  bot: '机器人',
  store: (driver, time) => `存储：${driver}，响应时间 ${time}`,
  storeAway: (driver) => `存储：${driver}，没有响应`,
  gateway: (since, ping) =>
    [
      since === undefined ? '网关：已连接' : `网关：${stamp(since, 'F')}起已连接`,
      ping === undefined ? '还没有测到心跳' : `心跳 ${ping}`,
    ].join('，'),
  connections: (shard, shards, resumed, lost) =>
    `分片 ${shard} / ${shards} · 启动以来续传 ${resumed} 次，重新连接 ${lost} 次`,
  version: (version, since) => `版本 ${version}，${stamp(since, 'F')}启动（${stamp(since, 'R')}）`,
  milliseconds: (time) => `${time} 毫秒`,

  page: (page, pages) => `第 ${page} / ${pages} 页`,
  previous: '上一页',
  next: '下一页',
  again: '再检查一次',
};

export const doctorWords: Record<Language, typeof en> = { en, zh };

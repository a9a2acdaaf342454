import type { Language } from '../../bank/schema.ts';
import type { Effect } from '../../own-bank/catalogue.ts';

const many = (count: number, one: string, other = `${one}s`) =>
  `${count.toLocaleString('en-US')} ${count === 1 ? one : other}`;

const en = {
  topicOff: (topic: string) =>
    `**${topic}** is switched off in this server. Whoever manages it can switch it on with \`/bank topics\`.`,
  scheduleVoid: (topics: string) =>
    `⚠️ ${topics}: no questions here, switched off (\`/bank topics\`) or removed. Until other topics are chosen with \`/daily edit\`, this asks from all that are on.`,

  title: 'This server’s own questions',
  checking: (done: number, of: number) => `Checking the questions: ${done} of ${of} …`,
  troubles: (count: number) =>
    `**Nothing was stored.** The file has ${many(count, 'mistake')}; mend ${count === 1 ? 'it' : 'them'} and import it again.`,
  more: (count: number) => `… and ${many(count, 'more', 'more')}, in the attached file.`,
  trouble: (where: string, message: string) => `${where ? `${where}: ` : ''}${message}`,
  line: (line: number) => `line ${line}`,
  hints: (count: number) =>
    `💡 ${many(count, 'hint')} for a second look, in the attached file. ${count === 1 ? 'It does' : 'They do'} not stop the import.`,
  effect: ({ added, changed, same, renamed, total }: Effect) =>
    [
      `**${added}** new · **${changed}** changed · **${same}** the same as before${renamed > 0 ? ` · **${renamed}** ${renamed === 1 ? 'topic' : 'topics'} renamed` : ''}`,
      `The server has ${many(total, 'question')} of its own then (2,000 at most).`,
    ].join('\n'),
  nothingNew: 'The file says what the server has already. There is nothing to store.',
  sure: 'Store them? Nothing has been changed yet.',
  store: 'Store',
  cancel: 'Cancel',
  cancelled: 'Nothing was changed.',
  stored: ({ added, changed, renamed, total }: Effect) =>
    `✅ Stored: **${added}** new, **${changed}** changed${renamed > 0 ? `, **${renamed}** ${renamed === 1 ? 'topic' : 'topics'} renamed` : ''}. The server has ${many(total, 'question')} of its own now. They come up here wherever shared ones do, and nowhere else.`,

  empty:
    'This server has no questions of its own yet. `/bank import` takes a YAML or CSV file; how to write one stands in docs/questions.md.',
  count: (items: number, topics: number) => `${many(items, 'question')} in ${many(topics, 'topic')}`,
  page: (page: number, pages: number) => `Page ${page} of ${pages}`,
  previous: 'Previous',
  next: 'Next',
  example:
    'This server has no questions of its own yet. Here is a file to begin with: change it, then `/bank import` it.',
  exported: (items: number, files: number) =>
    `${many(items, 'question')} in ${many(files, 'file')}. \`/bank import\` takes ${files === 1 ? 'it' : 'each'} back unchanged.`,
  removed: (prompt: string) =>
    `Removed: ${prompt}\n-# Where it was posted, its buttons work for another 30 days. People’s points and grades stay.`,
  removeSure: (items: number) =>
    `Remove **all ${many(items, 'question')}** of this server? \`/bank export\` keeps a copy. Where they were posted, their buttons work for another 30 days; points and grades stay.`,
  removeAll: 'Remove all',
  removedAll: (items: number) => `Removed ${many(items, 'question')}.`,
  whichToRemove: 'Say which with the option `question`, or `all:True` for every one.',
  notOwn: (text: string) =>
    `This server has no question of its own called “${text}”. Pick one from the list.`,

  topicsTitle: 'Topics in this server',
  topicsHint:
    'What is switched off does not come up in this server’s daily questions, quizzes, interviews and searches. What was posted or learnt before stays.',
  topicsMenu: 'Shared topics that are on',
  topic: (name: string, count: number, on: boolean) => `${on ? '✅' : '⬜'} ${name} · ${count}`,
  ownTopic: (name: string, count: number) => `🏠 ${name} · ${count}`,
  narrowed: (channel: string, topics: string) =>
    `⚠️ The daily question in ${channel} is narrowed to ${topics}, where no questions are left: it asks from all topics that are on until you choose others with \`/daily edit\`.`,
  saved: 'Saved.',

  errors: {
    keepOne: 'At least one topic has to stay on, as this server has no questions of its own.',
    size: (most: string) => `The file is too large: ${most} at most. Cut it into several.`,
    kind: 'Send a YAML file (`.yaml`, `.yml`, `.json`) or a table (`.csv`, `.tsv`). How to write one stands in docs/questions.md.',
    download: 'I could not get the file from Discord. Please send it again.',
    gone: 'This file is not at hand any more. Please import it again.',
    busy: {
      server: 'A file of this server is being read at this moment. Please send the next one when it is done.',
      queue: 'Many files are being read at this moment. Please send this one again in a minute.',
    },
    full: {
      items: 'A server can have 2,000 questions of its own at most. Remove some first.',
      removed:
        'Too many questions were removed lately, and they are kept for 30 days for the posts that asked them. Please try again in some days.',
      text: 'The questions of this server have 8 million characters together, which is all that I keep. Remove some first.',
      topics: 'A server can have 25 topics of its own at most.',
    },
  },
};

const zh: typeof en = {
  topicOff: (topic) => `本服务器关闭了主题 **${topic}**。管理者可以用 \`/bank topics\` 打开。`,
  scheduleVoid: (topics) =>
    `⚠️ ${topics}：这里没有题目，已关闭（\`/bank topics\`）或已移除。用 \`/daily edit\` 另选主题之前，会从所有打开的主题里出题。`,

  title: '本服务器的自有题目',
  checking: (done, of) => `正在检查题目：${done}/${of} …`,
  troubles: (count) => `**没有保存任何内容。** 文件里有 ${count} 处错误，请改好后重新导入。`,
  more: (count) => `… 另有 ${count} 处，见附件。`,
  trouble: (where, message) => `${where ? `${where}：` : ''}${message}`,
  line: (line) => `第 ${line} 行`,
  hints: (count) => `💡 有 ${count} 条建议值得再看一眼，见附件。不影响导入。`,
  effect: ({ added, changed, same, renamed, total }) =>
    `新增 **${added}** 题 · 修改 **${changed}** 题 · 与原来相同 **${same}** 题${renamed > 0 ? ` · 主题改名 **${renamed}** 个` : ''}\n导入后本服务器共有 ${total} 道自有题目（最多 2,000 道）。`,
  nothingNew: '文件内容和服务器现有的题目完全一样，没有需要保存的。',
  sure: '要保存吗？目前还没有改动任何内容。',
  store: '保存',
  cancel: '取消',
  cancelled: '没有改动任何内容。',
  stored: ({ added, changed, renamed, total }) =>
    `✅ 已保存：新增 **${added}** 题，修改 **${changed}** 题${renamed > 0 ? `，主题改名 **${renamed}** 个` : ''}。本服务器现有 ${total} 道自有题目，会和公共题一起出现在这里，别的服务器看不到。`,

  empty: '本服务器还没有自有题目。用 `/bank import` 导入 YAML 或 CSV 文件，写法见 docs/questions.md。',
  count: (items, topics) => `${items} 道题，${topics} 个主题`,
  page: (page, pages) => `第 ${page}/${pages} 页`,
  previous: '上一页',
  next: '下一页',
  example: '本服务器还没有自有题目。这是一个示例文件，改好后用 `/bank import` 导入。',
  exported: (items, files) => `共 ${items} 道题，${files} 个文件。可以用 \`/bank import\` 原样导入。`,
  removed: (prompt) => `已移除：${prompt}\n-# 已发布的帖子上，它的按钮还能用 30 天。大家的积分和自评都保留。`,
  removeSure: (items) =>
    `要移除本服务器的**全部 ${items} 道题**吗？可以先用 \`/bank export\` 备份。已发布的帖子上，按钮还能用 30 天；积分和自评都保留。`,
  removeAll: '全部移除',
  removedAll: (items) => `已移除 ${items} 道题。`,
  whichToRemove: '请用选项 `question` 指明哪一道，或用 `all:True` 移除全部。',
  notOwn: (text) => `本服务器没有叫“${text}”的自有题目，请从列表中选。`,

  topicsTitle: '本服务器的主题',
  topicsHint: '关闭的主题不会出现在本服务器的每日一题、测验、面试和搜索里。之前发过、学过的不受影响。',
  topicsMenu: '打开的公共主题',
  topic: (name, count, on) => `${on ? '✅' : '⬜'} ${name} · ${count} 题`,
  ownTopic: (name, count) => `🏠 ${name} · ${count} 题`,
  narrowed: (channel, topics) =>
    `⚠️ ${channel} 的每日一题只出 ${topics}，而那里已没有题目：用 \`/daily edit\` 另选主题之前，会从所有打开的主题里出题。`,
  saved: '已保存。',

  errors: {
    keepOne: '本服务器没有自有题目，至少要保留一个打开的主题。',
    size: (most) => `文件太大，最多 ${most}。请拆成几个文件。`,
    kind: '请发送 YAML 文件（`.yaml`、`.yml`、`.json`）或表格（`.csv`、`.tsv`）。写法见 docs/questions.md。',
    download: '无法从 Discord 取得这个文件，请重新发送。',
    gone: '这个文件已经不在了，请重新导入。',
    busy: {
      server: '本服务器有一个文件正在检查，请等它完成后再发送下一个。',
      queue: '正在检查的文件太多，请过一分钟再发送。',
    },
    full: {
      items: '一个服务器最多有 2,000 道自有题目，请先移除一些。',
      removed: '最近移除的题目太多；它们要为已发布的帖子保留 30 天。请过几天再试。',
      text: '本服务器的题目合计已有 800 万字符，到了上限。请先移除一些。',
      topics: '一个服务器最多有 25 个自有主题。',
    },
  },
};

export const bankWords: Record<Language, typeof en> = { en, zh };
export type BankWords = typeof en;

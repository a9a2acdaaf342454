/**
 * Every document key and ordered-set name, in one place. The part in braces is the hash tag: what one update touches
 * carries the same one. `{jobs}` ties together all that the due index follows from.
 */
export const documentKey = {
  guild: (guildId: string) => `{${guildId}}`,
  curriculum: (guildId: string) => `{${guildId}}`,
  member: (guildId: string, userId: string) => `{${guildId}}:${userId}`,
  person: (userId: string) => `{${userId}}`,
  schedule: (scheduleId: string) => `{jobs}:${scheduleId}`,
  post: (postKey: string) => `{jobs}:${postKey}`,
  soloQuiz: (userId: string) => `{${userId}}`,
  /** One quiz a channel. */
  quiz: (channelId: string) => `{jobs}:${channelId}`,
  competition: (competitionId: string) => `{jobs}:${competitionId}`,
  announcement: (key: string) => `{jobs}:${key}`,
  card: (userId: string, questionId: string) => `{${userId}}:${questionId}`,
  review: (userId: string) => `{${userId}}`,
  reminder: (userId: string) => `{jobs}:${userId}`,
  interview: (userId: string, interviewId: string) => `{${userId}}:${interviewId}`,
  agreement: (userId: string) => `{${userId}}`,
  /** There is one. */
  secret: () => 'secret',
  markingBudget: (guildId: string) => `{${guildId}}`,
  ownBank: (guildId: string) => `{${guildId}}`,
  report: (key: string) => `{jobs}:${key}`,
  reporter: (userId: string) => `{${userId}}`,
  ownShelf: (guildId: string, name: string) => `{${guildId}}:${name}`,
};

export const setName = {
  /** `<kind>:<id>` → when it is due, epoch milliseconds. */
  jobs: '{jobs}',
  /** Post key → when it closes, epoch milliseconds. */
  openPosts: 'open:{jobs}',
  /** Post key → when it was decided, epoch milliseconds: every post of a server. */
  posts: (guildId: string) => `posts:{jobs}:${guildId}`,
  /** Announcement key → when it was last tried, epoch milliseconds. */
  announcements: 'announcements:{jobs}',
  /** The same of those not known to be sent. */
  unsent: 'unsent:{jobs}',
  /** The same of a server's. */
  announcementsOf: (guildId: string) => `announcements:{jobs}:${guildId}`,
  /** Channel id → 1: where a quiz is kept. */
  quizzes: 'quizzes:{jobs}',
  /** Schedule id → when it was made, epoch milliseconds. */
  schedules: (guildId: string) => `schedules:{jobs}:${guildId}`,
  /** Competition id → when it was made, epoch milliseconds: those to come and under way. */
  competitions: (guildId: string) => `competitions:{jobs}:${guildId}`,
  /** Competition id → when it was decided, epoch milliseconds. */
  pastCompetitions: (guildId: string) => `past-competitions:{jobs}:${guildId}`,
  /** User id → points; `period` is a key of `periodKey`. */
  board: (guildId: string, period: string) => `board:{${guildId}}:${period}`,
  /** User id → see `progress/boards.ts`; `period` is a key of `periodKey`. */
  accuracy: (guildId: string, period: string) => `accuracy:{${guildId}}:${period}`,
  /** User id → points within a competition: of all who have joined, or of a team. */
  competition: (guildId: string, competitionId: string, teamId?: string) =>
    `competition:{${guildId}}:${competitionId}${teamId === undefined ? '' : `:${teamId}`}`,
  /** User id → current streak in days. */
  streak: (guildId: string) => `streak:{${guildId}}`,
  /** User id → number of the first day whose closing can cost a freeze or the streak. */
  breaks: (guildId: string) => `breaks:{${guildId}}`,
  /** User id → what the person holds on the post: see `progress/entries.ts`. */
  grades: (guildId: string, postKey: string) => `grades:{${guildId}}:${postKey}`,
  /** User id → how many parts of theirs the cards are still to be told. */
  unfed: (guildId: string) => `unfed:{${guildId}}`,
  /** Question id → when its card is due, epoch milliseconds: every card of the person. */
  due: (userId: string) => `due:{${userId}}`,
  /** Question id → when a review first asked it, epoch milliseconds. */
  introduced: (userId: string) => `introduced:{${userId}}`,
  /** Interview id → when it was started, epoch milliseconds. */
  interviews: (userId: string) => `interviews:{${userId}}`,
  /** Key of a report that is still to be brought → when it was made, epoch milliseconds; by person and by server. */
  reports: (ownerId: string) => `reports:{jobs}:${ownerId}`,
  /** Name of a shelf of the server's own questions → when it was last written, epoch milliseconds. */
  ownShelves: (guildId: string) => `own-shelves:{${guildId}}`,
  /** Guild id → 1: where anything is kept of a person, for export and deletion. */
  guildsOf: (userId: string) => `keys:{${userId}}`,
  /** User id → 1: of whom anything is kept that names the server, for its deletion. */
  peopleOf: (guildId: string) => `people:{${guildId}}`,
  /** Keyed hash of a user id → when they were deleted, epoch milliseconds. */
  forgotten: 'forgotten',
  /** Guild id → 0 while the bot is in it, else when it had left, epoch milliseconds. */
  servers: 'servers',
};

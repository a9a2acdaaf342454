import type { Language } from '../../bank/schema.ts';
import { type Asked, answerOf, type Interview, overallOf } from '../../interview/interview.ts';
import type { OpenItem } from '../../interview/pick.ts';
import { byImportance } from '../../interview/score.ts';
import type { Telling } from './interview-card.ts';
import type { Items } from './interview-report.ts';
import { withFormulas } from './markdown.ts';

/** An interview as a Markdown file: questions, one's own answers, key points, model answers, sources. */
export function interviewFile(interview: Interview, items: Items, telling: Telling): string {
  const { say, language } = telling;
  const overall = overallOf(interview);
  const head = [
    `# ${say.report}`,
    `${say.date}: ${new Date(interview.startedAt).toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    overall === undefined ? say.notScored : say.overall(overall),
  ];
  const parts = interview.questions.flatMap((asked, index) => {
    const item = items.get(asked.questionId);
    const title = `## ${say.turn(index + 1, interview.questions.length)}`;
    if (item?.type !== 'open') return [title, say.itemGone, ...ownText(asked, telling)];
    return [
      title,
      filled(item, item[language].prompt),
      ...ownText(asked, telling),
      ...solution(asked, item, language, telling),
    ];
  });
  return `${[...head, ...parts].join('\n\n')}\n`;
}

function ownText(asked: Asked, { say }: Telling): string[] {
  const answer = answerOf(asked);
  const sections: [string, string | undefined][] = [
    [say.yourAnswer(answer.length), answer || say.noAnswer],
    [say.late, asked.late],
    [say.yourFollowUp, asked.followUp?.answer],
  ];
  return sections.flatMap(([title, written]) => (written ? [`### ${title}`, quotation(written)] : []));
}

function solution(asked: Asked, item: OpenItem, language: Language, { say }: Telling): string[] {
  if (asked.stage === 'answering' || asked.stage === 'waiting') return [];
  const points = byImportance(item.rubric).map((point) => {
    const { essential, [language]: says } = item.rubric[point]!;
    const quote = asked.marks?.find((mark) => mark.point === point)?.quote;
    return [
      `- [${asked.ticks.includes(point) ? 'x' : ' '}] ${essential ? `**(${say.essential})** ` : ''}${filled(item, says)}`,
      ...(quote ? [`  > ${quote}`] : []),
    ].join('\n');
  });
  const keyPoints = [`### ${say.keyPoints}`, points.join('\n')];
  if (!asked.score) return keyPoints;
  const sources = item.refs.map(({ title, url, where }) => `- [${title}](${url}), ${where}`);
  return [
    ...keyPoints,
    say.score(asked.score.value),
    `### ${say.modelAnswer}`,
    filled(item, item[language].explanation),
    `### ${say.sources}`,
    sources.join('\n'),
  ];
}

function filled(item: OpenItem, text: string): string {
  return withFormulas(text, item.formulas, (tex) => `$${tex}$`);
}

function quotation(written: string): string {
  return written.replace(/^/gm, '> ');
}

import type { APIButtonComponent } from 'discord.js';
import type { Language } from '../../bank/schema.ts';
import { reportWords } from '../words/report.ts';
import { button } from './parts.ts';

/**
 * On every card that shows one person a solution: only they see it, so that the id of the question may stand in the
 * button's.
 */
export function reportButton(questionId: string, language: Language): APIButtonComponent {
  return button(`report:${questionId}`, reportWords[language].button);
}

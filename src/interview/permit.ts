import { z } from 'zod';
import type { LocalDate } from '../calendar/dates.ts';
import { localDateSchema } from '../calendar/dates.ts';
import type { CollectionDefinition } from '../store/port.ts';

/** That a person lets their answers be marked by the model at one host. Another host asks again. */
export type Agreement = z.output<typeof agreementSchema>;

const agreementSchema = z.strictObject({
  host: z.string(),
  /** Epoch milliseconds. */
  at: z.number(),
});

export const agreements: CollectionDefinition<Agreement> = {
  name: 'agreement',
  version: 1,
  schema: agreementSchema,
};

/** How many answers a server has had marked on its latest date. */
export type Budget = z.output<typeof budgetSchema>;

const budgetSchema = z.strictObject({ date: localDateSchema, used: z.number().int().min(0) });

export const budgets: CollectionDefinition<Budget> = {
  name: 'marking-budget',
  version: 1,
  schema: budgetSchema,
};

/** The budget after one more request on a date; `undefined` where there is none left. */
export function spend(budget: Budget | undefined, date: LocalDate, most: number): Budget | undefined {
  const used = budget?.date === date ? budget.used : 0;
  return used < most ? { date, used: used + 1 } : undefined;
}

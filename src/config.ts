import { z } from 'zod';
import type { MarkingConfig } from './interview/service.ts';

export type Config = {
  readonly token: string;
  /** Absent: SQLite under {@link Config.dataDir}. */
  readonly redisUrl: string | undefined;
  readonly dataDir: string;
  /** The question bank's folder; absent: the project's own. */
  readonly questionsDir: string | undefined;
  readonly apiUrl: string;
  readonly logLevel: (typeof logLevels)[number];
  /** Port of `/healthz` and `/metrics`; absent: off. */
  readonly httpPort: number | undefined;
  readonly httpHost: string;
  /** The form for a new issue, which takes `title` and `body`; absent: none. */
  readonly issuesUrl: string | undefined;
  /** The language model that may mark interviews; absent: none. */
  readonly marking: MarkingConfig | undefined;
};

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const rules = {
  DISCORD_TOKEN: {
    should: "your bot's token, from the page Bot of your application in Discord's Developer Portal",
    schema: z.string().regex(/^\S{20,}$/),
  },
  REDIS_URL: {
    should:
      'an address like redis://localhost:6379 or rediss://user:password@host:6380/0 (leave it out to use SQLite)',
    schema: z.url({ protocol: /^rediss?$/ }).optional(),
  },
  DATA_DIR: { should: 'a folder, by default ./data', schema: z.string().min(1).default('./data') },
  QUESTIONS_DIR: {
    should: "a folder in the format of the project's questions (leave it out to use those)",
    schema: z.string().min(1).optional(),
  },
  DISCORD_API_URL: {
    should: 'an http(s) address without the version, by default https://discord.com/api',
    schema: z.url({ protocol: /^https?$/ }).default('https://discord.com/api'),
  },
  LOG_LEVEL: { should: `one of ${logLevels.join(', ')}`, schema: z.enum(logLevels).default('info') },
  HTTP_PORT: {
    should: 'a port number from 1 to 65535 (leave it out to serve no /healthz and /metrics)',
    schema: z.coerce.number().int().min(1).max(65535).optional(),
  },
  HTTP_HOST: {
    should: 'the address to serve them on, by default 127.0.0.1: this machine only',
    schema: z.string().min(1).default('127.0.0.1'),
  },
  ISSUES_URL: {
    should:
      'the https address of a form for new issues that takes title and body, such as https://github.com/owner/name/issues/new (leave it out for the project’s own, if it has one)',
    schema: z
      .url({ protocol: /^https$/ })
      .max(250)
      .optional(),
  },
  AI_BASE_URL: {
    should:
      'the address of an endpoint that speaks OpenAI’s chat format, up to and without /chat/completions, such as https://host/v1; AI_BASE_URL, AI_MODEL and AI_API_KEY go together, or are all left out',
    // The key belongs into its own variable: fetch refuses addresses with a name and password in them.
    schema: z
      .url({ protocol: /^https?$/ })
      .regex(/^[^@]*$/)
      .optional(),
  },
  AI_MODEL: {
    should: 'the name of a model at AI_BASE_URL (set all three AI variables, or none)',
    schema: z.string().min(1).max(200).optional(),
  },
  AI_API_KEY: {
    should: 'the key for AI_BASE_URL (set all three AI variables, or none)',
    schema: z
      .string()
      .regex(/^[\x21-\x7e]+$/)
      .optional(),
  },
  AI_DAILY_BUDGET: {
    should: 'how many answers a day the model may mark for each server, 1 to 100000; by default 100',
    schema: z.coerce.number().int().min(1).max(100_000).default(100),
  },
};

/** Names every missing or wrong variable at once, never with its value: it may be a secret. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * Reads the configuration from environment variables. An empty variable counts as absent.
 * @throws ConfigError
 */
export function parseConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const problems: string[] = [];
  function read<K extends keyof typeof rules>(name: K): z.output<(typeof rules)[K]['schema']> {
    const value = env[name]?.trim() || undefined;
    const parsed = rules[name].schema.safeParse(value);
    if (!parsed.success) {
      problems.push(
        `${name} is ${value === undefined ? 'missing' : 'wrong'}: it should be ${rules[name].should}.`,
      );
    }
    return parsed.data as z.output<(typeof rules)[K]['schema']>;
  }
  function readMarking(): MarkingConfig | undefined {
    const names = ['AI_BASE_URL', 'AI_MODEL', 'AI_API_KEY'] as const;
    const [baseUrl, model, apiKey] = names.map((name) => read(name));
    const dailyBudget = read('AI_DAILY_BUDGET');
    const missing = names.filter((name) => !env[name]?.trim());
    if (missing.length === names.length) return undefined;
    for (const name of missing) problems.push(`${name} is missing: it should be ${rules[name].should}.`);
    return {
      baseUrl: baseUrl?.replace(/\/+$/, '') ?? '',
      model: model ?? '',
      apiKey: apiKey ?? '',
      dailyBudget,
    };
  }
  const config: Config = {
    token: read('DISCORD_TOKEN'),
    redisUrl: read('REDIS_URL'),
    dataDir: read('DATA_DIR'),
    questionsDir: read('QUESTIONS_DIR'),
    apiUrl: read('DISCORD_API_URL')?.replace(/\/+$/, ''),
    logLevel: read('LOG_LEVEL'),
    httpPort: read('HTTP_PORT'),
    httpHost: read('HTTP_HOST'),
    issuesUrl: read('ISSUES_URL'),
    marking: readMarking(),
  };
  if (problems.length > 0) throw new ConfigError(problems.join('\n'));
  return config;
}

import { type Logger, pino } from 'pino';
import type { Config } from './config.ts';

/**
 * Logs JSON lines to standard output. Secrets are taken out of each line as it is written, wherever they stand in it:
 * the bot's token, the store's password, the key of the marking model, and the tokens of interactions (which are part of
 * their addresses).
 */
export function createLog(config: Pick<Config, 'logLevel'> & Secrets): Logger {
  const redact = createRedaction(config);
  return pino(
    {
      level: config.logLevel,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: serializeError },
    },
    { write: (line) => void process.stdout.write(redact(line)) },
  );
}

type Secrets = Pick<Config, 'token' | 'redisUrl'> & {
  readonly marking?: Pick<NonNullable<Config['marking']>, 'apiKey'> | undefined;
};

/** Takes secrets out of a text. */
export function createRedaction({ token, redisUrl, marking }: Secrets): (text: string) => string {
  const password = redisUrl ? new URL(redisUrl).password : '';
  const secrets = [token, password, decodeURIComponent(password), marking?.apiKey ?? ''].filter(Boolean);
  return (text) =>
    secrets
      .reduce((redacted, secret) => redacted.replaceAll(secret, '[secret]'), text)
      .replace(/((?:webhooks|interactions)\/\d+\/)[\w.-]{20,}/g, '$1[secret]');
}

/** What helps to find a fault. A request's body is left out: it is what people wrote and read. */
function serializeError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { name, message, stack, cause } = error;
  const { code, status, method, url } = error as {
    code?: unknown;
    status?: unknown;
    method?: unknown;
    url?: unknown;
  };
  return {
    name,
    message,
    code,
    status,
    method,
    url,
    stack,
    ...(cause ? { cause: serializeError(cause) } : {}),
  };
}

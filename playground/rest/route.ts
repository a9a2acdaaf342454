import type { BucketRule } from './rate-limits.ts';

/** One route: its OpenAPI path, and what answers it. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** As in Discord's OpenAPI document, e.g. `/channels/{channel_id}/messages`. */
  readonly path: string;
  readonly bucket: BucketRule | null;
  /** True where the token in the path is the authorization. Such routes do not count for the global limit. */
  readonly open?: boolean;
  /** Throws DiscordError. Everything it changes is the "commit". */
  handle(request: RestRequest): RestAnswer | Promise<RestAnswer>;
}

export interface RestRequest {
  readonly params: Record<string, string>;
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly files: readonly UploadedFile[];
}

export interface UploadedFile {
  /** The n of `files[n]`, to which an attachment's id refers. */
  readonly index: string;
  readonly filename: string;
  readonly contentType: string;
  readonly data: Buffer;
}

export interface RestAnswer {
  readonly status: number;
  readonly body?: unknown;
}

export const ok = (body: unknown): RestAnswer => ({ status: 200, body });
export const noContent: RestAnswer = { status: 204 };

/** Finds the route of a method and path, with the values of its parameters. */
export function createRouter(routes: readonly Route[]) {
  const compiled = routes.map((route) => ({ route, segments: route.path.split('/') }));
  return (method: string, path: string): { route: Route; params: Record<string, string> } | undefined => {
    const actual = path.split('/');
    for (const { route, segments } of compiled) {
      if (route.method !== method || segments.length !== actual.length) continue;
      const params: Record<string, string> = {};
      const fits = segments.every((segment, i) => {
        if (!segment.startsWith('{')) return segment === actual[i];
        params[segment.slice(1, -1)] = decode(actual[i]!);
        return actual[i] !== '';
      });
      if (fits) return { route, params };
    }
    return undefined;
  };
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** Checks requests against Discord's OpenAPI document. */
export interface OpenApi {
  readonly state: 'present' | 'absent';
  /** Paths that the document has. */
  readonly operations: number;
  /** @returns a sentence for each mismatch. */
  check(method: string, path: string, query: URLSearchParams, body: unknown): string[];
}

export function loadOpenApi(_file: string | undefined): OpenApi {
  return { state: 'absent', operations: 0, check: () => [] };
}

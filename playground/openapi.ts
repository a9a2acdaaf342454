import { existsSync, readFileSync } from 'node:fs';
import type { ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

/** Checks requests, and the playground's own answers, against Discord's OpenAPI document. */
export interface OpenApi {
  readonly state: 'present' | 'absent';
  /** @returns a sentence for each mismatch of query and body. */
  checkRequest(method: string, path: string, query: URLSearchParams, body: unknown): string[];
  /** @returns a sentence for each mismatch of an answer. */
  checkAnswer(method: string, path: string, status: number, body: unknown): string[];
}

interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, { properties?: Record<string, { type?: unknown }> }> };
}

interface Operation {
  parameters?: { name: string; in: string; required?: boolean; schema: object }[];
  requestBody?: { content: Record<string, object>; required?: boolean };
  responses?: Record<string, { content?: Record<string, object>; $ref?: string }>;
}

const DOCUMENT_ID = 'https://discord.com/openapi';
/** By file: what is compiled once serves every playground of the process. */
const loaded = new Map<string, OpenApi>();
/** Mismatches shown of one request. */
const SHOWN = 5;

/**
 * @param file path of the document; undefined: there is none, and nothing is checked.
 * @throws Error when the file is named and not there.
 */
export function loadOpenApi(file: string | undefined): OpenApi {
  if (file === undefined) return { state: 'absent', checkRequest: () => [], checkAnswer: () => [] };
  const before = loaded.get(file);
  if (before) return before;
  if (!existsSync(file)) throw new Error(`Discord's OpenAPI document is not at ${file}`);
  const document = JSON.parse(readFileSync(file, 'utf8')) as Document;
  acceptPermissionStrings(document);

  const ajv = new Ajv2020({ strict: false, validateSchema: false, allErrors: true, logger: false });
  addFormats.default(ajv);
  ajv.addFormat('snowflake', true);
  ajv.addFormat('nonce', true);
  ajv.addSchema(document, DOCUMENT_ID);

  // Compiled when first asked for: the whole document takes seconds.
  const compiled = new Map<string, ValidateFunction>();
  const check = (pointer: string[], value: unknown): string[] => {
    const ref = `${DOCUMENT_ID}#/${pointer.map(escapePointer).join('/')}`;
    let validate = compiled.get(ref);
    if (!validate) {
      validate = ajv.compile({ $ref: ref });
      compiled.set(ref, validate);
    }
    return validate(value) ? [] : deepest(validate);
  };

  const openapi: OpenApi = {
    state: 'present',
    checkRequest(method, path, query, body) {
      const verb = method.toLowerCase();
      const operation = document.paths[path]?.[verb];
      if (!operation) return [`${method} ${path} is not in the document`];
      const mismatches: string[] = [];
      const parameters = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query');
      for (const [name, text] of query) {
        const index = (operation.parameters ?? []).findIndex((p) => p.name === name && p.in === 'query');
        if (index < 0) {
          mismatches.push(`there is no query parameter ${name}`);
          continue;
        }
        const pointer = ['paths', path, verb, 'parameters', String(index), 'schema'];
        const readings = [text, Number(text), text === 'true' ? true : text === 'false' ? false : text];
        if (readings.every((reading) => check(pointer, reading).length > 0)) {
          mismatches.push(`query parameter ${name} does not take ${text}`);
        }
      }
      for (const { name, required } of parameters) {
        if (required && !query.has(name)) mismatches.push(`query parameter ${name} is missing`);
      }
      if (operation.requestBody?.content['application/json']) {
        if (body === null && !operation.requestBody.required) return mismatches;
        const pointer = ['paths', path, verb, 'requestBody', 'content', 'application/json', 'schema'];
        mismatches.push(...check(pointer, body));
      } else if (body !== null) {
        mismatches.push('this request takes no body');
      }
      return mismatches;
    },
    checkAnswer(method, path, status, body) {
      const verb = method.toLowerCase();
      const responses = document.paths[path]?.[verb]?.responses ?? {};
      const key = responses[status] ? String(status) : `${String(status)[0]}XX`;
      if (!responses[key]) return [`${method} ${path} has no answer ${status}`];
      if (!responses[key].content?.['application/json']) return [];
      return check(['paths', path, verb, 'responses', key, 'content', 'application/json', 'schema'], body);
    },
  };
  loaded.set(file, openapi);
  return openapi;
}

/**
 * The document says integer where Discord's documentation, its own answers and every library have the permissions as a
 * decimal string; both are taken.
 */
function acceptPermissionStrings(document: Document): void {
  for (const { properties } of Object.values(document.components.schemas)) {
    const permissions = properties?.default_member_permissions;
    if (permissions) permissions.type = ['integer', 'string', 'null'];
  }
}

/** Of a union's many complaints, those that lie deepest come from the alternative that was meant. */
function deepest(validate: ValidateFunction): string[] {
  const errors = validate.errors ?? [];
  const depth = (path: string) => path.split('/').length;
  const most = Math.max(...errors.map((error) => depth(error.instancePath)));
  const sentences = errors
    .filter((error) => depth(error.instancePath) === most)
    .map((error) => `${error.instancePath || 'the body'} ${error.message}`);
  return [...new Set(sentences)].slice(0, SHOWN);
}

function escapePointer(key: string): string {
  return encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'));
}

import { readFileSync } from 'node:fs';

/** What `package.json` says of the project. */
export const project: {
  readonly version: string;
  readonly repository?: string | { readonly url?: string };
} = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

/** Where a project on GitHub takes issues; `undefined` where its repository is not known. */
export function issuesOf({ repository }: Pick<typeof project, 'repository'>): string | undefined {
  const address = typeof repository === 'string' ? repository : (repository?.url ?? '');
  const [, path] = /github(?:\.com[/:]|:)([\w.-]+\/[\w.-]+?)(?:\.git)?$/.exec(address) ?? [];
  return path && `https://github.com/${path}/issues/new`;
}

/** A person's name as Discord shows it outside servers. */
export function displayName(user: {
  readonly username: string;
  readonly global_name?: string | null | undefined;
}): string {
  return user.global_name || user.username;
}

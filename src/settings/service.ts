import type { ProgressService } from '../progress/service.ts';
import { documentKey } from '../store/keys.ts';
import type { Store } from '../store/port.ts';
import { type Guild, guilds, newGuild } from './guild.ts';
import { newPerson, type Person, persons } from './person.ts';

export type SettingsService = ReturnType<typeof createSettingsService>;

export function createSettingsService(store: Store, progress: ProgressService) {
  const guildOf = store.collection(guilds);
  const personOf = store.collection(persons);

  async function guild(guildId: string): Promise<Guild> {
    return (await guildOf.get(documentKey.guild(guildId))) ?? newGuild;
  }

  async function person(userId: string): Promise<Person> {
    return (await personOf.get(documentKey.person(userId))) ?? newPerson;
  }

  function changeGuild(
    guildId: string,
    choices: Partial<Pick<Guild, 'language' | 'zone' | 'dayStart'>>,
  ): Promise<Guild> {
    return guildOf.update(documentKey.guild(guildId), (current) => {
      const guild = { ...(current ?? newGuild), ...choices };
      return { document: guild, result: guild };
    });
  }

  /** Changes a person's settings, and what follows from them in every server where the person has a document. */
  async function changePerson(userId: string, choices: Partial<Person>): Promise<Person> {
    const changed = await personOf.update(documentKey.person(userId), (current) => {
      const person = { ...(current ?? newPerson), ...choices };
      return { document: person, result: person };
    });
    for (const guildId of await progress.guildsOf(userId))
      await progress.update(guildId, userId, (member) => member);
    return changed;
  }

  return { guild, person, changeGuild, changePerson };
}

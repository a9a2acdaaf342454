import type { GuildData, PersonalData } from '../privacy/registry.ts';
import { documentKey } from '../store/keys.ts';
import type { Store } from '../store/port.ts';
import { type Guild, guilds, newGuild } from './guild.ts';
import { newPerson, type Person, persons } from './person.ts';

export type SettingsService = ReturnType<typeof createSettingsService>;

/**
 * @param onPersonChanged brings in step what follows from a person's settings elsewhere
 * @param onGuildChanged the same for a server's
 */
export function createSettingsService(
  store: Store,
  onPersonChanged: (userId: string) => Promise<void>,
  onGuildChanged: (guildId: string) => Promise<void>,
) {
  const guildOf = store.collection(guilds);
  const personOf = store.collection(persons);

  async function guild(guildId: string): Promise<Guild> {
    return (await guildOf.get(documentKey.guild(guildId))) ?? newGuild;
  }

  async function person(userId: string): Promise<Person> {
    return (await personOf.get(documentKey.person(userId))) ?? newPerson;
  }

  async function changeGuild(
    guildId: string,
    choices: Partial<Pick<Guild, 'language' | 'zone' | 'dayStart' | 'reports'>>,
  ): Promise<Guild> {
    const changed = await guildOf.update(documentKey.guild(guildId), (current) => {
      const guild = { ...(current ?? newGuild), ...choices };
      return { document: guild, result: guild };
    });
    await onGuildChanged(guildId);
    return changed;
  }

  async function changePerson(userId: string, choices: Partial<Person>): Promise<Person> {
    const changed = await personOf.update(documentKey.person(userId), (current) => {
      const person = { ...(current ?? newPerson), ...choices };
      return { document: person, result: person };
    });
    await onPersonChanged(userId);
    return changed;
  }

  const personal: PersonalData = {
    async delete(userId) {
      await personOf.update(documentKey.person(userId), () => ({ document: null, result: undefined }));
    },
    shown: {
      kind: 'settings',
      async read(userId) {
        const chosen = await personOf.get(documentKey.person(userId));
        return chosen && { counts: { settings: Object.keys(chosen).length }, data: chosen };
      },
    },
  };

  const ofGuild: GuildData = {
    async delete(guildId) {
      await guildOf.update(documentKey.guild(guildId), () => ({ document: null, result: undefined }));
    },
  };

  return { guild, person, changeGuild, changePerson, personal, ofGuild };
}

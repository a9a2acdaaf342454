import { channelPermissions } from './permissions.ts';
import type { Platform } from './platform.ts';
import { channelObject, memberWithoutUser, roleObject, userObject } from './wire.ts';
import type { Channel } from './world.ts';

/** The `resolved` part of an interaction: what stands behind the ids that a person gave. Absent for none. */
export function resolveIds(platform: Platform, channel: Channel, ids: readonly string[]): object | undefined {
  if (ids.length === 0) return undefined;
  const { world, botId } = platform;
  const guild = channel.guildId ? world.guilds.get(channel.guildId) : undefined;
  const resolved: Record<'users' | 'members' | 'roles' | 'channels', Record<string, object>> = {
    users: {},
    members: {},
    roles: {},
    channels: {},
  };
  for (const id of ids) {
    const user = world.users.get(id);
    const member = guild?.members.get(id);
    const role = guild?.roles.get(id);
    const named = world.channels.get(id);
    if (user) resolved.users[id] = userObject(user);
    if (user && member) {
      const permissions = channelPermissions(world, channel, id, botId).toString();
      resolved.members[id] = { ...memberWithoutUser(member), permissions };
    }
    if (role) resolved.roles[id] = roleObject(role);
    if (named) {
      const permissions = channelPermissions(world, named, botId, botId).toString();
      resolved.channels[id] = { ...channelObject(platform, named), permissions };
    }
    if (!user && !role && !named) throw new Error(`${id} is no user, role or channel`);
  }
  return Object.fromEntries(Object.entries(resolved).filter(([, found]) => Object.keys(found).length > 0));
}

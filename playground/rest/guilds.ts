import { guildPermissions, Permission } from '../permissions.ts';
import type { Platform } from '../platform.ts';
import { Intent } from '../platform.ts';
import { memberObject, restGuildObject, userObject } from '../wire.ts';
import type { Guild } from '../world.ts';
import { missingAccess, unknownGuild, unknownMember, unknownRole, unknownUser } from './errors.ts';
import { requirePermission } from './messages.ts';
import { BUCKETS } from './rate-limits.ts';
import { noContent, ok, type RestRequest, type Route } from './route.ts';

/** Who the bot is, where the gateway is, and the guilds with their members. */
export function guildRoutes(platform: Platform, gateway: { identifies(): number }, shards: number): Route[] {
  const { world, botId, applicationId } = platform;
  const gatewayUrl = () => `${platform.origin().replace('http', 'ws')}/gateway`;
  const bot = () => world.users.get(botId)!;

  const application = () => ({
    id: applicationId,
    name: bot().name,
    icon: null,
    description: '',
    bot_public: true,
    bot_require_code_grant: false,
    owner: userObject({ ...bot(), name: 'owner', bot: false }),
    verify_key: '0'.repeat(64),
    team: null,
    flags: 0,
    flags_new: '0',
    type: null,
    interactions_endpoint_url: null,
    role_connections_verification_url: null,
    explicit_content_filter: 0,
    eligible_oauth2_scopes: [],
    bot: userObject(bot()),
    approximate_guild_count: world.guilds.size,
    approximate_user_install_count: 0,
    approximate_user_authorization_count: 0,
    redirect_uris: [],
    integration_types_config: { '0': {}, '1': {} },
  });

  const gatewayBot = () => ({
    url: gatewayUrl(),
    shards,
    session_start_limit: {
      total: 1_000,
      remaining: Math.max(0, 1_000 - gateway.identifies()),
      reset_after: 86_400_000,
      max_concurrency: 16,
    },
  });

  function guildOf({ params }: RestRequest): Guild {
    const guild = world.guilds.get(params.guild_id!);
    if (!guild) throw unknownGuild();
    if (!guild.botJoined) throw missingAccess();
    return guild;
  }

  function getMember(request: RestRequest) {
    const guild = guildOf(request);
    if (!world.users.has(request.params.user_id!)) throw unknownUser();
    const member = guild.members.get(request.params.user_id!);
    if (!member) throw unknownMember();
    return ok(memberObject(platform, member));
  }

  /** PUT and DELETE of one role: needs Manage Roles, and a highest role above that one. */
  const changeRole = (has: boolean) => (request: RestRequest) => {
    const guild = guildOf(request);
    const member = guild.members.get(request.params.user_id!);
    const role = guild.roles.get(request.params.role_id!);
    if (!member) throw unknownMember();
    if (!role) throw unknownRole();
    requirePermission(guildPermissions(guild, botId), Permission.ManageRoles);
    const highest = Math.max(
      0,
      ...guild.members.get(botId)!.roles.map((id) => guild.roles.get(id)?.position ?? 0),
    );
    if (guild.ownerId !== botId && role.position >= highest) requirePermission(0n, Permission.ManageRoles);
    member.roles = member.roles.filter((id) => id !== role.id);
    if (has) member.roles.push(role.id);
    platform.changed({ kind: 'scene' });
    platform.dispatch({
      type: 'GUILD_MEMBER_UPDATE',
      data: { guild_id: guild.id, ...memberObject(platform, member) },
      guildId: guild.id,
      intents: Intent.GuildMembers,
    });
    return noContent;
  };

  const bucket = BUCKETS.wide;
  const member = '/guilds/{guild_id}/members/{user_id}';
  return [
    { method: 'GET', path: '/gateway', bucket, handle: () => ok({ url: gatewayUrl() }) },
    { method: 'GET', path: '/gateway/bot', bucket, handle: () => ok(gatewayBot()) },
    {
      method: 'GET',
      path: '/users/@me',
      bucket,
      handle: () => ok({ ...userObject(bot()), verified: true, mfa_enabled: true, locale: 'en-US' }),
    },
    { method: 'GET', path: '/applications/@me', bucket, handle: () => ok(application()) },
    { method: 'GET', path: '/oauth2/applications/@me', bucket, handle: () => ok(application()) },
    {
      method: 'GET',
      path: '/guilds/{guild_id}',
      bucket,
      handle: (request) => ok(restGuildObject(platform, guildOf(request))),
    },
    { method: 'GET', path: member, bucket, handle: getMember },
    { method: 'PUT', path: `${member}/roles/{role_id}`, bucket, handle: changeRole(true) },
    { method: 'DELETE', path: `${member}/roles/{role_id}`, bucket, handle: changeRole(false) },
  ];
}

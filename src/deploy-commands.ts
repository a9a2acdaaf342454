import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { REST } from '@discordjs/rest';
import { type APIApplication, Routes } from 'discord.js';
import { commands } from '../commands/index.ts';
import { ConfigError, parseConfig } from './config.ts';
import { registerCommands } from './discord/register.ts';

/** Registers the commands at Discord: `npm run deploy-commands`, for one server with `-- --guild ID`. */
try {
  const { values } = parseArgs({ options: { guild: { type: 'string' } } });
  if (values.guild !== undefined && !/^\d{17,20}$/.test(values.guild)) {
    throw new ConfigError(
      '--guild wants the id of a server: switch on Developer Mode in Discord, right-click the server, Copy Server ID.',
    );
  }
  if (existsSync('.env')) process.loadEnvFile('.env');
  const config = parseConfig(process.env);
  const rest = new REST({ api: config.apiUrl }).setToken(config.token);
  const application = (await rest.get(Routes.currentApplication())) as APIApplication;
  const definitions = commands.map(({ definition }) => definition);
  const changed = await registerCommands(rest, application.id, definitions, values.guild);
  const where = values.guild ? `server ${values.guild}` : 'all servers';
  process.stdout.write(
    changed
      ? `Registered ${definitions.length} commands for ${where}.\n`
      : `The ${definitions.length} commands for ${where} are up to date.\n`,
  );
} catch (error) {
  const { status } = error as { status?: number };
  const message =
    status === 401
      ? "Discord does not accept DISCORD_TOKEN: copy it again from the page Bot of your application in Discord's Developer Portal."
      : (error as Error).message;
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

import { parseArgs } from 'node:util';
import { type PlaygroundOptions, startPlayground } from './start.ts';

/**
 * The playground as its own process:
 * `node playground/server.ts [--port N] [--token T] [--openapi FILE] [--no-rate-limits] [--quiet]`.
 * It prints what a bot needs, and stays up until it is told to stop. Everything else goes over `/control`.
 */
const { values } = parseArgs({
  allowNegative: true,
  options: {
    port: { type: 'string', default: '0' },
    token: { type: 'string' },
    openapi: { type: 'string' },
    'rate-limits': { type: 'boolean', default: true },
    quiet: { type: 'boolean', default: false },
  },
});
const print = (line: string) => process.stdout.write(`${line}\n`);

const options: PlaygroundOptions = { port: Number(values.port), rateLimits: values['rate-limits'] };
if (values.token) options.token = values.token;
if (values.openapi) options.openapi = values.openapi;
if (!values.quiet) options.log = print;

const playground = await startPlayground(options);
const guild = playground.addGuild({ name: 'study group', systemChannel: true });
const channel = playground.addChannel(guild.id, { name: 'daily' });
const alice = playground.addUser({ name: 'alice' });
playground.addMember(guild.id, alice.id);

print(`DISCORD_API_URL=${playground.url}`);
print(`DISCORD_TOKEN=${playground.token}`);
print(`CONTROL_URL=${playground.url.replace(/api$/, 'control')}`);
print(`OpenAPI document: ${playground.openapi}`);
print(`server ${guild.id}, channel #daily ${channel.id}, member alice ${alice.id}`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void playground.close().then(() => process.exit(0)));
}

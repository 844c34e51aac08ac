import { Command } from 'commander';
import { UsageError } from '../errors.ts';
import { type CommonOptions, pipelineOptions, withCommonOptions } from './common-options.ts';
import type { CliContext } from './context.ts';

interface ServeFlags extends CommonOptions {
  readonly port?: number;
  readonly host?: string;
  readonly allowHost?: readonly string[];
}

const HELP = `
The address that is printed holds a token, new with each start. Who has it can read the data; nobody can change any.

Examples:
  $ marketing-pipeline serve
  $ marketing-pipeline serve --port 9000
  $ marketing-pipeline serve --host 0.0.0.0 --allow-host reports.example.com   behind a proxy that speaks https
  $ curl -H "Authorization: Bearer TOKEN" http://127.0.0.1:8787/api/revenue/months`;

/** `serve`: the published data over HTTP, until Ctrl-C. */
export function serveCommand(context: CliContext): Command {
  return withCommonOptions(
    new Command('serve').description('serve the published data to a browser and to scripts, until Ctrl-C'),
  )
    .option('--port <port>', 'port to listen on (default: 8787, or the next one that is free)', portOption)
    .option('--host <address>', 'address to listen on (default: 127.0.0.1, which only this machine reaches)')
    .option('--allow-host <names...>', 'names under which browsers of other machines may ask for the server')
    .addHelpText('after', HELP)
    .action(async (flags: ServeFlags) => {
      const { Pipeline } = await import('../api/pipeline.ts');
      const pipeline = await Pipeline.open(pipelineOptions(flags, context));
      const { port, host, allowHost = [] } = flags;
      const server = await pipeline.serve({ port, host, allowHosts: allowHost });
      try {
        if (allowHost.length > 0) {
          await context.stderr.write(
            'note: other machines may reach this server; it speaks http, so put a proxy with https before it\n',
          );
        }
        if (port === undefined && server.port !== 8787) {
          await context.stderr.write(`note: port 8787 is taken, ${server.port} is used\n`);
        }
        if (!server.hasDashboard) {
          await context.stderr.write(
            'note: the web app was not built (npm run build:dashboard); plain pages are shown\n',
          );
        }
        await context.stdout.write(`${server.url}\n`);
        await context.stderr.write('Open this address in a browser. Ctrl-C ends the server.\n');
        await aborted(context.signal);
      } finally {
        await server.close();
      }
    });
}

function portOption(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new UsageError(`"${text}" is not a port`, { remedy: 'a whole number from 1 to 65535' });
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

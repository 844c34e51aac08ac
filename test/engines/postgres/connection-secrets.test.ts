import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PostgresServer } from '../../support/postgres/server.ts';
import { type CliFolder, makeCliFolder } from '../../support/run-cli.ts';

const PASSWORD = "S3cret/P@ss: 'word'";
const ORDERS =
  'order_id,customer_id,order_date,amount\n1,a,2024-01-05,10.00\n2,a,2024-02-05,20.00\n3,b,2024-02-06,5.50\n';

let server: PostgresServer;
const secrets = mkdtempSync(join(tmpdir(), 'secrets-'));
beforeAll(async () => {
  server = await PostgresServer.create(18, {
    access: ['host all postgres all trust', 'host all all all scram-sha-256'],
  });
  await server.sql(`create role shop login password '${PASSWORD.replaceAll("'", "''")}'`);
  await server.sql('create database sales owner shop');
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  rmSync(secrets, { recursive: true });
});

const url = (password?: string) =>
  server.url('sales', 'shop').replace('@', password === undefined ? '@' : `:${encodeURIComponent(password)}@`);

function secretFile(name: string, content: string): string {
  const path = join(secrets, name);
  writeFileSync(path, content, { mode: 0o600 });
  return path;
}

/** Everything that commands have printed, and every byte that they have left in the folder. */
class Traces {
  readonly folder: CliFolder;
  #printed = '';

  constructor(folder: CliFolder) {
    this.folder = folder;
  }

  async run(...args: readonly string[]): Promise<{ code: number | null; text: string }> {
    const { code, stdout, stderr } = await this.folder.run(...args);
    const text = stdout + stderr;
    this.#printed += text;
    return { code, text };
  }

  /** Named by where it was found: printed, or a file. */
  find(secret: string): string[] {
    const files = readdirSync(this.folder.path, { recursive: true, encoding: 'utf8' })
      .map((name) => join(this.folder.path, name))
      .filter((path) => statSync(path).isFile());
    const found = files.filter((path) => readFileSync(path).includes(secret));
    return this.#printed.includes(secret) ? ['printed', ...found] : found;
  }
}

const OPEN = ['--engine', 'postgres'];

test('a password in the URL of the environment opens everything and is left nowhere', async () => {
  await using folder = await makeCliFolder({ MARKETING_PIPELINE_CONNECTION: url(PASSWORD), HOME: secrets });
  const traces = new Traces(folder);
  await folder.write('orders.csv', ORDERS);
  await folder.write(
    'models/business/wrong.sql',
    '-- A model that fails.\n-- @grain n\n-- @column n - A number.\nselect nothing as n\n',
  );
  expect((await traces.run('run', 'orders.csv', ...OPEN, '--log-level', 'debug')).text).toContain(
    'completed successfully',
  );
  const failing = await traces.run('run', 'orders.csv', ...OPEN, '--log-level', 'debug', '--set', 'modelsDir=models');
  expect(failing.code).not.toBe(0);
  for (const command of ['config', 'status', 'report', 'check']) {
    expect(await traces.run(command, ...OPEN)).toMatchObject({ code: 0 });
  }
  expect((await traces.run('query', 'select count(*) from warehouse.fact_sales', ...OPEN)).code).toBe(0);
  expect((await traces.run('config', '--format', 'json')).text).toContain(url());
  expect(traces.find('S3cret')).toEqual([]);
  expect(traces.find(`shop@127.0.0.1:${server.port}`)).toContain(join(folder.path, 'data', 'metadata.db'));
});

test('PGPASSWORD, a password file and ~/.pgpass open it as well', async () => {
  const passwordFile = secretFile('password', `${PASSWORD}\n`);
  secretFile('.pgpass', `127.0.0.1:${server.port}:sales:shop:${PASSWORD.replaceAll(':', '\\:')}\n`);
  const environments = [
    { PGPASSWORD: PASSWORD },
    { MARKETING_PIPELINE_PASSWORD_FILE: passwordFile },
    { HOME: secrets },
    { PGHOST: '127.0.0.1', PGPORT: `${server.port}`, PGUSER: 'shop', PGDATABASE: 'sales', PGPASSWORD: PASSWORD },
  ];
  for (const env of environments) {
    await using folder = await makeCliFolder(env);
    const traces = new Traces(folder);
    await folder.write('orders.csv', ORDERS);
    const connection = 'PGHOST' in env ? [] : ['--connection', url()];
    const { code, text } = await traces.run('run', 'orders.csv', ...OPEN, ...connection, '--log-level', 'debug');
    expect({ env: Object.keys(env), code, text }).toMatchObject({ code: 0 });
    expect(traces.find('S3cret')).toEqual([]);
  }
});

test('a wrong password is refused and shown nowhere', async () => {
  const passwordFile = secretFile('wrong', 'Wr0ng\n');
  for (const env of [
    { MARKETING_PIPELINE_CONNECTION: url('Wr0ng') },
    { PGPASSWORD: 'Wr0ng' },
    { MARKETING_PIPELINE_PASSWORD_FILE: passwordFile },
  ]) {
    await using folder = await makeCliFolder({ MARKETING_PIPELINE_CONNECTION: url(), ...env });
    const traces = new Traces(folder);
    await folder.write('orders.csv', ORDERS);
    for (const command of [['run', 'orders.csv', '--log-level', 'debug'], ['status'], ['query', 'select 1']]) {
      const { code, text } = await traces.run(...command, ...OPEN);
      if (command[0] === 'run')
        expect({ code, text }).toMatchObject({
          code: 2,
          text: expect.stringContaining('does not accept the password'),
        });
    }
    expect(traces.find('Wr0ng')).toEqual([]);
  }
});

test('a password in a flag or a config file is refused and shown nowhere', async () => {
  await using folder = await makeCliFolder();
  const traces = new Traces(folder);
  const secret = url('S3cret');
  const refused = async (...args: readonly string[]) => {
    const { code, text } = await traces.run(...args);
    expect({ code, text }).toMatchObject({
      code: 2,
      text: expect.stringMatching(/holds a password|not KEY=VALUE|allowed: one of|unknown config key|local path/),
    });
  };
  await refused('run', ...OPEN, '--connection', secret);
  await refused('config', '--set', `connection=${secret}`);
  await refused('config', '--set', `conection=${secret}`);
  await refused('config', '--set', secret);
  await refused('status', '--engine', secret);
  await refused('status', '--data-dir', secret);
  await refused('config', '--connection', `${url()}?password=S3cret`);
  expect(traces.find('S3cret')).toEqual([]);

  await folder.write('pipeline.config.json', JSON.stringify({ engine: 'postgres', connection: url('An0ther') }));
  const { code, text } = await folder
    .run('config')
    .then(({ code, stdout, stderr }) => ({ code, text: stdout + stderr }));
  expect(code).toBe(2);
  expect(text).toContain('connection holds a password');
  expect(text).toContain('PGPASSWORD');
  expect(text).not.toContain('An0ther');
});

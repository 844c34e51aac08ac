import { DuckDBInstance } from '@duckdb/node-api';
import { Connection } from '../../src/engines/duckdb/connection.ts';

/** An engine in memory, made by `statements`. */
export async function memoryDatabase(statements: string): Promise<Connection & Disposable> {
  const instance = await DuckDBInstance.create(':memory:', { autoinstall_known_extensions: 'false', threads: '2' });
  const connection = await Connection.open(instance);
  await connection.execute(statements);
  return Object.assign(connection, {
    [Symbol.dispose]: () => {
      connection.close();
      instance.closeSync();
    },
  });
}

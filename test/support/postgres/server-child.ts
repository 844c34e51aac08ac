/** Starts a server, prints where it is, and waits to be killed. */
import { PostgresServer } from './server.ts';

const { folder, port } = await PostgresServer.create(18);
console.log(JSON.stringify({ folder, port }));
setInterval(() => {}, 60_000);

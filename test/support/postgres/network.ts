import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** One connection through the network. */
export interface Link {
  /** Ends both sides at once. */
  cut(): void;
  /** Passes on nothing more of what the client sends, which the client notices; until the returned function is called. */
  hold(): () => void;
  /** Passes on what the client has sent, and instead of the server's answer does something else. */
  insteadOfAnswer(action: () => void): void;
}

/** Told each packet of a client, as text, before it is passed on. What is `swallowed` never reaches the server. */
export type OnPacket = (text: string, link: Link) => 'swallow' | undefined;

/** A network between a pipeline and a server, which can be cut, can go silent, and can be listened to. */
export class Network implements AsyncDisposable {
  readonly port: number;
  readonly #listener: Server;
  readonly #links = new Set<Wire>();
  #onPacket: OnPacket = () => undefined;
  #isSilent = false;
  #isClosed = false;

  private constructor(listener: Server, port: number) {
    this.#listener = listener;
    this.port = port;
  }

  static async open(serverUrl: string): Promise<Network> {
    const { hostname, port } = new URL(serverUrl);
    const listener = createServer({ noDelay: true }).listen(0, '127.0.0.1');
    await once(listener, 'listening');
    const address = listener.address();
    if (address === null || typeof address === 'string') throw new Error('the system gave no port');
    const network = new Network(listener, address.port);
    listener.on('connection', (client) => network.#join(client, connect({ host: hostname, port: Number(port) })));
    return network;
  }

  /** The URL of the same database through this network. */
  url(serverUrl: string): string {
    const url = new URL(serverUrl);
    url.port = String(this.port);
    return url.href;
  }

  onPacket(listener: OnPacket): void {
    this.#onPacket = listener;
  }

  /** Does something once, instead of passing on the `nth` packet in which the text occurs. Resolves when it has. */
  insteadOf(text: RegExp, action: (link: Link) => void, nth = 1): Promise<void> {
    return this.#at(text, action, nth, 'swallow');
  }

  /** Does something once, and passes on the `nth` packet in which the text occurs. Resolves when it has. */
  at(text: RegExp, action: (link: Link) => void, nth = 1): Promise<void> {
    return this.#at(text, action, nth, undefined);
  }

  /** Ends all connections; new ones are made as before, unless the network is broken down to them. */
  cut(): void {
    for (const link of this.#links) link.cut();
  }

  /** From now on nothing passes, and nobody is told; connections are accepted and stay silent too. */
  fallSilent(): void {
    this.#isSilent = true;
    for (const link of this.#links) link.fallSilent();
  }

  /** Cuts everything, and lets no new connection through until `mend`. */
  breakDown(): void {
    this.#isClosed = true;
    this.cut();
  }

  mend(): void {
    this.#isClosed = false;
    this.#isSilent = false;
    this.cut();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.cut();
    this.#listener.close();
    await once(this.#listener, 'close');
  }

  #at(text: RegExp, action: (link: Link) => void, nth: number, verdict: ReturnType<OnPacket>): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    let left = nth;
    this.onPacket((packet, link) => {
      if (!text.test(packet) || --left !== 0) return undefined;
      this.onPacket(() => undefined);
      resolve();
      action(link);
      return verdict;
    });
    return promise;
  }

  #join(client: Socket, server: Socket): void {
    const wire = new Wire(client, server, (text, link) => this.#onPacket(text, link));
    this.#links.add(wire);
    client.once('close', () => this.#links.delete(wire));
    if (this.#isClosed) wire.cut();
    if (this.#isSilent) wire.fallSilent();
  }
}

class Wire implements Link {
  readonly #client: Socket;
  readonly #server: Socket;
  #instead: (() => void) | undefined;
  #isSilent = false;
  #isHeld = false;

  constructor(client: Socket, server: Socket, onPacket: OnPacket) {
    this.#client = client;
    this.#server = server;
    for (const socket of [client, server]) {
      socket.on('error', () => this.cut());
      socket.on('close', () => this.cut());
    }
    client.on('data', (chunk) => {
      if (this.#isSilent || onPacket(chunk.toString('latin1'), this) === 'swallow' || this.#isSilent) return;
      if (server.write(chunk)) return;
      client.pause();
      server.once('drain', () => {
        if (!this.#isHeld) client.resume();
      });
    });
    server.on('data', (chunk) => {
      if (this.#isSilent) return;
      const instead = this.#instead;
      if (instead !== undefined) return instead();
      if (client.write(chunk)) return;
      server.pause();
      client.once('drain', () => server.resume());
    });
  }

  cut(): void {
    this.#client.destroy();
    this.#server.destroy();
  }

  fallSilent(): void {
    this.#isSilent = true;
  }

  hold(): () => void {
    this.#isHeld = true;
    this.#client.pause();
    return () => {
      this.#isHeld = false;
      this.#client.resume();
    };
  }

  insteadOfAnswer(action: () => void): void {
    this.#instead = action;
  }
}

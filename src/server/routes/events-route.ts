import { z } from 'zod';
import { registerPath } from '../openapi.ts';
import { type App, goneSignal, type Services } from '../services.ts';

const HEARTBEAT_MS = 15_000;

/** `GET /api/events`: a stream of what changes (server-sent events). */
export function addEventsRoute(app: App, { events }: Services): void {
  registerPath(
    app,
    '/api/events',
    'A stream of events: "snapshot" when new data is published, "run" when a run begins, gets on or ends.',
    z.string(),
    undefined,
    { contentType: 'text/event-stream' },
  );
  app.get('/api/events', async (context) => {
    const gone = goneSignal(context);
    const encoder = new TextEncoder();
    const pending: Uint8Array[] = [];
    let send = (text: string) => {
      pending.push(encoder.encode(text));
    };
    const stop = await events.listen(({ name, data }) => send(`event: ${name}\ndata: ${data}\n\n`));
    const heartbeat = setInterval(() => send(': still here\n\n'), HEARTBEAT_MS).unref();
    const end = () => {
      clearInterval(heartbeat);
      stop();
    };
    gone.addEventListener('abort', end, { once: true });
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const piece of pending) controller.enqueue(piece);
        send = (text) => {
          try {
            controller.enqueue(encoder.encode(text));
          } catch {
            end(); // The stream is closed already: its client has gone.
          }
        };
      },
      cancel: end,
    });
    return context.body(stream, 200, { 'Content-Type': 'text/event-stream', 'X-Accel-Buffering': 'no' });
  });
}

import { once } from "node:events";
import type { ServerResponse } from "node:http";

export interface EventStreamSetup {
  /** The text of the events that come next, or null once there are no more. */
  readonly next: (ended: AbortSignal) => Promise<string | null>;
  /** Aborted when the stream is to end. */
  readonly over: AbortSignal;
  /** Called once, when the stream is over, however that comes. */
  readonly end: () => void;
}

/**
 * Server-sent events (html.spec.whatwg.org, section 9.2): the next ones are asked for only as the reader takes them, so that one who is slow, or
 * stands still, costs what one look holds and keeps nobody waiting.
 */
export class EventStream {
  readonly #setup: EventStreamSetup;

  constructor(setup: EventStreamSetup) {
    this.#setup = setup;
  }

  /** Resolves when the stream is over. */
  async send(outgoing: ServerResponse): Promise<void> {
    const { next, over, end } = this.#setup;
    const gone = new AbortController();
    outgoing.once("close", () => gone.abort());
    if (outgoing.destroyed) gone.abort();
    const ended = AbortSignal.any([over, gone.signal]);
    try {
      // What cannot be read ends the stream: who asks again is told why.
      for (let text: string | null = "retry: 2000\n\n"; text !== null; text = await next(ended).catch(() => null)) {
        const isTaken = outgoing.write(text);
        if (!isTaken) await once(outgoing, "drain", { signal: ended }).catch(() => undefined);
        if (ended.aborted) break;
      }
    } finally {
      end();
      outgoing.end();
    }
  }

  /** Tells nothing of it. */
  drop(): void {
    this.#setup.end();
  }
}

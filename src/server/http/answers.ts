import type { IncomingMessage, ServerResponse } from "node:http";
import type { Answer } from "./reply.ts";
import { writeAnswer } from "./write-answer.ts";

interface Held {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  readonly answer: Answer;
}

/**
 * Sends the answers of one turn of the event loop together, in the next one: the first that leaves wakes who waits for it, and one by one each would.
 * In the order in which they are given.
 */
export class Answers {
  readonly #failed: (error: unknown) => void;
  #held: Held[] = [];

  /** `failed` is told of an answer that cannot be sent; its connection is closed, and the others are sent. */
  constructor(failed: (error: unknown) => void) {
    this.#failed = failed;
  }

  give(incoming: IncomingMessage, outgoing: ServerResponse, answer: Answer): void {
    this.#held.push({ incoming, outgoing, answer });
    if (this.#held.length === 1) setImmediate(() => this.#send());
  }

  #send(): void {
    const held = this.#held;
    this.#held = [];
    for (const { incoming, outgoing, answer } of held) {
      try {
        writeAnswer(incoming, outgoing, answer);
      } catch (error) {
        this.#failed(error);
        outgoing.destroy();
      }
    }
  }
}

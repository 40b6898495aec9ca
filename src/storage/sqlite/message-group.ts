/** One message by itself, several as a list. */
export type Together<T extends object> = T | readonly T[];

/** When what is held is sent: once the round of promises in which it came is over, or the turn of the event loop. */
export type GroupedBy = "round" | "turn";

/**
 * Sends what is given in the same round of promises, or turn of the event loop, as one message: each wakes the other thread, and that costs more than what it says.
 * In the order in which they are given.
 */
export class MessageGroup<T extends object> {
  readonly #post: (messages: Together<T>) => void;
  readonly #refused: (message: T, error: unknown) => void;
  readonly #by: GroupedBy;
  #held: T[] = [];

  /**
   * @param post - sends them, or throws and sends none.
   * @param refused - told of one that cannot be sent, and why; the others are sent.
   */
  constructor(
    post: (messages: Together<T>) => void,
    refused: (message: T, error: unknown) => void,
    by: GroupedBy = "round",
  ) {
    this.#post = post;
    this.#by = by;
    this.#refused = refused;
  }

  /** The messages that came together, on the other side. */
  static apart<T extends object>(messages: Together<T>): readonly T[] {
    return Array.isArray(messages) ? (messages as readonly T[]) : [messages as T];
  }

  add(message: T): void {
    this.#held.push(message);
    if (this.#held.length > 1) return;
    if (this.#by === "turn") setImmediate(() => this.flush());
    else queueMicrotask(() => this.flush());
  }

  /** Sends at once what is held. */
  flush(): void {
    const messages = this.#held;
    this.#held = [];
    if (messages.length > 1 && this.#isPosted(messages)) return;
    for (const message of messages) this.#postOne(message);
  }

  #isPosted(messages: readonly T[]): boolean {
    try {
      this.#post(messages);
      return true;
    } catch {
      // Which one it is, and why, is told when each is sent by itself.
      return false;
    }
  }

  #postOne(message: T): void {
    try {
      this.#post(message);
    } catch (error) {
      this.#refused(message, error);
    }
  }
}

import { StorageConflict } from "../../errors.ts";
import type { JsonValue } from "../../space/json.ts";
import type { AnsweredRequest, ChangeRequest } from "../change-request.ts";

/** So many of the newest are known: who asks again does so soon. */
const MOST_REQUESTS = 1_000;

/** The newest requests that a study's changes were made for, with what was answered. */
export class AnsweredRequests {
  readonly #byId = new Map<string, AnsweredRequest>();

  add(request: AnsweredRequest): void {
    this.#byId.delete(request.id);
    this.#byId.set(request.id, request);
    for (const oldest of this.#byId.keys()) {
      if (this.#byId.size <= MOST_REQUESTS) return;
      this.#byId.delete(oldest);
    }
  }

  /**
   * What was answered; undefined where it was not asked before.
   *
   * @throws StorageConflict where something else was asked under its id.
   */
  answerTo({ id, asks }: ChangeRequest): JsonValue | undefined {
    const before = this.#byId.get(id);
    if (before === undefined || before.asks === asks) return before?.answer;
    throw new StorageConflict("The idempotency key came with another call before; give each call a key of its own.");
  }

  /** Oldest first. */
  list(): readonly AnsweredRequest[] {
    return [...this.#byId.values()];
  }
}

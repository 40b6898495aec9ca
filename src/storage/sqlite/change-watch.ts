import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { StudyId } from "../storage.ts";
import { isBusy } from "./sqlite-error.ts";

/** Ms between two looks at whether another process has committed, while somebody waits for it: a look takes some microseconds. */
const LOOK_MS = 20;

interface Waiter {
  readonly study: StudyId;
  readonly after: number;
  readonly resolve: () => void;
}

/** Tells those who wait for news of a study: of this connection's commits at once, of others' soon after. */
export class ChangeWatch {
  readonly #version: StatementSync;
  readonly #revision: (study: StudyId) => number;
  readonly #waiters = new Map<number, Waiter>();
  #seen: unknown = null;
  #timer: NodeJS.Timeout | undefined;

  constructor(database: DatabaseSync, revision: (study: StudyId) => number) {
    this.#version = database.prepare("PRAGMA data_version");
    this.#revision = revision;
  }

  /** Resolves once the study is beyond revision `after`, or `forget(key)` was called. AttuneError `unknown-study`. */
  async wait(key: number, study: StudyId, after: number): Promise<void> {
    this.#seen ??= this.#look();
    if (this.#revision(study) > after) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiters.set(key, { study, after, resolve });
    this.#timer ??= setInterval(() => this.#lookAtOthers(), LOOK_MS).unref();
    await promise;
  }

  /** Ends a wait. */
  forget(key: number): void {
    this.#waiters.get(key)?.resolve();
    this.#waiters.delete(key);
    if (this.#waiters.size === 0) this.#stop();
  }

  /** This connection has committed. */
  committed(): void {
    if (this.#waiters.size > 0) this.#tell();
  }

  /** Ends all waits. */
  end(): void {
    for (const key of [...this.#waiters.keys()]) this.forget(key);
  }

  #stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#seen = null;
  }

  /** Changes with each commit of another connection. */
  #look(): unknown {
    return this.#version.get()?.data_version;
  }

  #lookAtOthers(): void {
    try {
      const version = this.#look();
      if (version === this.#seen) return;
      this.#tell();
      this.#seen = version;
    } catch (error) {
      // The next look will tell.
      if (!isBusy(error)) throw error;
    }
  }

  #tell(): void {
    const revisions = new Map<StudyId, number>();
    for (const [key, { study, after }] of this.#waiters) {
      const revision = revisions.get(study) ?? this.#revision(study);
      revisions.set(study, revision);
      if (revision > after) this.forget(key);
    }
  }
}

import type { StudyCommand } from "../../trial/command.ts";
import type { StudyId } from "../storage.ts";

/** How long a lease lasts that was renewed here, in ms. */
const TTL = 60_000;

/** What the keeper needs of the storage. */
export interface LeaseKeeping {
  /** Whether a token still has a trial. */
  readonly holds: (study: StudyId, token: string) => boolean;
  readonly renew: (study: StudyId, tokens: readonly string[], ttl: number) => Promise<unknown>;
  /** Told why leases could not be renewed this time. */
  readonly failed: (error: unknown) => void;
}

/**
 * Renews, in the storage's own thread, the leases of trials that were taken through it: a function that keeps its thread busy for minutes
 * could not. Reservations are left out, for others may propose when their holder is busy.
 */
export class LeaseKeeper {
  readonly #keeping: LeaseKeeping;
  readonly #everyMs: number;
  readonly #taken = new Map<StudyId, Set<string>>();
  #timer: NodeJS.Timeout | undefined;

  constructor(keeping: LeaseKeeping, everyMs: number) {
    this.#keeping = keeping;
    this.#everyMs = everyMs;
  }

  /** A command was carried out that may have given a trial to its owner. */
  took(study: StudyId, command: StudyCommand): void {
    if (!("owner" in command) || command.owner?.kind !== "leased") return;
    const tokens = this.#taken.get(study) ?? new Set();
    this.#taken.set(study, tokens.add(command.owner.token));
    this.#timer ??= setInterval(() => this.#renew(), this.#everyMs).unref();
  }

  end(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #renew(): void {
    for (const [study, tokens] of this.#taken) {
      for (const token of tokens) if (!this.#keeping.holds(study, token)) tokens.delete(token);
      if (tokens.size > 0) this.#keeping.renew(study, [...tokens], TTL).catch(this.#keeping.failed);
    }
  }
}

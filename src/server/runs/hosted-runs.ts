import { randomUUID } from "node:crypto";
import { AttuneError } from "../../errors.ts";
import type { HostedRun } from "./hosted-run.ts";

/** Runs at a time. */
const MOST_RUNS = 1_000;

/** The runs whose trials callers run, by name. */
export class HostedRuns {
  readonly #runs = new Map<string, HostedRun>();
  readonly #under = new Set<Promise<void>>();

  /** Keeps a run under a name nobody can guess; `executed` resolves when it is over. */
  add(run: HostedRun, executed: Promise<void>): string {
    const name = randomUUID();
    for (const [other, { isDone }] of this.#runs) if (isDone) this.#runs.delete(other);
    if (this.#runs.size >= MOST_RUNS)
      throw new AttuneError("conflict", `${MOST_RUNS} runs are under way or their ends were not read; end some first.`);
    this.#runs.set(name, run);
    this.#under.add(executed);
    void executed.finally(() => this.#under.delete(executed));
    return name;
  }

  /** @throws AttuneError `invalid-argument`. */
  get(name: string): HostedRun {
    const run = this.#runs.get(name);
    if (run !== undefined) return run;
    throw new AttuneError("invalid-argument", `There is no run ${JSON.stringify(name)} here; begin one with startRun.`);
  }

  /** Ends all now. */
  async close(): Promise<void> {
    for (const run of this.#runs.values()) run.end(true);
    await Promise.allSettled(this.#under);
  }
}

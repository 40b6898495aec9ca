import type { Job, JobResult } from "../../executor/executor.ts";
import { preempted, resultOfValue } from "../../executor/function/function-result.ts";
import type { Freezing, JobRelay } from "../../executor/job-relay.ts";
import { decodeNumber } from "../../trial/encoded-number.ts";
import type { Values } from "../../trial/trial.ts";
import type { OperationParsed } from "../operations/index.ts";

/** What is to become of a job. */
export type Wanted = "stop" | "freeze" | "kill" | null;

type Told = Readonly<Record<string, number>>;
type Ended = Pick<OperationParsed<"endJob">, "end" | "value" | "values" | "message">;

/** A job that a caller runs: what it reports and how it ends goes to the run, what the run wants of it to the caller. */
export class CallerJob implements Freezing {
  readonly job: Job;
  readonly #relay: JobRelay;
  readonly #say: (type: "stop" | "freeze" | "kill" | "wake") => void;
  readonly #result = Promise.withResolvers<JobResult>();
  #asked: PromiseWithResolvers<number | string | null> | null = null;
  #wanted: Wanted = null;
  #held = 0;
  #last: Told = {};

  constructor(job: Job, relay: JobRelay, say: (type: "stop" | "freeze" | "kill" | "wake") => void) {
    this.job = job;
    this.#relay = relay;
    this.#say = say;
  }

  get result(): Promise<JobResult> {
    return this.#result.promise;
  }

  /** Bytes that it holds standing still. */
  get held(): number {
    return this.#held;
  }

  get wanted(): Wanted {
    return this.#wanted;
  }

  get asks(): JobRelay["events"]["ask"] {
    return this.#relay.events.ask;
  }

  /** With `wait`, once all is judged. */
  async report(reports: readonly { readonly step: number; readonly values: Values }[], wait: boolean): Promise<Wanted> {
    for (const { step, values } of reports) {
      const told = decoded(values);
      this.#last = { ...this.#last, ...told };
      this.#relay.events.report(step, told);
    }
    if (wait) await this.#relay.events.settled?.();
    for (let room = this.#relay.events.room(); room !== null; room = this.#relay.events.room()) await room;
    return this.#wanted;
  }

  stop(): void {
    this.#want("stop");
    this.thaw();
  }

  /** Whatever the caller does, its job is over. */
  kill(): void {
    this.#want("kill");
    this.#result.resolve(preempted(this.#last));
  }

  freeze(): Promise<number | string | null> {
    this.#asked ??= Promise.withResolvers();
    this.#want("freeze");
    return this.#asked.promise;
  }

  /** The caller says that it stands still. */
  hold(bytes: number): void {
    if (this.#wanted !== "freeze" || this.#asked === null) return;
    this.#held = bytes;
    this.#asked.resolve(bytes);
  }

  thaw(): void {
    if (this.#wanted === "freeze") this.#wanted = null;
    this.#asked?.resolve(null);
    if (this.#asked !== null) this.#say("wake");
    this.#asked = null;
    this.#held = 0;
  }

  /** How it ended. A job that was told to end and returns all the same ends early. */
  end({ end, value, values, message }: Ended): void {
    const told = value === undefined ? decoded(values ?? {}) : decodeNumber(value);
    this.#result.resolve(this.#resultOf(end, told, message));
  }

  #resultOf(end: Ended["end"], told: number | Told, message: string | undefined): JobResult {
    const isEnding = this.#wanted === "stop" || this.#wanted === "kill";
    if (end === "lost") return resultWith(null, "lost", {}, message ?? "The process that ran it is gone.");
    if (isEnding) return preempted(this.#last);
    if (end === "value") return resultOfValue(this.job, told);
    if (end === "failed") return resultWith("failed", "error", {}, message ?? "The function failed.");
    return resultWith("pruned", "stopped", this.#last, message ?? "It was ended early by whoever ran it.");
  }

  #want(what: "stop" | "freeze" | "kill"): void {
    this.#wanted = what;
    this.#say(what);
  }
}

function resultWith(
  state: JobResult["state"],
  outcome: JobResult["end"]["outcome"],
  values: Told,
  message: string,
): JobResult {
  return { state, values, end: { outcome, message, exitCode: null, signal: null, checkpoint: null } };
}

function decoded(values: Values): Told {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, decodeNumber(value)]));
}

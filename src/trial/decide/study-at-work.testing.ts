import { expect } from "vitest";
import type { JsonValue } from "../../space/json.ts";
import type { ClaimResult, CommandResult, ProposedTrial, StudyCommand } from "../command.ts";
import { decide } from "../decide.ts";
import type { AttemptEnd, LoggedEvent } from "../event.ts";
import type { Owner } from "../owner.ts";
import { Simulation } from "../simulate.testing.ts";
import type { StudyState } from "../study-state.ts";
import type { Outcome, SuggestionRecord, Values } from "../trial.ts";

export const leased = (token: string): Owner => ({ kind: "leased", token, process: null, worker: "w" });
export const detached = (token: string): Owner => ({ kind: "detached", token });
export const foreign = (token: string): Owner => ({ kind: "foreign", token, source: "other" });

export const ended = (outcome: Outcome, more: Partial<AttemptEnd> = {}): AttemptEnd => ({
  outcome,
  message: null,
  exitCode: null,
  signal: null,
  checkpoint: null,
  ...more,
});

export const candidate = (number: number, suggestion: SuggestionRecord | null = null): ProposedTrial => ({
  number,
  params: { x: number },
  suggestion,
});

/** A study that commands are sent to, for tests of what each of them does; only leases of `expired` have run out. */
export class StudyAtWork {
  expired: ReadonlySet<string> = new Set();
  readonly #simulation: Simulation;

  constructor(space: JsonValue = { version: "a" }) {
    this.#simulation = new Simulation({ spaces: [space], limit: null });
  }

  get state(): StudyState {
    return this.#simulation.state;
  }

  get log(): readonly LoggedEvent[] {
    return this.#simulation.log;
  }

  /** How many events there were. */
  get length(): number {
    return this.#simulation.log.length;
  }

  send<C extends StudyCommand>(command: C): CommandResult<C> {
    const context = { now: this.length, leaseExpired: (token: string) => this.expired.has(token) };
    const { events, result } = decide(this.state, command, context);
    for (const event of events) this.#simulation.append(event);
    return result;
  }

  /** The error by which a command is refused, null where it is not. */
  refused(command: StudyCommand): unknown {
    const before = this.length;
    let thrown: unknown = null;
    try {
      this.send(command);
    } catch (error) {
      thrown = error;
    }
    expect(this.length).toBe(before);
    return thrown;
  }

  claim(owner: Owner, more: Partial<Extract<StudyCommand, { type: "claim" }>> = {}): ClaimResult {
    const command = {
      type: "claim",
      owner,
      limit: null,
      until: null,
      candidate: candidate(this.state.nextNumber),
    } as const;
    return this.send({ ...command, ...more });
  }

  /** `told` is the loss, or values by metric. */
  finish(
    trial: number,
    token: string,
    told: number | Values,
    end: AttemptEnd = ended("ok"),
  ): { readonly repeated: boolean } {
    const values = typeof told === "number" ? { loss: told } : told;
    return this.send({ type: "finish", trial, token, state: "complete", values, end });
  }

  enqueue(x: number): void {
    this.send({ type: "enqueue", params: { x }, origin: "enqueued", replicate: null });
  }
}

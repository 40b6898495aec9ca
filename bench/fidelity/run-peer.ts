import type { JsonValue, Params } from "../../src/space/json.ts";
import { parameterToJson } from "../../src/space/space-json.ts";
import { JsonLinesProcess } from "../quality/runner/json-lines-process.ts";
import type { OpenFidelityTask } from "./fidelity-task.ts";
import { FIDELITY_PEERS } from "./peers.ts";
import { RunLog } from "./run-log.ts";
import type { RunOutcome } from "./run-study.ts";

export interface PeerPlan {
  readonly peer: string;
  readonly seed: number;
  /** Full runs. */
  readonly budget: number;
}

/** What a peer wants run: a configuration, by a name that it has for good, up to a fidelity. */
export interface Wanted {
  readonly key: string;
  readonly params: Params;
  readonly fidelity: number;
}

/** Somebody who asks for runs, one at a time, and is told the value of each. */
export interface SteppingContender {
  ask(): Promise<Wanted | null>;
  tell(wanted: Wanted, value: number): Promise<void>;
}

type Spent = Omit<RunOutcome, "seconds">;

/** Share by which sums of fractions may differ. */
const ROUNDING = 1e-9;

/** One run of a peer in a Python process of its own. */
export async function runPeer(task: OpenFidelityTask, { peer, seed, budget }: PeerPlan): Promise<RunOutcome> {
  const process = new PeerProcess(FIDELITY_PEERS[peer]!);
  try {
    await process.open(task, seed, budget);
    const outcome = await stepThrough(process, task, budget);
    return { seconds: process.seconds, ...outcome };
  } finally {
    process.close();
  }
}

/** Runs what a contender asks for until it asks for what the rest of the budget cannot pay. */
export async function stepThrough(
  contender: SteppingContender,
  task: OpenFidelityTask,
  budget: number,
): Promise<Spent> {
  const log = new RunLog(task);
  const reached = new Map<string, number>();
  for (;;) {
    const wanted = await contender.ask();
    if (wanted === null) break;
    const { key, params, fidelity } = wanted;
    const { low, high } = task.space.fidelity;
    if (!(fidelity >= low * (1 - ROUNDING) && fidelity <= high)) throw new Error(`${key} is to be run to ${fidelity}`);
    const from = reached.get(key) ?? 0;
    if (log.spent + log.costOf(fidelity, from) > budget * (1 + ROUNDING)) break;
    const value = await task.evaluate(params, fidelity);
    log.add(fidelity, from, value);
    reached.set(key, Math.max(from, fidelity));
    await contender.tell(wanted, value);
  }
  const evaluations = Object.fromEntries([...log.evaluations].sort(([a], [b]) => a - b));
  return { incumbent: log.incumbent, spent: log.spent, trials: reached.size, evaluations };
}

class PeerProcess implements SteppingContender {
  readonly #process: JsonLinesProcess;
  /** What the peer took, from the message read to the answer ready. */
  seconds = 0;

  constructor(command: readonly string[]) {
    this.#process = new JsonLinesProcess(command);
  }

  async open({ space, resumes }: OpenFidelityTask, seed: number, budget: number): Promise<void> {
    const { name, type, low, high } = space.fidelity;
    const parameters = space.parameters.map(parameterToJson);
    await this.#send({ op: "open", parameters, fidelity: { name, type, low, high }, resumes, seed, budget });
    this.seconds = 0;
  }

  async ask(): Promise<Wanted | null> {
    return (await this.#send({ op: "ask" })).wanted ?? null;
  }

  async tell({ key, fidelity }: Wanted, value: number): Promise<void> {
    await this.#send({ op: "tell", key, fidelity, value });
  }

  close(): void {
    this.#process.close();
  }

  async #send(message: JsonValue): Promise<{ readonly wanted?: Wanted | null }> {
    const reply = await this.#process.ask<{ readonly wanted?: Wanted | null; readonly seconds: number }>(message);
    this.seconds += reply.seconds;
    return reply;
  }
}

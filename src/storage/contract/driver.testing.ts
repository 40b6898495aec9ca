import type { JsonValue } from "../../space/json.ts";
import type { ClaimedTrial, CommandResult, ProposedTrial, StudyCommand } from "../../trial/command.ts";
import type { AttemptEnd, LoggedEvent } from "../../trial/event.ts";
import { evolve } from "../../trial/evolve/evolve.ts";
import { stateFromParts } from "../../trial/evolve/snapshot.ts";
import type { HeldOutRun } from "../../trial/held-out-run.ts";
import type { Owner } from "../../trial/owner.ts";
import type { StudyDefinition, StudySettings } from "../../trial/study-definition.ts";
import { StudyState } from "../../trial/study-state.ts";
import type { Outcome, Trial, Values } from "../../trial/trial.ts";
import type { LookedStudy, Storage, StudyId } from "../storage.ts";

/** What a contract run needs of a storage under test. */
export interface StorageFixture {
  readonly storage: Storage;
  /** Another handle on the same storage, as another process would have it. */
  another(): Promise<Storage>;
  dispose(): Promise<void>;
}

export type StorageFactory = () => Promise<StorageFixture>;

export const SETTINGS: StudySettings = {
  sampler: { name: "random", options: {} },
  scheduler: { name: "none", options: {} },
  command: null,
  extra: {},
};

export const SPACE: JsonValue = { x: { type: "float", low: 0, high: 1 } };

export function definition(name: string): StudyDefinition {
  return { name, metrics: [{ name: "loss", direction: "minimize" }], space: SPACE, settings: SETTINGS, seed: 7 };
}

export function leased(token: string): Owner {
  const process = { boot: "boot", namespace: "4026531836", pid: 42, started: "1234" };
  return { kind: "leased", token, process, worker: "worker-1" };
}

export function ended(outcome: Outcome, message: string | null = null): AttemptEnd {
  return { outcome, message, exitCode: null, signal: null, checkpoint: null };
}

/** One client of one study: keeps its own projection, from nothing but the storage's answers. */
/** A run of trial 0 on held-out data. */
export const HELD_OUT: HeldOutRun = {
  number: 0,
  role: "winner",
  trial: 0,
  params: { x: 0.5 },
  seed: 3,
  command: { argv: ["test", "${x}"] },
  metric: "acc",
  reading: { value: "best" },
  values: { acc: 0.9 },
  end: ended("ok"),
  startedAt: 1,
  endedAt: 2,
};

export class Driver {
  readonly storage: Storage;
  readonly id: StudyId;
  state = new StudyState();
  readonly seen: LoggedEvent[] = [];

  constructor(storage: Storage, id: StudyId) {
    this.storage = storage;
    this.id = id;
  }

  static async create(storage: Storage, name = "digits", space: JsonValue = SPACE): Promise<Driver> {
    const { id } = await storage.createStudy({ ...definition(name), space });
    const driver = new Driver(storage, id);
    await driver.refresh();
    return driver;
  }

  async run<C extends StudyCommand>(command: C): Promise<CommandResult<C>> {
    const { result, events } = await this.storage.execute(this.id, command, this.state.revision);
    this.follow(events);
    return result;
  }

  async refresh(): Promise<void> {
    this.follow(await this.storage.read(this.id, this.state.revision));
  }

  /** Reads the study from cold, as a new process would. */
  async cold(): Promise<StudyState> {
    return await this.#from(await this.storage.load(this.id));
  }

  /** The same as one that only looks. */
  async looked(): Promise<StudyState> {
    return await this.#from(await (this.storage.look?.(this.id) ?? this.storage.load(this.id)));
  }

  async #from({ head, blocks, events }: LookedStudy): Promise<StudyState> {
    const known = head === null ? null : stateFromParts(head, blocks);
    const cold = known ?? new StudyState();
    // A snapshot that cannot be read leaves the whole log.
    const unread = known === null && head !== null;
    for (const logged of unread ? await this.storage.read(this.id, 0) : events) evolve(cold, logged);
    return cold;
  }

  follow(events: readonly LoggedEvent[]): void {
    for (const logged of events) {
      if (logged.revision <= this.state.revision) continue;
      evolve(this.state, logged);
      this.seen.push(logged);
    }
  }

  trial(number: number): Trial {
    const trial = this.state.trial(number);
    if (trial === undefined) throw new Error(`no trial ${number}`);
    return trial;
  }

  /** A suggestion for the next number, as a sampler without a view would make it. */
  candidate(x = 0.5): ProposedTrial {
    const { state } = this;
    return {
      number: state.nextNumber,
      params: { x },
      suggestion: {
        view: state.revision,
        spaceVersion: state.spaceVersion,
        settingsVersion: state.settingsVersion,
        index: state.proposalIndex,
        batchFirst: state.nextNumber,
        engine: "1",
        inputs: {},
      },
    };
  }

  /** Claims a new or waiting trial, which must be there. */
  async claim(token: string, limit: number | null = null): Promise<ClaimedTrial> {
    const result = await this.run({
      type: "claim",
      owner: leased(token),
      limit,
      until: null,
      candidate: this.candidate(),
    });
    if (result.kind !== "trial") throw new Error(`claim answered ${result.kind}`);
    return result;
  }

  finish(trial: number, token: string, loss = 1): Promise<{ readonly repeated: boolean }> {
    return this.run({ type: "finish", trial, token, state: "complete", values: { loss }, end: ended("ok") });
  }

  lose(trial: number, token: string): Promise<{ readonly state: string }> {
    return this.run({ type: "return", trial, token, evidence: "dead-process", end: ended("lost", "gone") });
  }

  report(trial: number, token: string, seq: number, values: Values): Promise<{ readonly next: number }> {
    return this.run({ type: "report", trial, token, reports: [{ seq, step: seq, values }] });
  }
}

import type { Params } from "../../space/json.ts";
import type { StudyCommand } from "../../trial/command.ts";
import type { LoggedEvent, StudyEvent } from "../../trial/event.ts";
import { evolve } from "../../trial/evolve/evolve.ts";
import type { StudyDefinition } from "../../trial/study-definition.ts";
import { StudyState } from "../../trial/study-state.ts";
import { decideCommand, readLeases } from "../decide-command.ts";
import { inapplicable, keepable } from "../keepable.ts";
import { type Lease, leaseExpired } from "../lease.ts";
import type { Executed, LoadedStudy, Storage, StudyId, StudyOverview, StudySummary } from "../storage.ts";
import { outlineOfState, type StudyOutline } from "../study-outline.ts";
import { partsOfState } from "../study-parts.ts";
import { type TrialPage, type TrialQuery, trialPageOf } from "../trial-page.ts";
import { addTuningTime, type TuningTime } from "../tuning-time.ts";
import { unknownStudy } from "../unknown-study.ts";
import { MemoryLog } from "./memory-log.ts";
import { RecentEvents } from "./recent-events.ts";

interface MemoryStudy {
  readonly id: StudyId;
  readonly createdAt: number;
  readonly log: MemoryLog;
  readonly recent: RecentEvents;
  readonly state: StudyState;
  readonly leases: Map<string, Lease>;
  ledger: TuningTime | null;
  /** Called at each event. */
  readonly watchers: Set<() => void>;
}

/** The newest 33,000 trials, some 45 MB of them: a study in memory is mostly smaller, and then never packed. */
const LOOSE_BLOCKS = 32;

/** What several MemoryStorage handles can share; it lives as long as the process. */
export class MemoryStore {
  readonly studies: MemoryStudy[] = [];
}

/** Appends all of a command's events, or none of them; answers them as they are in the log. */
function append(
  study: MemoryStudy,
  command: string,
  events: readonly StudyEvent[],
  at: number,
): readonly LoggedEvent[] {
  const { length } = study.log;
  const appended = keepable(command, () => keep(study.log, events, at));
  try {
    for (const logged of appended) evolve(study.state, logged);
  } catch (error) {
    study.log.cut(length);
    study.state.restart();
    for (const logged of study.log.between(0)) evolve(study.state, logged);
    throw inapplicable(command, error);
  }
  for (const tell of study.watchers) tell();
  return appended;
}

/** The events as the log has them: exactly what a file would hold, and no object shared with the caller. Of an error nothing is left in the log. */
function keep(log: MemoryLog, events: readonly StudyEvent[], at: number): readonly LoggedEvent[] {
  const { length } = log;
  try {
    return events.map((event, k) => ({ revision: length + k + 1, at, event: log.add(event, at) }));
  } catch (error) {
    log.cut(length);
    throw error;
  }
}

/** Keeps studies in memory: they end with the process. The clock (ms since 1970) can be handed in. */
export class MemoryStorage implements Storage {
  readonly location = ":memory:";
  readonly #store: MemoryStore;
  readonly #clock: () => number;
  readonly #closing = new AbortController();

  constructor(store: MemoryStore = new MemoryStore(), clock: () => number = Date.now) {
    this.#store = store;
    this.#clock = clock;
  }

  async createStudy(
    definition: StudyDefinition,
    enqueued: readonly Params[] = [],
  ): Promise<{ readonly id: StudyId; readonly created: boolean }> {
    const living = this.#living(definition.name);
    if (living !== undefined) return { id: living.id, created: false };
    const now = this.#clock();
    const id = String(this.#store.studies.length + 1);
    const study: MemoryStudy = {
      id,
      createdAt: now,
      log: new MemoryLog(),
      recent: new RecentEvents(),
      state: new StudyState(LOOSE_BLOCKS),
      leases: new Map(),
      ledger: null,
      watchers: new Set(),
    };
    append(study, "create", [{ type: "study-created", definition }], now);
    for (const params of enqueued)
      this.#decide(study, { type: "enqueue", params, origin: "enqueued", replicate: null }, now);
    this.#store.studies.push(study);
    return { id, created: true };
  }

  async findStudy(name: string): Promise<StudySummary | null> {
    const study = this.#living(name);
    return study === undefined ? null : summary(study);
  }

  async listStudies(): Promise<readonly StudySummary[]> {
    return this.#store.studies.filter((study) => !study.state.deleted).map(summary);
  }

  async overview(): Promise<readonly StudyOverview[]> {
    const living = this.#store.studies.filter((study) => !study.state.deleted);
    // A copy: nobody else may change what is in force.
    return living.map((study) =>
      structuredClone({ ...summary(study), parts: partsOfState(study.state), damage: null }),
    );
  }

  async execute<C extends StudyCommand>(id: StudyId, command: C, known: number): Promise<Executed<C>> {
    const study = this.#study(id);
    const { length } = study.log;
    const { result, events } = this.#decide(study, command, this.#clock());
    // As a rule the caller knows all that came before.
    const knewAll = known === length;
    study.recent.add(events, knewAll);
    if (knewAll) return { result, events };
    return { result, events: study.recent.between(known, study.log.length) ?? study.log.between(known) };
  }

  async read(id: StudyId, after: number, upTo?: number): Promise<readonly LoggedEvent[]> {
    return this.#study(id).log.between(after, upTo);
  }

  async outline(id: StudyId): Promise<StudyOutline> {
    return structuredClone(outlineOfState(this.#study(id).state));
  }

  async trials(id: StudyId, query: TrialQuery): Promise<TrialPage> {
    // A copy: nobody else may change a trial.
    return structuredClone(trialPageOf(this.#study(id).state, query));
  }

  async load(id: StudyId): Promise<LoadedStudy> {
    const { log, state } = this.#study(id);
    return { head: null, blocks: [], events: log.between(0), living: state };
  }

  async changed(id: StudyId, after: number, signal?: AbortSignal): Promise<void> {
    const study = this.#study(id);
    const { promise, resolve } = Promise.withResolvers<void>();
    const tell = (): void => {
      if (study.log.length > after || signal?.aborted || this.#closing.signal.aborted) resolve();
    };
    const signals = signal === undefined ? [this.#closing.signal] : [this.#closing.signal, signal];
    study.watchers.add(tell);
    for (const one of signals) one.addEventListener("abort", tell);
    tell();
    await promise;
    study.watchers.delete(tell);
    for (const one of signals) one.removeEventListener("abort", tell);
  }

  async revision(id: StudyId): Promise<number> {
    return this.#study(id).log.length;
  }

  async renew(id: StudyId, tokens: readonly string[], ttl: number): Promise<void> {
    const study = this.#study(id);
    const renewed = this.#clock();
    for (const token of tokens) study.leases.set(token, { renewed, expires: renewed + ttl });
  }

  async expired(id: StudyId, tokens: readonly string[]): Promise<readonly string[]> {
    const study = this.#study(id);
    const now = this.#clock();
    return tokens.filter((token) => this.#expired(study, token, now));
  }

  async addTuningTime(id: StudyId, elapsed: number): Promise<number> {
    const study = this.#study(id);
    study.ledger = addTuningTime(study.ledger, elapsed, this.#clock());
    return study.ledger.total;
  }

  async close(): Promise<void> {
    this.#closing.abort();
  }

  #living(name: string): MemoryStudy | undefined {
    return this.#store.studies.find((study) => study.state.name === name && !study.state.deleted);
  }

  #study(id: StudyId): MemoryStudy {
    const study = this.#store.studies[Number(id) - 1];
    if (study === undefined) throw unknownStudy(id, this.location);
    return study;
  }

  #decide<C extends StudyCommand>(study: MemoryStudy, command: C, now: number): Executed<C> {
    const leases = readLeases(study.state, command, (token) => study.leases.get(token) ?? null);
    const { events, result } = decideCommand(study.state, command, now, leases);
    return { result, events: append(study, command.type, events, now) };
  }

  #expired(study: MemoryStudy, token: string, now: number): boolean {
    return leaseExpired(study.state, token, study.leases.get(token) ?? null, now);
  }
}

function summary(study: MemoryStudy): StudySummary {
  return { id: study.id, name: study.state.name, revision: study.log.length, createdAt: study.createdAt };
}

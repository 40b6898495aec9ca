import { DatabaseSync } from "node:sqlite";

/** What the log says of one attempt of a trial. */
export interface AttemptRow {
  readonly trial: number;
  /** Place among all programs that were started for the trial, as they are told; the log counts anew in each segment. */
  readonly attempt: number;
  /** The segment that it ran in last: a program that was woken is in a later one than where it began. */
  segment: number;
  /** Process that owns it; null for one asked for by hand. */
  readonly owner: number | null;
  /** Null while it runs. */
  end: "finished" | "returned" | "paused" | null;
  outcome: string | null;
  message: string | null;
  checkpoint: string | null;
  /** How long it ran, where somebody measured. */
  seconds: number | null;
  /** What its pause left in memory, if that is where it is; given up or woken since it is nowhere. */
  frozen: unknown;
  /** Whether what it left in memory was given up: its process may stand there for a moment more. */
  givenUp: boolean;
}

/** What the log says of one trial. */
export interface TrialRow {
  readonly number: number;
  readonly x: number;
  proposals: number;
  /** By their numbers; a program that was woken has several. */
  readonly attempts: AttemptRow[];
  finishes: number;
  state: string | null;
  loss: number | null;
}

export interface StudyRows {
  readonly id: string;
  readonly trials: ReadonlyMap<number, TrialRow>;
  readonly problems: readonly string[];
}

interface LoggedEnd {
  readonly outcome: string;
  readonly message: string | null;
  readonly checkpoint: string | null;
  readonly seconds?: number;
  readonly frozen?: unknown;
}

interface Logged {
  readonly type: string;
  readonly trial: number;
  readonly segment: number;
  readonly attempt: number;
  readonly params: { readonly x: number };
  readonly owner: { readonly process?: { readonly pid: number } | null };
  readonly state: string;
  readonly values: { readonly loss?: number };
  readonly end: LoggedEnd;
}

/** Reads the one study of a storage by plain SQL and JSON: nothing of the tuner's own code has a part in it. */
export function readStudyRows(file: string): StudyRows {
  const database = new DatabaseSync(file, { readOnly: true, timeout: 5000 });
  try {
    const problems: string[] = [];
    for (const row of database.prepare("PRAGMA integrity_check").all())
      if (row.integrity_check !== "ok") problems.push(`integrity: ${String(row.integrity_check)}`);
    const trials = new Map<number, TrialRow>();
    let [revision, id] = [0, ""];
    for (const row of database.prepare("SELECT study, revision, body FROM event ORDER BY study, revision").all()) {
      id = String(row.study);
      if (Number(row.revision) !== revision + 1) problems.push(`revision ${String(row.revision)} after ${revision}`);
      revision = Number(row.revision);
      take(trials, JSON.parse(String(row.body)) as Logged, problems);
    }
    return { id, trials, problems };
  } finally {
    database.close();
  }
}

function take(trials: Map<number, TrialRow>, event: Logged, problems: string[]): void {
  const known = trials.get(event.trial);
  if (event.type === "proposed" && known === undefined) {
    const { trial: number, params } = event;
    trials.set(number, { number, x: params.x, proposals: 1, attempts: [], finishes: 0, state: null, loss: null });
    return;
  }
  if (known === undefined) return;
  const last = known.attempts.at(-1);
  if (event.type === "proposed") known.proposals += 1;
  else if (event.type === "given-up" && last !== undefined) {
    last.givenUp ||= last.frozen !== null;
    Object.assign(last, { frozen: null, checkpoint: null });
  } else if (event.type === "started" && last?.end === "paused" && last.frozen !== null) {
    Object.assign(last, { end: null, outcome: null, message: null, frozen: null, segment: event.segment });
    known.attempts.push(last);
  } else if (event.type === "started") {
    if (last !== undefined && last.end === null) problems.push(`trial ${known.number} started while it ran`);
    const before = [...new Set(known.attempts)].filter(({ segment }) => segment === event.segment).length;
    if (event.attempt !== before)
      problems.push(`trial ${known.number}: attempt ${event.attempt} of segment ${event.segment} in place ${before}`);
    const owner = event.owner.process?.pid ?? null;
    const { trial, segment } = event;
    known.attempts.push({
      trial,
      attempt: known.attempts.length,
      segment,
      owner,
      end: null,
      outcome: null,
      message: null,
      checkpoint: null,
      seconds: null,
      frozen: null,
      givenUp: false,
    });
  } else if (isEnd(event.type) && last !== undefined) {
    if (last.end !== null) problems.push(`trial ${known.number} ${event.type} while it did not run`);
    Object.assign(last, { frozen: null, end: event.type, ...event.end });
  }
  if (event.type === "finished")
    Object.assign(known, { finishes: known.finishes + 1, state: event.state, loss: event.values.loss ?? null });
}

function isEnd(type: string): boolean {
  return type === "finished" || type === "returned" || type === "paused";
}

import { existsSync, readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { openStorage, openStudy, type Study, type Trial } from "../../../src/index.ts";
import type { Scene } from "./scene.ts";
import { registerTestMembers } from "./test-members.ts";

registerTestMembers();

export interface Expected {
  /** Trials the study must have counted. */
  readonly trials: number;
  /** Whether trials may have failed because three of their attempts were lost. */
  readonly mayLose: boolean;
  /** How many of them a sampler suggested; default: all. */
  readonly suggested?: number;
  /** Whether trials may be left paused: they take part in the budget, but nothing promotes them. */
  readonly mayPause?: boolean;
  /** False where programs left no witness. */
  readonly witness?: boolean;
}

/** What a campaign found, for its summary. */
export interface Found {
  readonly attempts: number;
  /** Attempts that were lost and tried again. */
  readonly lost: number;
  /** Trials that failed after a third loss. */
  readonly given: number;
}

/** Everything that must hold of a study once its command has ended by itself; throws an Error that lists what does not. */
export async function checkInvariants(scene: Scene, expected: Expected): Promise<Found> {
  const problems = [...integrityProblems(scene.storage)];
  const orphans = await scene.orphans();
  if (orphans.length > 0) problems.push(`${orphans.length} processes left over: ${orphans.join(", ")}`);
  const study = await openStudy({ name: scene.study, storage: scene.storage });
  try {
    const trials = study.trials();
    problems.push(...countProblems(trials, expected), ...(await logProblems(scene, study)));
    if (expected.witness !== false) problems.push(...witnessProblems(trials, scene.witness));
    problems.push(...(await replayProblems(study, expected.suggested ?? trials.length)));
    if (problems.length > 0) throw new Error(`The study is not whole:\n- ${problems.join("\n- ")}`);
    return found(trials);
  } finally {
    await study.close();
  }
}

/** What SQLite says of the file; empty when it is whole. */
export function integrityProblems(file: string): readonly string[] {
  const database = new DatabaseSync(file, { timeout: 5000 });
  try {
    const rows = database.prepare("PRAGMA integrity_check").all();
    return rows.map((row) => String(row.integrity_check)).filter((text) => text !== "ok");
  } finally {
    database.close();
  }
}

function* countProblems(trials: readonly Trial[], { trials: wanted, mayLose, mayPause }: Expected): Iterable<string> {
  const states = ["complete", "pruned", "failed", ...(mayPause ? ["paused"] : [])];
  const counted = trials.filter((trial) => states.includes(trial.state)).length;
  if (counted !== wanted) yield `${counted} trials counted, ${wanted} wanted`;
  if (trials.length !== wanted) yield `${trials.length} trials in all, ${wanted} wanted`;
  const gap = trials.findIndex((trial, place) => trial.number !== place);
  if (gap >= 0) yield `number ${trials[gap]!.number} in place ${gap}`;
  for (const trial of trials) {
    const { number, state, outcome, losses } = trial;
    if (state === "complete" || state === "pruned" || (mayPause && state === "paused")) continue;
    if (!mayLose) yield `trial ${number} is ${state} (${outcome}): ${trial.message}`;
    else if (state !== "failed" || outcome !== "lost" || losses !== 3) yield `trial ${number} is ${state} (${outcome})`;
  }
}

/** Each trial proposed once, started no more than it ended, finished once. */
async function logProblems(scene: Scene, study: Study): Promise<readonly string[]> {
  const storage = await openStorage(scene.storage);
  try {
    const counts = new Map<string, number>();
    let revision = 0;
    const problems: string[] = [];
    for (const logged of await storage.read(study.id, 0)) {
      if (logged.revision !== revision + 1) problems.push(`revision ${logged.revision} after ${revision}`);
      revision = logged.revision;
      const { event } = logged;
      if (event.type === "proposed" || event.type === "finished") {
        const key = `trial ${event.trial} ${event.type}`;
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
    }
    for (const [key, count] of counts) if (count > 1) problems.push(`${key} ${count} times`);
    return problems;
  } finally {
    await storage.close();
  }
}

/** Every complete trial was seen by the program to its end, in the attempt and with the value that the study tells. */
function* witnessProblems(trials: readonly Trial[], file: string): Iterable<string> {
  const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
  const ends = new Map(lines.filter((line) => line.startsWith("end ")).map((line) => splitEnd(line)));
  for (const trial of trials) {
    if (trial.state !== "complete") continue;
    const attempt = trial.segments.reduce((sum, { attempts }) => sum + attempts.length, 0) - 1;
    const value = ends.get(`${trial.number} ${attempt}`);
    if (value === undefined) yield `trial ${trial.number} is complete, but its attempt ${attempt} never ran to its end`;
    else if (value !== trial.values.loss) yield `trial ${trial.number} printed ${value} and has ${trial.values.loss}`;
    if (trial.values.loss !== trial.params.x)
      yield `trial ${trial.number} got ${trial.params.x}, told ${trial.values.loss}`;
  }
}

function splitEnd(line: string): [string, number] {
  const [, trial, attempt, value] = line.split(" ");
  return [`${trial} ${attempt}`, Number(value)];
}

async function replayProblems(study: Study, suggested: number): Promise<readonly string[]> {
  const { checked, skipped, differences, otherEngine, decisions } = await study.replay();
  const problems = differences.map(({ trial, parameter }) => `replay: trial ${trial}, ${parameter} differs`);
  if (checked !== suggested) problems.push(`replay checked ${checked} of ${suggested} suggestions`);
  if (skipped !== study.trials().length - suggested) problems.push(`replay skipped ${skipped}`);
  const decided = study.trials().reduce((sum, trial) => sum + (trial.decisions?.length ?? 0), 0);
  if ((decisions?.checked ?? 0) !== decided)
    problems.push(`replay: ${decisions?.checked ?? 0} of ${decided} decisions were the same`);
  if (otherEngine.length > 0) problems.push(`replay: ${otherEngine.length} of another engine`);
  return problems;
}

function found(trials: readonly Trial[]): Found {
  const attempts = trials.flatMap((trial) => trial.segments.flatMap((segment) => segment.attempts));
  return {
    attempts: attempts.length,
    lost: attempts.filter((attempt) => attempt.outcome === "lost").length,
    given: trials.filter((trial) => trial.outcome === "lost").length,
  };
}

import { processState } from "../../executor/process-identity.ts";
import type { Study } from "../../study/index.ts";
import { STATE_CODES } from "../../trial/history-view.ts";
import type { Trial } from "../../trial/trial.ts";
import type { OperationOutput } from "../operations/index.ts";
import type { CallContext } from "../study-service.ts";

type Progress = OperationOutput<"progress">;

const RUNNING = STATE_CODES.indexOf("running");
/** Running trials told at most. */
const MOST_RUNNING = 100;
/** Trials that the rate is taken from, and among how many of the newest they are looked for. */
const RATE_ENDS = 20;
const RATE_AMONG = 500;

/** How a study goes on, as of now. */
export async function studyProgress(study: Study, storage: CallContext["storage"]): Promise<Progress> {
  const now = Date.now();
  const begun = runningOf(study);
  const lost = await lostOf(study, begun, storage);
  const running = begun.filter(({ number }) => !lost.has(number));
  const run = runOf(study);
  const rate = rateOf(study);
  return {
    revision: study.revision,
    now: new Date(now).toISOString(),
    running: running.length,
    newest: running
      .slice(-MOST_RUNNING)
      .map((trial) => ({ trial: trial.number, startedAt: isoOf(startOf(trial) ?? now) })),
    lost: [...lost],
    run,
    rate,
    secondsLeft: run === null || run.alive === false ? null : secondsLeft(study, run, rate, now),
    stale: lost.size > 0 && run?.alive !== true,
    program: study.settings.command !== null,
    location: study.location,
  };
}

function runningOf(study: Study): readonly Trial[] {
  const found: Trial[] = [];
  const { states } = study.list();
  for (let number = 0; number < states.length; number++)
    if (states[number] === RUNNING) found.push(study.trial(number));
  return found;
}

/** Those whose process is gone, or whose lease ran out where nobody can tell. */
async function lostOf(
  study: Study,
  running: readonly Trial[],
  storage: CallContext["storage"],
): Promise<ReadonlySet<number>> {
  const lost = new Set<number>();
  const asked = new Map<string, number>();
  for (const trial of running) {
    const owner = trial.segments.at(-1)?.attempts.at(-1)?.owner;
    if (owner?.kind !== "leased") continue;
    const state = owner.process === null ? "elsewhere" : processState(owner.process);
    if (state === "dead") lost.add(trial.number);
    else if (state === "elsewhere") asked.set(owner.token, trial.number);
  }
  if (asked.size > 0)
    for (const token of await storage.expired(study.id, [...asked.keys()])) lost.add(asked.get(token)!);
  return lost;
}

function runOf(study: Study): Progress["run"] {
  const noted = study.provenance();
  if (noted === null) return null;
  const { startedAt, run } = noted;
  const state = run?.process == null ? "elsewhere" : processState(run.process);
  return {
    startedAt,
    alive: state === "elsewhere" ? null : state === "alive",
    trials: run?.trials ?? null,
    seconds: run?.seconds ?? null,
    workers: run?.workers ?? null,
  };
}

/** Trials a second, from the moments at which the newest ended. */
function rateOf(study: Study): number | null {
  const ends: number[] = [];
  for (let number = study.length - 1; number >= Math.max(0, study.length - RATE_AMONG); number--) {
    const end = study.view(number)?.finishedAt;
    if (typeof end === "number" && study.view(number)?.origin !== "imported") ends.push(end);
  }
  const newest = ends.sort((a, b) => a - b).slice(-RATE_ENDS - 1);
  const span = (newest.at(-1) ?? 0) - (newest[0] ?? 0);
  return newest.length < 2 || span <= 0 ? null : ((newest.length - 1) * 1000) / span;
}

function secondsLeft(study: Study, run: NonNullable<Progress["run"]>, rate: number | null, now: number): number | null {
  const { trials, seconds, startedAt } = run;
  const byTrials = trials === null || rate === null ? null : Math.max(0, trials - study.trialsSpent) / rate;
  const byTime = seconds === null ? null : Math.max(0, seconds - (now - Date.parse(startedAt)) / 1000);
  if (byTrials === null || byTime === null) return byTrials ?? byTime;
  return Math.min(byTrials, byTime);
}

function startOf(trial: Trial): number | null {
  return trial.segments.at(-1)?.attempts.at(-1)?.startedAt ?? trial.startedAt;
}

function isoOf(time: number): string {
  return new Date(time).toISOString();
}

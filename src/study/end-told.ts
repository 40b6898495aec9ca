import { decodeNumber } from "../trial/encoded-number.ts";
import type { Scheduling } from "./scheduling.ts";
import { StepsPastUntil } from "./steps-past-until.ts";
import type { StudyLog } from "./study-log.ts";
import type { endOfTold } from "./tell.ts";

interface ToldEnd {
  readonly trial: number;
  /** Of the attempt that was asked for. */
  readonly token: string;
  readonly ended: ReturnType<typeof endOfTold>;
  /** Whether the study declares a fidelity, of which a step past it says nothing. */
  readonly hasFidelity: boolean;
}

/** As a run ends a trial: one that has come to the step it was given may be paused, to be run on later. The same end again changes nothing. */
export async function endTold(log: StudyLog, scheduling: Scheduling, told: ToldEnd): Promise<void> {
  await log.refresh();
  if (wasTold(log, told)) return;
  const { trial, token, ended, hasFidelity } = told;
  const { segments, reports } = log.trial(trial);
  const until = segments.at(-1)?.until ?? null;
  const past = new StepsPastUntil(hasFidelity ? null : until);
  for (const { step } of reports) past.add(step, "own");
  const decided = past.proven ? null : scheduling.onEnd(trial, until, ended);
  if (decided === null) {
    await log.execute({ type: "finish", trial, token, ...ended });
    return;
  }
  const { record: decision } = decided;
  const end = { ...ended.end, outcome: "paused", message: decision.reason } as const;
  await log.execute({ type: "pause", trial, token, end, values: ended.values, decision });
}

/** True where that attempt was told with these values and its trial paused: who is not sure to have told may tell again. */
function wasTold(log: StudyLog, { trial, token, ended }: ToldEnd): boolean {
  const told = log
    .trial(trial)
    .segments.find(({ attempts }) =>
      attempts.some(({ owner, outcome }) => owner.token === token && outcome === "paused"),
    );
  if (told === undefined) return false;
  const { columns, rows } = log.history.view(log.revision);
  const isSame = (row: number): boolean =>
    log.state.metrics.every(({ name }) =>
      Object.is(columns.values[name]![row], decodeNumber(ended.values[name] ?? "NaN")),
    );
  return rows.some((row) => columns.trial[row] === trial && columns.segment[row] === told.index && isSame(row));
}

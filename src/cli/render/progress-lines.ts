import type { StudyReport } from "../../analysis/index.ts";
import { listTrials } from "../../study/list-trials.ts";
import { STATE_CODES } from "../../trial/history-view.ts";
import { TrialList } from "../../trial/list/trial-list.ts";
import type { Trial } from "../../trial/trial.ts";
import { formatDuration } from "./format-duration.ts";

const RUNNING = STATE_CODES.indexOf("running");

/** Running trials named at most; the rest are counted. */
const NAMED = 8;

/**
 * How far a study is: trials by state, what runs at the time `now` (milliseconds since 1970), and what only seems to, since its
 * process `isGone`.
 */
export function progressLines(
  report: StudyReport,
  trials: Iterable<Trial>,
  now: number,
  isGone: (trial: Trial) => boolean,
): readonly string[] {
  const { counts, invalid } = report;
  const parts = [
    amount(counts.complete, "complete"),
    amount(counts.pruned, "stopped early"),
    amount(counts.failed, "failed"),
    amount(counts.running, "running"),
    amount(counts.paused, "paused"),
    amount(counts.waiting, "waiting"),
    amount(invalid, "marked invalid"),
  ].filter((part) => part !== null);
  const lines = [`trials   ${parts.length === 0 ? "none yet" : parts.join(", ")}`];
  const begun = runningOf(TrialList.of(trials));
  const gone = new Set(begun.filter(isGone));
  const running = begun.filter((trial) => !gone.has(trial));
  return [...lines, ...runningLines(running, now), ...goneLines([...gone].map(({ number }) => number))];
}

/** The invalid ones too. */
function runningOf(trials: TrialList): readonly Trial[] {
  const begun: Trial[] = [];
  trials.states.forEach((state, place) => {
    if (state === RUNNING) begun.push(trials.at(place)!);
  });
  return begun;
}

function runningLines(running: readonly Trial[], now: number): readonly string[] {
  if (running.length === 0) return [];
  const named = running.slice(0, NAMED).map((trial) => `trial ${trial.number}${runningSince(trial, now)}`);
  const more = running.length > NAMED ? ` and ${running.length - NAMED} more` : "";
  return [`running  ${named.join(", ")}${more}`];
}

function goneLines(numbers: readonly number[]): readonly string[] {
  if (numbers.length === 0) return [];
  const [are, them] =
    numbers.length === 1 ? ["does not run any more: its", "it"] : ["do not run any more: their", "them"];
  return [`lost     ${listTrials(numbers)} ${are} process is gone; attune run tries ${them} again`];
}

function amount(count: number, word: string): string | null {
  return count === 0 ? null : `${count} ${word}`;
}

function runningSince(trial: Trial, now: number): string {
  const startedAt = trial.segments.at(-1)?.attempts.at(-1)?.startedAt;
  return startedAt === undefined ? "" : ` for ${formatDuration(Math.max(0, now - startedAt) / 1000)}`;
}

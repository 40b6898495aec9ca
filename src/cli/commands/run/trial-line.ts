import type { Metric } from "../../../trial/metric.ts";
import type { Trial } from "../../../trial/trial.ts";
import { trialSeconds } from "../../../trial/trial-seconds.ts";
import type { Paint } from "../../render/style.ts";
import { clip, displayWidth } from "../../render/text.ts";
import { failureCause, formatDuration, formatNumber, paramsLine } from "../../render/words.ts";

/** What a finished trial's line needs besides the trial. */
interface TrialLineStyle {
  readonly metrics: readonly Metric[];
  readonly best: boolean;
  readonly paint: Paint;
  readonly width: number;
}

/** Columns of what is the same in every line, with one metric; room that parameters keep, and a metric's name in any case. */
const FIXED = 41;
const PARAMS = 26;
const LEAST_NAME = 8;

/** One finished trial on one line: number, value or failure with its cause, time, values tried. */
export function trialLine(trial: Trial, style: TrialLineStyle): string {
  const { metrics, paint, best } = style;
  const number = `trial ${String(trial.number).padStart(3)}`;
  const seconds = trialSeconds(trial);
  const time = seconds === null ? "" : formatDuration(seconds);
  if (trial.state === "failed") {
    const cause = failureCause(trial.message ?? trial.outcome ?? "no cause given");
    return `${number}  ${paint.red("failed")}  ${cause}`;
  }
  const mark = trial.state === "pruned" ? "stopped" : best ? (metrics.length === 1 ? "best" : "front") : "";
  const nameRoom = Math.max(LEAST_NAME, style.width - FIXED - PARAMS);
  const values = metrics.map(({ name }) => `${clip(name, nameRoom)} ${shownValue(trial, name).padEnd(11)}`).join("  ");
  const full = `${number}  ${values}  ${mark.padEnd(4)}  ${time.padStart(9)}`;
  const short = [number, values.trimEnd(), ...(mark === "" ? [] : [mark])].join("  ");
  const head = displayWidth(full) <= style.width ? full : clip(short, style.width);
  const room = style.width - displayWidth(head) - 3;
  const params = room < 12 ? "" : `  ${paint.dim(clip(paramsLine(trial.params), room))}`;
  const marked = best ? head.replace(`  ${mark}`, `  ${paint.green(mark)}`) : head;
  return marked + params;
}

function shownValue(trial: Trial, metric: string): string {
  const value = trial.values[metric];
  return value === undefined ? "-" : formatNumber(value);
}

import { trialSeconds } from "../../analysis/index.ts";
import type { Metric } from "../../trial/metric.ts";
import type { Trial } from "../../trial/trial.ts";
import { clip } from "./clip.ts";
import { failureCause } from "./failure-cause.ts";
import { formatDuration } from "./format-duration.ts";
import { formatNumber } from "./format-number.ts";
import type { Paint } from "./paint.ts";
import { paramsLine } from "./params-line.ts";

/** What a finished trial's line needs besides the trial. */
export interface TrialLineStyle {
  readonly metrics: readonly Metric[];
  readonly best: boolean;
  readonly paint: Paint;
  readonly width: number;
}

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
  const values = metrics.map(({ name }) => `${name} ${shownValue(trial, name).padEnd(11)}`).join("  ");
  const mark = trial.state === "pruned" ? "stopped" : best ? "best" : "";
  const head = `${number}  ${values}  ${mark.padEnd(4)}  ${time.padStart(9)}`;
  const room = style.width - head.length - 3;
  const params = room < 12 ? "" : `  ${paint.dim(clip(paramsLine(trial.params), room))}`;
  const marked = best ? head.replace(`  ${mark}`, `  ${paint.green(mark)}`) : head;
  return marked + params;
}

function shownValue(trial: Trial, metric: string): string {
  const value = trial.values[metric];
  return value === undefined ? "-" : formatNumber(value);
}

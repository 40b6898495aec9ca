import type { Space } from "../../space/space.ts";
import type { Metric } from "../../trial/metric.ts";
import type { Trial } from "../../trial/trial.ts";
import { failureCause } from "./failure-cause.ts";
import { formatDuration } from "./format-duration.ts";
import { formatNumber } from "./format-number.ts";
import { formatValue } from "./format-value.ts";
import { stateWord } from "./state-word.ts";
import { type Column, renderTable } from "./table.ts";
import { trialSeconds } from "./trial-seconds.ts";

/** Trials as lines of a table: number, state, metrics, time, a column for each parameter, what went wrong. */
export function trialTable(
  trials: readonly Trial[],
  study: { readonly metrics: readonly Metric[]; readonly space: Space },
  width: number,
): readonly string[] {
  const parameters = study.space.parameters.filter(({ type }) => type !== "fixed").map(({ name }) => name);
  const columns: Column[] = [
    { title: "trial", align: "right" },
    { title: "state", align: "left" },
    ...study.metrics.map(({ name }): Column => ({ title: name, align: "right" })),
    { title: "time", align: "right" },
    ...parameters.map((title): Column => ({ title, align: "right" })),
    { title: "", align: "left" },
  ];
  const rows = trials.map((trial) => [
    String(trial.number),
    stateWord(trial),
    ...study.metrics.map(({ name }) => valueCell(trial, name)),
    timeCell(trial),
    ...parameters.map((name) => parameterCell(trial, name)),
    trial.state === "failed" ? failureCause(trial.message ?? trial.outcome ?? "") : "",
  ]);
  return renderTable(columns, rows, width);
}

function valueCell(trial: Trial, metric: string): string {
  const value = trial.values[metric];
  return value === undefined ? "" : formatNumber(value);
}

function timeCell(trial: Trial): string {
  const seconds = trialSeconds(trial);
  return seconds === null ? "" : formatDuration(seconds);
}

function parameterCell(trial: Trial, name: string): string {
  const value = trial.params[name];
  return value === undefined ? "" : formatValue(value);
}

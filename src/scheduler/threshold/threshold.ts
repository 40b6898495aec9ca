import { OptionReader } from "../../component/option-reader.ts";
import { AttuneError } from "../../errors.ts";
import type { JsonValue } from "../../space/json.ts";
import { decodeNumber } from "../../trial/encoded-number.ts";
import type { Metric } from "../../trial/metric.ts";
import type { ReportDecision, Scheduler } from "../scheduler.ts";

const { MAX_SAFE_INTEGER, MAX_VALUE } = Number;

/** Stops a trial whose value leaves the band from `lower` to `upper`, or is no number, at step `at` or later. */
export function createThreshold(options: Readonly<Record<string, JsonValue>>, metrics: readonly Metric[]): Scheduler {
  const reader = new OptionReader("scheduler threshold", options);
  const lower = reader.number("lower", { default: Number.NEGATIVE_INFINITY, low: -MAX_VALUE, high: MAX_VALUE });
  const upper = reader.number("upper", { default: Number.POSITIVE_INFINITY, low: -MAX_VALUE, high: MAX_VALUE });
  const at = reader.number("at", { default: 0, low: 0, high: MAX_SAFE_INTEGER });
  reader.done();
  if (lower === Number.NEGATIVE_INFINITY && upper === Number.POSITIVE_INFINITY)
    throw refused("has no bound; give lower, upper or both: {name: threshold, upper: 2.5, at: 3}.");
  if (lower > upper) throw refused(`has lower ${lower} above upper ${upper}; give a band with room in it.`);
  const [metric] = metrics;
  return {
    name: "threshold",
    onReport: (_view, _trial, { step, values }) => {
      const value = metric === undefined ? undefined : values[metric.name];
      if (metric === undefined || value === undefined || step < at) return { action: "continue" };
      return judge(metric.name, decodeNumber(value), step, lower, upper);
    },
    next: () => ({ action: "start-new", until: null }),
  };
}

function judge(metric: string, value: number, step: number, lower: number, upper: number): ReportDecision {
  const where = `at step ${step}: ${metric} ${value}`;
  if (Number.isNaN(value)) return { action: "stop", reason: `${where} is no number` };
  if (value < lower) return { action: "stop", reason: `${where} is below ${lower}` };
  if (value > upper) return { action: "stop", reason: `${where} is above ${upper}` };
  return { action: "continue" };
}

function refused(what: string): AttuneError {
  return new AttuneError("invalid-argument", `scheduler threshold ${what}`);
}

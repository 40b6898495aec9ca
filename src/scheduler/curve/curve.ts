import { OptionReader } from "../../component/option-reader.ts";
import type { FidelityParameter } from "../../space/index.ts";
import type { JsonValue } from "../../space/json.ts";
import type { HistoryView } from "../../trial/history-view.ts";
import type { Metric } from "../../trial/metric.ts";
import type { Report, Trial } from "../../trial/trial.ts";
import { ordinal } from "../reports/ordinal.ts";
import type { ReportDecision, Scheduler } from "../scheduler.ts";
import { type Chance, CurveChances } from "./curve-chances.ts";

const LARGEST = Number.MAX_SAFE_INTEGER;
/** A fit on fewer says nothing. */
const LEAST_POINTS = 4;

/**
 * Early stopping by extrapolation: a trial stops when its learning curve is less than 5 % likely to end among the best trials so far (Domhan,
 * Springenberg and Hutter, IJCAI 2015, with fits in closed form and the study's own curves as the prior).
 */
export function createCurve(
  options: Readonly<Record<string, JsonValue>>,
  metrics: readonly Metric[],
  fidelity: FidelityParameter | null = null,
): Scheduler {
  const reader = new OptionReader("scheduler curve", options);
  const level = reader.number("level", { default: 0.05, low: 0, high: 0.5 });
  const top = reader.number("top", { default: 0.25, low: 0, high: 0.5 });
  const startup = reader.integer("startup", { default: 5, low: 1, high: LARGEST });
  const points = reader.integer("points", { default: LEAST_POINTS, low: LEAST_POINTS, high: LARGEST });
  const warmup = reader.number("warmup", { default: 0, low: 0, high: LARGEST });
  const largest = reader.number("largest", { default: Number.NaN, low: Number.MIN_VALUE, high: LARGEST });
  reader.done();
  const [metric] = metrics;
  const name = "curve";
  const next = () => ({ action: "start-new", until: null }) as const;
  if (metric === undefined) return { name, onReport: () => ({ action: "continue" }), next };
  const end = Number.isNaN(largest) ? (fidelity?.high ?? null) : largest;
  const chances = new CurveChances(metric, { top, startup, points, warmup, largest: end });
  return {
    name,
    onReport: (view, trial, report) => decide(chances, metric.name, level, view, trial, report),
    next,
  };
}

function decide(
  chances: CurveChances,
  metric: string,
  level: number,
  view: HistoryView,
  trial: Trial,
  report: Report,
): ReportDecision {
  const chance = chances.of(view, trial, report);
  if (chance === null || !(chance.probability < level)) return { action: "continue" };
  return { action: "stop", reason: `at step ${report.step}: ${metric} ${words(chance)}` };
}

function words({ probability, value, bar, place, trials, end }: Chance): string {
  if (!Number.isFinite(value)) return `was no finite number at its last ${LEAST_POINTS} steps`;
  const percent = probability < 0.001 ? "less than 0.1" : String(Number((100 * probability).toPrecision(2)));
  const which = place === 1 ? "the best" : `the ${ordinal(place)} best`;
  return `${value}, ${percent} % likely to come to ${bar} by step ${end}, ${which} of ${trials} trials`;
}

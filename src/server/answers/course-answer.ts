import { AttuneError } from "../../errors.ts";
import { compareValues, compileLimits, keepsLimits } from "../../objective/index.ts";
import { didYouMean } from "../../space/index.ts";
import type { StudyReader } from "../../study/study-reader.ts";
import { STATE_CODES } from "../../trial/history-view.ts";
import type { Metric } from "../../trial/metric.ts";
import type { OperationOutput } from "../operations/index.ts";

type Course = OperationOutput<"course">;

const COMPLETE = STATE_CODES.indexOf("complete");
const known = new WeakMap<StudyReader, Map<string, Course>>();

/** Each improvement of a study by a metric; computed once a revision. */
export function courseAnswer(study: StudyReader, name: string | undefined): Course {
  const metric = metricOf(study, name);
  const courses = known.get(study) ?? new Map<string, Course>();
  known.set(study, courses);
  const before = courses.get(metric.name);
  if (before?.revision === study.revision) return before;
  const course = courseOf(study, metric);
  courses.set(metric.name, course);
  return course;
}

function metricOf({ metrics }: StudyReader, name: string | undefined): Metric {
  const names = metrics.map((metric) => metric.name);
  const found = name === undefined ? metrics[0] : metrics.find((metric) => metric.name === name);
  if (found !== undefined) return found;
  const message = `course: there is no objective "${name}".${didYouMean(name ?? "", names)} There are ${names.join(", ")}.`;
  throw new AttuneError("invalid-argument", message);
}

function courseOf(study: StudyReader, metric: Metric): Course {
  const list = study.list();
  const { states, hidden, seconds } = list;
  const values = list.values(metric.name);
  const limits = compileLimits(study.limits);
  const begun = study.view(0)?.startedAt ?? null;
  const since = (end: number | null | undefined): number | null =>
    begun === null || typeof end !== "number" ? null : Math.max(0, (end - begun) / 1000);
  const points: Course["points"] = [];
  let cost = 0;
  let best: number | null = null;
  for (let number = 0; number < list.length; number++) {
    const own = seconds[number]!;
    if (Number.isFinite(own)) cost += own;
    const value = values[number]!;
    if (states[number] !== COMPLETE || hidden[number] === 1 || !Number.isFinite(value)) continue;
    if (best !== null && compareValues(value, best, metric.direction) >= 0) continue;
    const trial = study.view(number)!;
    if (!keepsLimits(trial, limits)) continue;
    best = value;
    points.push({ trial: number, value, trials: number + 1, seconds: since(trial.finishedAt), cost });
  }
  const last = newestEnd(study);
  const { name, direction, goal, unit } = metric;
  return {
    revision: study.revision,
    metric: { name, direction, ...(goal !== undefined && { goal }), ...(unit !== undefined && { unit }) },
    points,
    end: { trials: list.length, seconds: since(last), cost },
  };
}

/** Of the newest trials. */
const AMONG = 200;

function newestEnd(study: StudyReader): number | null {
  let newest: number | null = null;
  for (let number = study.length - 1; number >= Math.max(0, study.length - AMONG); number--) {
    const end = study.view(number)?.finishedAt;
    if (typeof end === "number" && (newest === null || end > newest)) newest = end;
  }
  return newest;
}

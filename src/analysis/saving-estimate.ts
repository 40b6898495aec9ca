import { compareValues } from "../objective/index.ts";
import { decodeNumber } from "../trial/encoded-number.ts";
import { STATE_CODES } from "../trial/history-view.ts";
import { TrialList } from "../trial/list/trial-list.ts";
import type { Metric } from "../trial/metric.ts";
import type { ComponentChoice } from "../trial/study-definition.ts";
import type { Trial } from "../trial/trial.ts";
import { FEWEST_TRIALS } from "./fewest-trials.ts";
import { type Course, ReplayedStudy } from "./replayed-study.ts";

const COMPLETE = STATE_CODES.indexOf("complete");
/** Reports looked at, of the first trials: a matter of a second or two. */
const MOST_REPORTS = 20_000;
/** Reports of a trial below which there is nothing to spare. */
const FEWEST_REPORTS = 3;

/** What a scheduler would have spared of a study whose trials were run to their end, by their own reports. */
export interface SavingEstimate {
  readonly scheduler: string;
  /** Complete trials that were run again. */
  readonly trials: number;
  /** Share of their reports that they would have come to, from 0 to 1. */
  readonly share: number;
  /** The best of them. */
  readonly best: number;
  /** The best of those that would have been run to their end: the same one where it would have survived. */
  readonly found: { readonly number: number; readonly value: number } | null;
}

/**
 * Runs the complete trials of a study again, in their order, under a scheduler. Null where there is nothing to tell: few trials, or such that report nothing
 * in between. A sampler would have chosen others by what it then knew: it is an estimate.
 */
export function estimateSaving(
  trials: Iterable<Trial>,
  metric: Metric,
  scheduler: ComponentChoice = { name: "auto", options: {} },
): SavingEstimate | null {
  const known = coursesOf(TrialList.of(trials), metric);
  if (known.length < FEWEST_TRIALS) return null;
  const replayed = new ReplayedStudy(scheduler, metric, known).run();
  let [ran, all] = [0, 0];
  let best = known[0]!;
  let found: KnownCourse | null = null;
  for (const [k, { reports, complete }] of replayed.entries()) {
    const own = known[k]!;
    ran += reports;
    all += own.reports.length;
    if (isBetter(own, best, metric)) best = own;
    if (complete && (found === null || isBetter(own, found, metric))) found = own;
  }
  const ended = found === null ? null : { number: found.number, value: found.value };
  return { scheduler: scheduler.name, trials: known.length, share: ran / all, best: best.number, found: ended };
}

interface KnownCourse extends Course {
  readonly number: number;
  readonly value: number;
}

function isBetter(one: KnownCourse, other: KnownCourse, { direction }: Metric): boolean {
  return compareValues(one.value, other.value, direction) < 0;
}

/** Of the complete trials that report in between, the first ones. */
function coursesOf(list: TrialList, { name }: Metric): readonly KnownCourse[] {
  const { states, hidden, imported, reportCounts, length } = list;
  const found: KnownCourse[] = [];
  let reports = 0;
  for (let place = 0; place < length; place++) {
    const isMeant = states[place] === COMPLETE && hidden[place] === 0 && imported[place] === 0;
    if (!isMeant || reportCounts[place]! < FEWEST_REPORTS) continue;
    const trial = list.at(place)!;
    const value = trial.values[name];
    if (value === undefined) continue;
    reports += reportCounts[place]!;
    if (reports > MOST_REPORTS && found.length > 0) break;
    found.push({ number: trial.number, reports: trial.reports, values: trial.values, value: decodeNumber(value) });
  }
  return found;
}

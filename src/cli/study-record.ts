import type {
  FailureGroup,
  HeldOutStanding,
  Rival,
  StudyJudgements,
  StudyReport,
  TrialTimes,
} from "../analysis/index.ts";
import type { Params } from "../space/json.ts";
import type { Space } from "../space/space.ts";
import type { Metric } from "../trial/metric.ts";
import type { StudySettings } from "../trial/study-definition.ts";
import type { Trial, TrialState } from "../trial/trial.ts";
import { type BestRecord, bestRecord } from "./best-record.ts";

/** What `show --json` prints, and `run --json` with how the run ended. */
export interface StudyRecord {
  readonly study: string;
  readonly storage: string;
  readonly seed: number;
  readonly sampler: string;
  readonly metrics: readonly Metric[];
  readonly counts: Readonly<Record<TrialState, number>>;
  readonly invalid: number;
  readonly best: BestRecord | null;
  readonly runnerUp: Rival | null;
  readonly default: Rival | null;
  /** The winner and its rivals on held-out data; null while nothing was run on it. */
  readonly heldOut: HeldOutStanding | null;
  readonly failures: readonly FailureGroup[];
  /** What is odd about the study; the ends of ranges are with the winner. */
  readonly sameValue: StudyJudgements["sameValue"];
  readonly silentScheduler: StudyJudgements["silentScheduler"];
  readonly failurePatterns: StudyJudgements["failurePatterns"];
  /** Seconds that trials took, together and one in the middle. */
  readonly time: TrialTimes | null;
}

/** The parts of a study that its record is made from. */
export interface StudySource {
  readonly id: string;
  readonly name: string;
  readonly location: string;
  readonly seed: number;
  readonly settings: StudySettings;
  readonly space: Space;
  readonly metrics: readonly Metric[];
  trial(number: number): Trial;
  programParams(number: number): Params;
}

/** A study and its report as one JSON object. */
export function studyRecord(
  report: StudyReport,
  judgements: StudyJudgements,
  standing: HeldOutStanding | null,
  study: StudySource,
): StudyRecord {
  return {
    study: study.name,
    storage: study.location,
    seed: study.seed,
    sampler: study.settings.sampler.name,
    metrics: study.metrics,
    counts: report.counts,
    invalid: report.invalid,
    best: bestRecord(report, judgements.edges, standing, study),
    runnerUp: report.winner?.runnerUp ?? null,
    default: report.winner?.default ?? null,
    heldOut: standing,
    failures: report.failures,
    sameValue: judgements.sameValue,
    silentScheduler: judgements.silentScheduler,
    failurePatterns: judgements.failurePatterns,
    time: report.time,
  };
}

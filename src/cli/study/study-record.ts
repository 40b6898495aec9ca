import {
  type CostSource,
  chooseFromFront,
  type EdgeFinding,
  type FailureGroup,
  type FrontChoice,
  type FrontPoint,
  type HealthFinding,
  type HealthKind,
  type Rival,
  type StudyHeldOut,
  type StudyReport,
  summarize,
  type TrialTimes,
} from "../../analysis/index.ts";
import { compileLimits, type LimitStanding, type Preference } from "../../objective/index.ts";
import { type HealthRecord, healthRecord } from "../../record/health-record.ts";
import { formatDomainText } from "../../space/index.ts";
import type { Params } from "../../space/json.ts";
import type { Space } from "../../space/space.ts";
import { type EncodedNumber, encodeNumber } from "../../trial/encoded-number.ts";
import type { TrialList } from "../../trial/list/trial-list.ts";
import type { Metric } from "../../trial/metric.ts";
import type { StudySettings } from "../../trial/study-definition.ts";
import type { Trial, TrialState, Values } from "../../trial/trial.ts";
import { remedyCommand } from "./remedy-command.ts";
import { type CommandSource, printedCommandOf } from "./winning-command.ts";

/** What `show --json` prints, and `run --json` with how the run ended. */
interface StudyRecord {
  readonly study: string;
  readonly storage: string;
  readonly seed: number;
  readonly sampler: string;
  readonly metrics: readonly Metric[];
  readonly counts: Readonly<Record<TrialState, number>>;
  readonly invalid: number;
  /** Canonical texts; left out where there are none. */
  readonly limits?: readonly string[];
  readonly best: BestRecord | null;
  /** Of a study with several objectives alone, and what breaks the limits least while nothing keeps them. */
  readonly front?: readonly PointRecord[];
  readonly nearest?: PointRecord | null;
  readonly runnerUp: Rival | null;
  readonly default: Rival | null;
  /** The winner and its rivals, or the front, on held-out data; null while nothing was run on it. */
  readonly heldOut: StudyHeldOut | null;
  readonly failures: readonly FailureGroup[];
  /** What is odd about the study, and the same by kind; the ends of ranges are with the winner, too. */
  readonly health: readonly FindingRecord[];
  readonly sameValue: DataOf<"same-value"> | null;
  readonly silentScheduler: DataOf<"silent-scheduler"> | null;
  readonly failurePatterns: readonly DataOf<"failures">[];
  /** Seconds that trials took, together and one in the middle. */
  readonly time: TrialTimes | null;
  /** What the trials cost in steps and full runs, and while none is complete the paused one that came furthest. */
  readonly costs: StudyReport["costs"];
}

/** The parts of a study that its record is made from. */
interface StudySource {
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

/** What a study has found, by its trials. */
export function reportOf(
  {
    metrics,
    space,
    limits,
    costs,
  }: {
    readonly metrics: readonly Metric[];
    readonly space: Space;
    readonly limits: readonly string[];
    readonly costs?: CostSource;
  },
  trials: TrialList,
): StudyReport {
  return summarize(trials, metrics, space, compileLimits(limits), costs);
}

/** A study and its report as one JSON object. */
export function studyRecord(
  report: StudyReport,
  health: readonly HealthFinding[],
  standing: StudyHeldOut | null,
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
    ...(report.limits.length > 0 && { limits: report.limits }),
    best: bestRecord(report, health, standing, study),
    ...(study.metrics.length > 1 && frontRecord(report, study)),
    runnerUp: report.winner?.runnerUp ?? null,
    default: report.winner?.default ?? null,
    heldOut: standing,
    failures: report.failures,
    health: health.map((finding) => findingRecord(finding, study)),
    sameValue: dataOf(health, "same-value")[0] ?? null,
    silentScheduler: dataOf(health, "silent-scheduler")[0] ?? null,
    failurePatterns: dataOf(health, "failures"),
    time: report.time,
    costs: report.costs,
  };
}

type DataOf<Kind extends HealthKind> = Extract<HealthFinding, { readonly kind: Kind }>["data"];

function dataOf<Kind extends HealthKind>(health: readonly HealthFinding[], kind: Kind): readonly DataOf<Kind>[] {
  return health.filter((finding) => finding.kind === kind).map(({ data }) => data as DataOf<Kind>);
}

/** A finding with the command line that mends it. */
type FindingRecord = HealthRecord & { readonly command: string | null };

/** A finding about a study as `--json` has it. */
export function findingRecord(
  finding: HealthFinding,
  study: { readonly name: string; readonly location: string },
): FindingRecord {
  return { ...healthRecord(finding), command: remedyCommand(study, [finding]) };
}

/** A value of the winner at an end of its range, with a wider range in the text form; null where none is known. */
type EdgeRecord = Omit<EdgeFinding, "wider"> & { readonly wider: string | null };

/** What `best --json` prints. */
export interface BestRecord {
  readonly number: number;
  readonly params: Params;
  /** Of the tuned metric first, then of those that were kept. */
  readonly values: Values;
  readonly replicates: number;
  /** Standard error of the objective; null at one replicate. */
  readonly uncertainty: number | null;
  /** True when these were run again on seeds of their own, two or more. */
  readonly confirmed: boolean;
  /** What the objective of another run is expected to be. */
  readonly expected: number;
  /** One with a better mean of too few runs to be believed, worth confirming; null where there is none. */
  readonly candidate: Rival | null;
  /** By the newest run on held-out data; null where there is none of this configuration. */
  readonly heldOut: { readonly metric: string; readonly value: number; readonly run: number } | null;
  readonly edges: readonly EdgeRecord[];
  /** How it stands to the limits; left out in a study without. */
  readonly limits?: LimitRecord;
  /** Without the secrets it holds. */
  readonly command: string | null;
}

/** The winner as a record, or null while there is none. */
export function bestRecord(
  report: StudyReport,
  health: readonly HealthFinding[],
  standing: StudyHeldOut | null,
  study: CommandSource,
): BestRecord | null {
  const { winner } = report;
  if (winner === null) return null;
  const { runnerUp: _, default: __, limits, ...best } = winner;
  const ends = dataOf(health, "edge").map((edge) => ({
    ...edge,
    wider: edge.wider === null ? null : formatDomainText(edge.wider),
  }));
  const one = standing !== null && "metric" in standing ? standing : null;
  const [own] = one?.values ?? [];
  const heldOut = own === undefined ? null : { metric: one!.metric, value: own.value, run: own.run };
  const command = printedCommandOf(study, best.number);
  return { ...best, heldOut, edges: ends, ...limitsOf(limits), command };
}

type LimitRecord = Omit<LimitStanding, "violation"> & { readonly violation: EncodedNumber };

function limitsOf(limits: LimitStanding | undefined): { readonly limits?: LimitRecord } {
  return limits === undefined ? {} : { limits: { ...limits, violation: encodeNumber(limits.violation) } };
}

/** A configuration of a front, with its command without the secrets it holds. */
type PointRecord = Omit<FrontPoint, "limits"> & {
  readonly limits?: LimitRecord;
  readonly command: string | null;
};

/** A front, and what speaks for which of its points, by the numbers of their trials. */
interface FrontRecord {
  readonly front: readonly PointRecord[];
  readonly nearest: PointRecord | null;
  readonly knee: number | null;
  readonly preferred: FrontChoice["preferred"];
  readonly trades: FrontChoice["trades"];
}

/** What `best --json` prints of a study with several objectives. */
export function frontRecord(
  { front, nearest, metrics }: StudyReport,
  study: CommandSource,
  command: (study: CommandSource, number: number) => string | null = printedCommandOf,
  preference: Preference | null = null,
): FrontRecord {
  const record = ({ limits, ...point }: FrontPoint): PointRecord => ({
    ...point,
    ...limitsOf(limits),
    command: command(study, point.number),
  });
  const { knee = null, preferred = null, trades = [] } = chooseFromFront(front, metrics, preference) ?? {};
  return { front: front.map(record), nearest: nearest === null ? null : record(nearest), knee, preferred, trades };
}

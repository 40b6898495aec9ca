import { Configurations, compileLimits } from "../../objective/index.ts";
import type { Space } from "../../space/space.ts";
import { TrialList } from "../../trial/list/trial-list.ts";
import type { Metric } from "../../trial/metric.ts";
import type { Trial } from "../../trial/trial.ts";
import type { FrontPoint } from "../front-point.ts";
import type { Winner } from "../winner.ts";
import { duplicates } from "./duplicates.ts";
import { failurePatterns } from "./failure-pattern.ts";
import { findingRemedy } from "./finding-remedy.ts";
import { findingSentence } from "./finding-sentence.ts";
import type { HealthFinding, HealthSeverity } from "./health-finding.ts";
import { idleWorkers } from "./idle-workers.ts";
import { loudNoise } from "./loud-noise.ts";
import { plateau } from "./plateau.ts";
import { sameValue } from "./same-value.ts";
import { silentScheduler } from "./silent-scheduler.ts";
import { spaceEdges } from "./space-edges.ts";

/** The parts of a study that are judged. */
export interface JudgedStudy {
  readonly metrics: readonly Metric[];
  readonly space: Space;
  /** In canonical text. */
  readonly limits: readonly string[];
  readonly settings: { readonly scheduler: { readonly name: string } };
}

/** What a study has found, as far as that is judged. */
export interface JudgedResult {
  readonly winner: Winner | null;
  readonly front: readonly FrontPoint[];
}

/**
 * What a person should know about a study besides what it found, what matters most first: values that never change, a scheduler
 * without reports, where failures gather, noise, idle workers, ends of ranges, duplicates, a plateau. `found` is null while a study
 * runs, where nobody has looked for the best yet: then the last three are left out.
 */
export function studyHealth(
  trials: Iterable<Trial>,
  study: JudgedStudy,
  found: JudgedResult | null,
): readonly HealthFinding[] {
  const { metrics, space, settings } = study;
  const list = TrialList.of(trials);
  const limits = compileLimits(study.limits);
  const configurations = Configurations.of(list, metrics);
  const same = metrics.map((metric) => sameValue(list, metric)).find((one) => one !== null) ?? null;
  const silent = silentScheduler(list, settings.scheduler.name);
  const noise = metrics.map((metric) => loudNoise(configurations, metric)).find((one) => one !== null) ?? null;
  const idle = idleWorkers(list);
  const told: Told[] = [
    ...one("same-value", same),
    ...one("silent-scheduler", silent),
    ...failurePatterns(list, space).map((data): Told => ({ kind: "failures", data })),
    ...one("noise", noise),
    ...one("idle-workers", idle),
  ];
  // Of equal values the first wins, wherever it lies.
  if (found !== null && same === null) {
    const { winner, front } = found;
    const edges = spaceEdges(configurations, { space, metrics, limits }, winner, front);
    told.push(...edges.map((data): Told => ({ kind: "edge", data })));
    told.push(...one("duplicates", duplicates(list)), ...one("plateau", plateau(list, metrics, limits, front)));
  }
  return told
    .map((finding) => finished(finding, study))
    .sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
}

const SEVERITIES: readonly HealthSeverity[] = ["problem", "warning", "hint"];

type Told = HealthFinding extends infer F
  ? F extends HealthFinding
    ? { readonly kind: F["kind"]; readonly data: F["data"] }
    : never
  : never;

function one<Kind extends Told["kind"]>(
  kind: Kind,
  data: Extract<Told, { readonly kind: Kind }>["data"] | null,
): readonly Told[] {
  return data === null ? [] : [{ kind, data } as Told];
}

function finished(told: Told, study: JudgedStudy): HealthFinding {
  return {
    ...told,
    severity: severityOf(told),
    sentence: findingSentence(told.kind, told.data as never),
    remedy: findingRemedy(told, study),
  } as HealthFinding;
}

function severityOf({ kind, data }: Told): HealthSeverity {
  switch (kind) {
    case "same-value":
      return "problem";
    case "edge":
      return data.best === 1 || data.wider === null ? "hint" : "warning";
    case "duplicates":
    case "plateau":
      return "hint";
    default:
      return "warning";
  }
}

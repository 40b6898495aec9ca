import { ComponentRegistry, type ObjectiveAbilities } from "../component/component-registry.ts";
import { AttuneError } from "../errors.ts";
import type { FidelityParameter } from "../space/index.ts";
import type { JsonValue } from "../space/json.ts";
import type { Metric } from "../trial/metric.ts";
import type { ComponentChoice } from "../trial/study-definition.ts";
import { createAsha } from "./asha/asha.ts";
import { createHalving } from "./asha/halving.ts";
import { createAuto } from "./auto/auto.ts";
import { createCurve } from "./curve/curve.ts";
import { createHyperband } from "./hyperband/hyperband.ts";
import { LimitStop } from "./limits/limit-stop.ts";
import { withLimitStops } from "./limits/with-limit-stops.ts";
import { createMedian, createPercentile } from "./median/median.ts";
import { createNone } from "./none/none.ts";
import { createPatient } from "./patient/patient.ts";
import { createPbt } from "./pbt/pbt.ts";
import type { Scheduler, SchedulerStudy } from "./scheduler.ts";
import { createThreshold } from "./threshold/threshold.ts";
import { createWilcoxon } from "./wilcoxon/wilcoxon.ts";
import { withFidelity } from "./with-fidelity.ts";

/**
 * A scheduler by name. `create` throws AttuneError `invalid-argument` for options it does not take.
 *
 * @experimental
 */
export interface SchedulerEntry extends ObjectiveAbilities {
  readonly name: string;
  /** Whether it reads reports as they come. Of one that does not, `onReport` is never asked, and reports wait for company. */
  readonly watches: boolean;
  /** Whether it pauses trials, gives them steps to run up to, or runs paused ones on. Of one that does not, `next` and `onEnd` are never asked. */
  readonly promotes: boolean;
  /** Whether it begins trials with checkpoints of others, so that programs have to keep some: none stands still in memory. Default false. */
  readonly branches?: boolean;
  /** `fidelity` is what the study declares that says how far a trial is run, or null. */
  create(
    options: Readonly<Record<string, JsonValue>>,
    metrics: readonly Metric[],
    fidelity?: FidelityParameter | null,
    study?: SchedulerStudy | null,
  ): Scheduler;
}

/** Judges by any number of objectives, and by limits. */
const MANY = { objectives: "many", limits: true } as const;

const BUILT_IN = [
  { name: "none", ...MANY, watches: false, promotes: false, create: createNone },
  { name: "median", ...MANY, watches: true, promotes: false, create: createMedian },
  { name: "threshold", watches: true, promotes: false, create: createThreshold },
  { name: "percentile", ...MANY, watches: true, promotes: false, create: createPercentile },
  { name: "patient", watches: true, promotes: false, create: createPatient },
  { name: "wilcoxon", watches: true, promotes: false, create: createWilcoxon },
  { name: "halving", ...MANY, watches: true, promotes: false, create: createHalving },
  { name: "curve", watches: true, promotes: false, create: createCurve },
  { name: "asha", ...MANY, watches: true, promotes: true, create: createAsha },
  { name: "hyperband", ...MANY, watches: true, promotes: true, create: createHyperband },
  { name: "auto", ...MANY, watches: true, promotes: true, create: createAuto },
  { name: "pbt", watches: true, promotes: true, branches: true, create: createPbt },
] as const satisfies readonly SchedulerEntry[];

/** The schedulers that come with Attune. */
export type SchedulerName = (typeof BUILT_IN)[number]["name"];

const registry = new ComponentRegistry<SchedulerEntry>("scheduler", BUILT_IN);

/** What a scheduler can. */
export type SchedulerAbilities = Pick<SchedulerEntry, "watches" | "promotes" | "branches">;

/** What the scheduler of that name can; null where this process knows none of that name. */
export function schedulerAbilities(name: string): SchedulerAbilities | null {
  return registry.find(name) ?? null;
}

/** Names of all registered schedulers, the built-in ones first. */
export function schedulerNames(): readonly string[] {
  return registry.names();
}

/** @throws AttuneError `invalid-argument` for a scheduler that cannot judge by these, naming those that can. */
export function requireSchedulerFor(name: string, metrics: readonly Metric[], limits: readonly string[]): void {
  registry.requireJudging(name, metrics, limits);
}

/**
 * Makes the scheduler of that name for the objectives.
 *
 * @example
 * createScheduler({ name: "none", options: {} }, [{ name: "loss", direction: "minimize" }]);
 */
export function createScheduler(
  choice: ComponentChoice,
  metrics: readonly Metric[],
  fidelity: FidelityParameter | null = null,
  study: SchedulerStudy | null = null,
): Scheduler {
  const made = registry.get(choice.name).create(choice.options, metrics, fidelity, study);
  const stop = limitStopOf(study);
  const stopping = stop.watches ? withLimitStops(made, stop) : made;
  return fidelity === null ? stopping : withFidelity(stopping, fidelity);
}

/** Whether trials of the study may break a limit for good before their end, so that reports are read under any scheduler. */
export function stopsAtLimits(study: SchedulerStudy): boolean {
  return limitStopOf(study).watches;
}

function limitStopOf(study: SchedulerStudy | null): LimitStop {
  return new LimitStop(study?.limits ?? [], study?.grows ?? []);
}

/**
 * Adds a scheduler of your own for this process; every process that works on the study must add it.
 *
 * @throws AttuneError `invalid-argument` for a name that is taken or none, or an entry that does not say what the scheduler can.
 * @experimental The scheduler contract may still change in a minor version.
 */
export function registerScheduler(entry: SchedulerEntry): void {
  for (const ability of ["watches", "promotes"] as const) {
    if (typeof entry[ability] === "boolean") continue;
    throw new AttuneError(
      "invalid-argument",
      `The scheduler ${entry.name} does not say whether it ${ability}; give ${ability}: true or false.`,
    );
  }
  registry.add(entry);
}

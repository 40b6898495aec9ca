import { ComponentRegistry } from "../sampler/component-registry.ts";
import type { JsonValue } from "../space/json.ts";
import type { Metric } from "../trial/metric.ts";
import type { ComponentChoice } from "../trial/study-definition.ts";
import { createMedian } from "./median/median.ts";
import { createNone } from "./none/none.ts";
import type { Scheduler } from "./scheduler.ts";
import { createThreshold } from "./threshold/threshold.ts";

/**
 * A scheduler by name. `create` throws AttuneError `invalid-argument` for options it does not take.
 *
 * @experimental
 */
export interface SchedulerEntry {
  readonly name: string;
  create(options: Readonly<Record<string, JsonValue>>, metrics: readonly Metric[]): Scheduler;
}

const BUILT_IN = [
  { name: "none", create: createNone },
  { name: "median", create: createMedian },
  { name: "threshold", create: createThreshold },
] as const satisfies readonly SchedulerEntry[];

/** The schedulers that come with Attune. */
export type SchedulerName = (typeof BUILT_IN)[number]["name"];

const registry = new ComponentRegistry<SchedulerEntry>("scheduler", BUILT_IN);

/** Names of all registered schedulers, the built-in ones first. */
export function schedulerNames(): readonly string[] {
  return registry.names();
}

/**
 * Makes the scheduler of that name; the first metric is the one it judges by.
 *
 * @example
 * createScheduler({ name: "none", options: {} }, [{ name: "loss", direction: "minimize" }]);
 */
export function createScheduler(choice: ComponentChoice, metrics: readonly Metric[]): Scheduler {
  return registry.get(choice.name).create(choice.options, metrics);
}

/**
 * Adds a scheduler of your own for this process; every process that works on the study must add it.
 *
 * @experimental The scheduler contract may still change in a minor version.
 */
export function registerScheduler(entry: SchedulerEntry): void {
  registry.add(entry);
}

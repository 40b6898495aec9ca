import { ComponentRegistry, type ObjectiveAbilities } from "../component/component-registry.ts";
import type { JsonValue } from "../space/json.ts";
import type { Space } from "../space/space.ts";
import type { Metric } from "../trial/metric.ts";
import type { ComponentChoice } from "../trial/study-definition.ts";
import { createAuto } from "./auto/auto.ts";
import { createGp } from "./gp/gp.ts";
import { createGrid } from "./grid/grid.ts";
import { createNsga2 } from "./nsga2/nsga2.ts";
import { createNsga3 } from "./nsga3/nsga3.ts";
import { createProgram } from "./program/program.ts";
import { createQmc } from "./qmc/qmc.ts";
import { createRandom } from "./random/random.ts";
import type { Sampler } from "./sampler.ts";
import type { SamplerContext } from "./sampler-context.ts";
import { createTpe } from "./tpe/tpe.ts";

/**
 * A sampler by name. `create` throws AttuneError `invalid-argument` for options it does not take.
 *
 * @experimental
 */
export interface SamplerEntry extends ObjectiveAbilities {
  readonly name: string;
  /** Whether it takes the option `operations`, into which a study turns the time given as the option `think`. */
  readonly thinks?: boolean;
  create(options: Readonly<Record<string, JsonValue>>, space: Space, context: SamplerContext): Sampler;
}

const BUILT_IN = [
  { name: "random", objectives: "many", limits: true, create: createRandom },
  { name: "grid", objectives: "many", limits: true, create: createGrid },
  { name: "qmc", objectives: "many", limits: true, create: createQmc },
  { name: "tpe", objectives: "many", limits: true, create: createTpe },
  { name: "gp", objectives: "many", limits: true, thinks: true, create: createGp },
  { name: "nsga2", objectives: "many", limits: true, create: createNsga2 },
  { name: "nsga3", objectives: "many", limits: true, create: createNsga3 },
  { name: "auto", objectives: "many", limits: true, thinks: true, create: createAuto },
  { name: "program", create: createProgram },
] as const satisfies readonly SamplerEntry[];

/** The sampler of a study that names none. */
export const DEFAULT_SAMPLER: SamplerName = "auto";

/** The samplers that come with Attune. */
export type SamplerName = (typeof BUILT_IN)[number]["name"];

const registry = new ComponentRegistry<SamplerEntry>("sampler", BUILT_IN);

/** Names of all registered samplers, the built-in ones first. */
export function samplerNames(): readonly string[] {
  return registry.names();
}

/** True for a sampler that comes with Attune: any process and thread has it. */
export function isBuiltInSampler(name: string): boolean {
  return BUILT_IN.some((entry) => entry.name === name);
}

/**
 * Whether that sampler takes a time to think.
 *
 * @throws AttuneError `invalid-argument` when there is no such sampler.
 */
export function samplerThinks(name: string): boolean {
  return registry.get(name).thinks === true;
}

/** Whether that sampler can choose by so many objectives and limits. */
export function samplerJudges(name: string, objectives: number, limits: number): boolean {
  return registry.canJudge(name, objectives, limits);
}

/** @throws AttuneError `invalid-argument` for a sampler that cannot choose by these, naming those that can. */
export function requireSamplerFor(name: string, metrics: readonly Metric[], limits: readonly string[]): void {
  registry.requireJudging(name, metrics, limits);
}

/**
 * Makes the sampler of that name for a space.
 *
 * @example
 * createSampler({ name: "grid", options: { points: { lr: 7 } } }, space, { spaceVersion: 1, settingsVersion: 1 });
 */
export function createSampler(
  choice: ComponentChoice,
  space: Space,
  context: SamplerContext = { spaceVersion: 1, settingsVersion: 1 },
): Sampler {
  return registry.get(choice.name).create(choice.options, space, context);
}

/**
 * Adds a sampler of your own for this process; every process that asks for suggestions of the study must add it.
 *
 * @experimental The sampler contract may still change in a minor version.
 */
export function registerSampler(entry: SamplerEntry): void {
  registry.add(entry);
}

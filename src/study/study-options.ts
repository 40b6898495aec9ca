import type { Space, SpaceRecord } from "../space/index.ts";
import type { JsonValue, Params } from "../space/json.ts";
import type { Storage } from "../storage/storage.ts";
import type { Metric } from "../trial/metric.ts";
import type { CommandTemplate } from "../trial/study-definition.ts";
import type { ParamsOf } from "./params-of.ts";

/** A component by name, or by name with its options beside: `"grid"`, `{ name: "grid", points: { lr: 7 } }`. */
export type ComponentOption = string | ({ readonly name: string } & Readonly<Record<string, JsonValue>>);

/** A constraint as a function. Written as a method, so that options of one space are options of a study in general. */
type Predicate<P> = { holds(params: P): boolean }["holds"];

export interface StudyOptions<S extends SpaceRecord | Space = SpaceRecord | Space, M extends string = string> {
  readonly name: string;
  /** Metrics to make small, and to make large: the study's objectives, in the order in which they are named here, one or more. */
  readonly minimize?: M | readonly M[];
  readonly maximize?: M | readonly M[];
  /** The same with direction, goal, reference and unit. */
  readonly metrics?: readonly (Metric & { readonly name: M })[];
  /** Values that are good enough: `falseAlarms <= 0.01`. Left out, an existing study's stay. */
  readonly goals?: readonly string[];
  /** The worst values that are of interest, by objective: `{ ms: 100 }`; hypervolume is measured from them. Left out, an existing study's stay. */
  readonly references?: { readonly [N in M]?: number };
  /** What values are in, by objective: `{ ms: "ms" }`; shown where they are. Left out, an existing study's stay. */
  readonly units?: { readonly [N in M]?: string };
  /**
   * Comparisons over results, which come before the objectives: `ms <= 20`, `watts <= 2 * depth`, `error == 0 within 0.1`. Left out, an
   * existing study's stay.
   */
  readonly limits?: readonly string[];
  /**
   * Metrics that grow with a trial's run (time, memory, size): what they have before its end is less than they come to, and a limit that they break
   * stays broken. Left out, an existing study's stay.
   */
  readonly grows?: readonly string[];
  /** A record of builders, or a finished space; what is left out the function may ask for while it runs (`trial.float`). */
  readonly space?: S;
  /** Expressions that every configuration must make true, or pure functions (which only this program can check). */
  readonly where?: readonly (string | Predicate<ParamsOf<S>>)[];
  /** When an existing study gets new parameters: the value that its trials so far count as; else a parameter's default. */
  readonly was?: Params;
  /** `:memory:` (the default), a file, a URL, or a storage opened already (then yours to close). */
  readonly storage?: string | Storage;
  readonly sampler?: ComponentOption;
  readonly scheduler?: ComponentOption;
  /** Whole number in [0, 2^53); drawn when left out. */
  readonly seed?: number;
  readonly command?: CommandTemplate | null;
  /** What else is kept with the study's settings, by a key of its own. */
  readonly extra?: Readonly<Record<string, JsonValue>>;
}

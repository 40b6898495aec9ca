import type { JsonValue } from "../space/json.ts";
import { isObject } from "./is-object.ts";

/**
 * How a study's metrics are read, in the form kept with the study; what is left out is as usual. File and folder may hold what a
 * command may hold, such as `${trial}`.
 */
export interface MetricSettings {
  /** Version of the rules by which output and results files are read; 1 where it is left out. */
  readonly reader?: number;
  /** `last` (as usual), `best` or `mean:N`. */
  readonly value?: string;
  /** Further metrics to keep. */
  readonly keep?: readonly string[];
  /** A results file that the program writes. */
  readonly file?: string;
  /** Dotted path or column in that file, by metric; as usual the metric's name. */
  readonly paths?: Readonly<Record<string, string>>;
  /** A folder of TensorBoard event files. */
  readonly tensorboard?: string;
  /** Regular expressions for lines of the output, by metric. */
  readonly patterns?: Readonly<Record<string, string>>;
  /** Reports by HTTP on the loopback. */
  readonly http?: boolean;
  /** The last number printed counts when nothing else came. */
  readonly lastNumber?: boolean;
}

/** The settings as they were kept with a study (`settings.extra.metrics`). */
export function metricSettingsOf(kept: JsonValue | undefined): MetricSettings {
  return isObject(kept) ? (kept as MetricSettings) : {};
}

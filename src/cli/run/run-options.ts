import type { MetricOptions } from "./metric-options.ts";
import type { SafetyOptions } from "./safety-options.ts";
import type { WayInOptions } from "./way-in-options.ts";

/** The options of `attune run` and, in part, of `attune ask`, as commander hands them over. */
export interface RunCommandOptions extends SafetyOptions, MetricOptions, WayInOptions {
  readonly study?: string;
  readonly storage?: string;
  readonly minimize?: string;
  readonly maximize?: string;
  readonly space?: string;
  readonly was?: readonly string[];
  readonly where?: readonly string[];
  readonly param?: readonly string[];
  readonly trials?: string;
  readonly workers?: string;
  readonly sampler?: string;
  readonly think?: string;
  readonly scheduler?: string;
  readonly seed?: string;
  readonly target?: string;
  readonly patience?: string;
  readonly timeout?: string;
  readonly grace?: string;
  readonly keepGoing?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

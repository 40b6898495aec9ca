import type { SourcePosition } from "../../errors.ts";
import type { Params } from "../../space/index.ts";
import type { CommandInput } from "../../trial/command-input.ts";
import type { Metric } from "../../trial/metric.ts";
import type { ComponentChoice } from "../../trial/study-definition.ts";
import type { DeclaredParameter } from "./declared-parameter.ts";
import type { LocatedCommand } from "./located-command.ts";
import type { LocatedPatterns } from "./located-patterns.ts";
import type { LocatedSpace } from "./located-space.ts";
import type { LocatedWhere } from "./located-where.ts";

/** What is said of runs on held-out data. */
export interface HeldOutSettings {
  readonly metric?: string;
  readonly command?: LocatedCommand;
  /** How parameters reach that program, and how its metrics are read. */
  readonly settings: RunSettings;
}

/** What a study file or the options of a command line say; what is left out was not said. */
export interface RunSettings {
  readonly study?: string;
  readonly metric?: Metric;
  readonly trials?: number;
  readonly workers?: number;
  readonly sampler?: ComponentChoice;
  /** The time that a suggestion may take, in the user's words. */
  readonly think?: string;
  /** Where the time, the sampler and the scheduler were given, when in a file. */
  readonly thinkPosition?: SourcePosition | undefined;
  readonly samplerPosition?: SourcePosition | undefined;
  readonly schedulerPosition?: SourcePosition | undefined;
  readonly seed?: number;
  readonly scheduler?: ComponentChoice;
  readonly timeout?: number;
  readonly target?: number;
  readonly patience?: number;
  readonly grace?: number;
  /** Seconds. */
  readonly trialTimeout?: number;
  readonly idleTimeout?: number;
  /** Bytes. */
  readonly memoryLimit?: number;
  readonly logLimit?: number;
  readonly minFree?: number;
  readonly gpus?: readonly string[];
  readonly trialsPerGpu?: number;
  readonly gpusPerTrial?: number;
  readonly nice?: number;
  /** `last`, `best`, `mean:N`. */
  readonly metricValue?: string;
  readonly keep?: readonly string[];
  readonly metricFile?: string;
  /** By metric; the study's own under the empty name. */
  readonly metricPaths?: Readonly<Record<string, string>>;
  readonly tensorboard?: string;
  readonly metricPatterns?: LocatedPatterns;
  readonly lastNumber?: boolean;
  readonly reportHttp?: boolean;
  readonly storage?: string;
  readonly keepGoing?: boolean;
  /** The study's scheduler stops no trial early. */
  readonly unscheduled?: boolean;
  readonly space?: LocatedSpace;
  readonly where?: LocatedWhere;
  /** What trials count as that lack a parameter. */
  readonly was?: Params;
  readonly command?: LocatedCommand;
  /** The program that runs on held-out data, and how its metric is called and read. */
  readonly holdout?: HeldOutSettings;
  /** How else parameters reach the program. */
  readonly input?: CommandInput;
  /** Parameters declared one by one by options; they win over those of the space. */
  readonly declared?: readonly DeclaredParameter[];
}

import type { Command } from "commander";
import type { RunSettings } from "../study-file/run-settings.ts";
import { SAFETY_KEYS } from "../study-file/safety-keys.ts";

/** The options about what trials may use up and what they are given, as commander hands them over. */
export interface SafetyOptions {
  readonly trialTimeout?: string;
  readonly idleTimeout?: string;
  readonly memoryLimit?: string;
  readonly logLimit?: string;
  readonly minFree?: string;
  readonly gpus?: string;
  readonly trialsPerGpu?: string;
  readonly gpusPerTrial?: string;
  readonly nice?: string;
}

/** Declares {@link SafetyOptions}. */
export function addSafetyOptions(command: Command): Command {
  return command
    .option("--trial-timeout <time>", "time one trial may take, then it is failed: 90, 30s, 10m, 2h")
    .option("--idle-timeout <time>", "time one trial may stay without any output, then it is failed")
    .option("--memory-limit <size>", "memory one trial may take with all it starts: 500MB, 8GB")
    .option("--gpus <list>", "GPUs to hand out to trials: 0,1 (default: every trial sees all)")
    .option("--trials-per-gpu <number>", "trials that share a GPU (default: 1)")
    .option("--gpus-per-trial <number>", "GPUs that each trial gets (default: 1)")
    .option("--log-limit <size>", "output kept of each attempt, the newest (default: 100MB)")
    .option("--min-free <size>", "disk space below which no new trial begins (default: 100MB)")
    .option("--nice <number>", "run programs at a lower priority, 0 to 19 (default: 0)");
}

/** What these options say; every option has the name of its key in a study file. */
export function readSafetyOptions(options: SafetyOptions): Partial<RunSettings> {
  const given: Readonly<Record<string, unknown>> = { ...options };
  let settings: Partial<RunSettings> = {};
  for (const [key, read] of Object.entries(SAFETY_KEYS)) {
    const value = given[key.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())];
    if (value !== undefined) settings = { ...settings, ...read({ value, label: `--${key}`, position: null }) };
  }
  return settings;
}

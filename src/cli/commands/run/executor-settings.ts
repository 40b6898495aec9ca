import { AttuneError } from "../../../errors.ts";
import type { CommandExecutorOptions } from "../../../executor/command/command-executor.ts";
import { type GpuPlan, GpuSlots } from "../../../executor/command/gpu-slots.ts";
import type { MetricPlan } from "../../../executor/command/open-metrics.ts";
import type { SettingWords } from "../../../executor/command/setting-words.ts";
import { compileLimits } from "../../../objective/index.ts";
import type { MetricSettings } from "../../../protocol/metric-settings.ts";
import { readerVersionOf } from "../../../protocol/reader-version.ts";
import { quoteWord } from "../../../protocol/shell-quote.ts";
import type { Metric } from "../../../trial/metric.ts";
import { badSetting } from "../../settings/given-setting.ts";
import type { LocatedPatterns } from "../../settings/metric-settings.ts";
import { defaultOf, type RunSettings } from "../../settings/table.ts";

/** What the executor's settings are called on a command line. */
export const OPTION_WORDS: SettingWords = {
  time: "--trial-timeout",
  idle: "--idle-timeout",
  memory: "--memory-limit",
  pattern: (given) => (given === null ? "--metric-regex" : `--metric-regex ${quoteWord(given)}`),
};

/**
 * What the settings say of limits and resources, as the executor takes it.
 *
 * @throws AttuneError `invalid-argument` for GPUs that cannot be handed out so.
 */
export function executorSafety(
  settings: RunSettings,
  grace: number,
  environment: NodeJS.ProcessEnv,
): Partial<CommandExecutorOptions> {
  const { trialTimeout, idleTimeout, memoryLimit, nice, workers, logLimit } = settings;
  return {
    limits: { time: trialTimeout ?? null, idle: idleTimeout ?? null, memory: memoryLimit ?? null },
    graceMs: grace * 1000,
    gpus: gpuPlan(settings, environment),
    workers: workers ?? defaultOf("workers"),
    nice: nice ?? defaultOf("nice"),
    logLimit: logLimit ?? defaultOf("log-limit"),
    words: OPTION_WORDS,
  };
}

/** A sentence when the GPUs hold fewer trials than there are workers, or null. */
export function gpuNotice(settings: RunSettings, environment: NodeJS.ProcessEnv): string | null {
  const plan = gpuPlan(settings, environment);
  const workers = settings.workers ?? defaultOf("workers");
  if (plan === null) return null;
  const { capacity } = new GpuSlots(plan);
  if (capacity >= workers) return null;
  const hold = capacity === 1 ? "one trial" : `${capacity} trials`;
  const wait = workers - capacity === 1 ? "worker waits" : `${workers - capacity} workers wait`;
  return `GPUs ${plan.gpus.join(", ")} hold ${hold} at a time; the other ${wait} for one to be free.`;
}

function gpuPlan(settings: RunSettings, environment: NodeJS.ProcessEnv): GpuPlan | null {
  const { trialsPerGpu, gpusPerTrial } = settings;
  const visible = environment.CUDA_VISIBLE_DEVICES?.split(",").filter((gpu) => gpu.trim() !== "");
  if (settings.gpus === undefined && trialsPerGpu === undefined && gpusPerTrial === undefined) return null;
  const gpus = settings.gpus ?? visible;
  if (gpus === undefined || gpus.length === 0) {
    const message = "It is said how to share GPUs, but not which there are; name them: --gpus 0,1.";
    throw new AttuneError("invalid-argument", message);
  }
  const plan = {
    gpus,
    trialsPerGpu: trialsPerGpu ?? defaultOf("trials-per-gpu"),
    gpusPerTrial: gpusPerTrial ?? defaultOf("gpus-per-trial"),
  };
  return new GpuSlots(plan).plan;
}

/**
 * How metrics are read, as the executor takes it; what `limits` look at is kept besides.
 *
 * @throws AttuneError `invalid-argument` for settings that a later Attune made, or of one number for several objectives.
 */
export async function executorMetrics(
  kept: MetricSettings,
  metrics: readonly Metric[],
  limits: readonly string[] = [],
): Promise<MetricPlan> {
  readerVersionOf(kept);
  if (kept.lastNumber === true && metrics.length > 1) {
    const message = `The last number of the output is one value, and the study has ${metrics.length} objectives; let the program print each by its name.`;
    throw new AttuneError("invalid-argument", message);
  }
  const limited = compileLimits(limits).flatMap((limit) => limit.metrics);
  const others = limited.filter((name) => metrics.every((metric) => metric.name !== name));
  const keep = [...new Set([...(kept.keep ?? []), ...others])];
  const settings = keep.length === 0 ? kept : { ...kept, keep };
  const smaller = metrics.filter(({ direction }) => direction === "minimize").map(({ name }) => name);
  const sources = Object.entries(settings.patterns ?? {});
  if (sources.length === 0) return { settings, smaller: new Set(smaller), patterns: [] };
  const { compilePattern } = await import("../../compile-pattern.ts");
  const patterns = sources.map(([metric, source]) => compilePattern(metric, source));
  return { settings, smaller: new Set(smaller), patterns };
}

/**
 * Compiles the user's expressions, to tell what is wrong with them before anything is made. The engine is loaded only here.
 *
 * @throws AttuneError `invalid-argument` or `invalid-file`, with the place.
 */
export async function checkPatterns({ sources, setting }: LocatedPatterns): Promise<void> {
  const { compilePattern } = await import("../../compile-pattern.ts");
  for (const [metric, source] of Object.entries(sources)) {
    try {
      compilePattern(metric, source);
    } catch (error) {
      if (!(error instanceof AttuneError)) throw error;
      throw badSetting(setting, error.message);
    }
  }
}

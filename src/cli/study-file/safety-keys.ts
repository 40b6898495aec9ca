import type { KeyReader } from "./key-reader.ts";
import { badSetting, readCount, readDuration, readSize, type Setting } from "./setting.ts";

/** The keys that say what trials may use up and what they are given. */
export const SAFETY_KEYS = {
  "trial-timeout": (setting) => ({ trialTimeout: readLimit(setting) }),
  "idle-timeout": (setting) => ({ idleTimeout: readLimit(setting) }),
  "memory-limit": (setting) => ({ memoryLimit: readSize(setting, 1) }),
  gpus: (setting) => ({ gpus: readGpus(setting) }),
  "trials-per-gpu": (setting) => ({ trialsPerGpu: readCount(setting, 1) }),
  "gpus-per-trial": (setting) => ({ gpusPerTrial: readCount(setting, 1) }),
  "log-limit": (setting) => ({ logLimit: readSize(setting, 1) }),
  "min-free": (setting) => ({ minFree: readSize(setting, 0) }),
  nice: (setting) => ({ nice: readNice(setting) }),
} as const satisfies Readonly<Record<string, KeyReader>>;

function readLimit(setting: Setting): number {
  const seconds = readDuration(setting);
  if (seconds > 0) return seconds;
  throw badSetting(setting, "give a time above 0, or leave it out for no limit.");
}

/** `0,1` or a list; identifiers (`GPU-1a2b…`, `MIG-…`) as well as numbers. */
function readGpus(setting: Setting): readonly string[] {
  const { value } = setting;
  const items = Array.isArray(value) ? value.map(String) : String(value ?? "").split(",");
  const names = items.map((item) => item.trim());
  if (names.every((name) => /^[A-Za-z0-9][A-Za-z0-9:_/.-]*$/.test(name))) return names;
  throw badSetting(setting, "give the GPUs as CUDA_VISIBLE_DEVICES names them: 0,1 or GPU-1a2b3c4d.");
}

function readNice(setting: Setting): number {
  const nice = readCount(setting, 0);
  if (nice <= 19) return nice;
  throw badSetting(setting, "give a whole number from 0 to 19.");
}

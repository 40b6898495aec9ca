import { OptionReader } from "../../component/option-reader.ts";
import type { JsonValue } from "../../space/index.ts";

/** Options of sampler gp. */
export interface GpOptions {
  /** Trials before the first model; null: as many as the space needs. */
  readonly initial: number | null;
  /** Random configurations, and variations of the best trials, that the search for a proposal starts from; null: by effort. */
  readonly random: number | null;
  readonly mutations: number | null;
  /** How many of them are refined by gradient; null: by effort. */
  readonly climbs: number | null;
  /** Multiply-adds that a suggestion by the model may take; null for the usual work. */
  readonly operations: number | null;
  /** The time that the operations were made from, in the user's words. */
  readonly think: string | null;
}

/** Reads the options of sampler gp. Throws AttuneError `invalid-argument`. */
export function readGpOptions(options: Readonly<Record<string, JsonValue>>, owner = "sampler gp"): GpOptions {
  const reader = new OptionReader(owner, options);
  const initial = reader.count("initial", { low: 1, high: 1000 });
  const random = reader.count("random", { low: 1, high: 100_000 });
  const mutations = reader.count("mutations", { low: 0, high: 100_000 });
  const climbs = reader.count("climbs", { low: 0, high: 100 });
  const operations = reader.count("operations", { low: 1, high: Number.MAX_SAFE_INTEGER });
  const think = reader.text("think", "a time as text, such as 10ms, 50ms or 1s");
  reader.done();
  return { initial, random, mutations, climbs, operations, think };
}

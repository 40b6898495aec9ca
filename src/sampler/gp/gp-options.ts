import type { JsonValue } from "../../space/index.ts";
import { OptionReader } from "../option-reader.ts";

/** Options of sampler gp. */
export interface GpOptions {
  /** Trials before the first model; null: as many as the space needs. */
  readonly initial: number | null;
  /** Random configurations, and variations of the best trials, that the search for a proposal starts from. */
  readonly random: number;
  readonly mutations: number;
  /** How many of them are refined by gradient. */
  readonly climbs: number;
}

/** Reads the options of sampler gp. Throws AttuneError `invalid-argument`. */
export function readGpOptions(options: Readonly<Record<string, JsonValue>>, owner = "sampler gp"): GpOptions {
  const reader = new OptionReader(owner, options);
  const initial = reader.integer("initial", { default: 0, low: 1, high: 1000 });
  const random = reader.integer("random", { default: 300, low: 1, high: 100_000 });
  const mutations = reader.integer("mutations", { default: 200, low: 0, high: 100_000 });
  const climbs = reader.integer("climbs", { default: 4, low: 0, high: 100 });
  reader.done();
  return { initial: initial === 0 ? null : initial, random, mutations, climbs };
}

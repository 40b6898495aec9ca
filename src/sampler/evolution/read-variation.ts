import type { OptionReader } from "../../component/option-reader.ts";
import type { EvolutionOptions } from "./evolution.ts";

/** The options that evolutionary samplers share; `size` is the population's. */
export function readVariation(reader: OptionReader, size: number): EvolutionOptions {
  return {
    initial: reader.integer("initial", { default: Math.min(size, 20), low: 2, high: 1_000_000 }),
    crossover: reader.number("crossover", { default: 0.9, low: 0, high: 1 }),
    crossoverIndex: reader.number("crossoverIndex", { default: 5, low: 0, high: 1000 }),
    mutationIndex: reader.number("mutationIndex", { default: 10, low: 0, high: 1000 }),
  };
}

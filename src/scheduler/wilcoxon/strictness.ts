import type { OptionReader } from "../../component/option-reader.ts";

/** What is given; null where it follows from the number of parts. */
export interface WilcoxonOptions {
  readonly level: number | null;
  readonly startup: number | null;
}

/** How surely a trial has to be worse, and on how many parts at least. */
export interface Strictness {
  readonly level: number;
  readonly startup: number;
}

/** By the number of parts up to which they hold, the usual ones last: after so few parts the test cannot come below a half, a quarter, an eighth and so on. */
const USUAL = [
  { upTo: 5, level: 0.13, startup: 3 },
  { upTo: 7, level: 0.07, startup: 4 },
  { upTo: Number.POSITIVE_INFINITY, level: 0.05, startup: 5 },
] as const;

export function readStrictness(reader: OptionReader): WilcoxonOptions {
  const level = reader.number("level", { default: Number.NaN, low: Number.MIN_VALUE, high: 0.5 });
  const startup = reader.count("startup", { low: 2, high: Number.MAX_SAFE_INTEGER });
  return { level: Number.isNaN(level) ? null : level, startup };
}

/** For trials that are measured on so many parts. */
export function strictnessAt({ level, startup }: WilcoxonOptions, parts: number): Strictness {
  const usual = USUAL.find(({ upTo }) => parts <= upTo)!;
  return { level: level ?? usual.level, startup: startup ?? usual.startup };
}

/** After how many parts of so many a trial that is worse on each of them is stopped, null where not before its end. */
export function earliestStop(options: WilcoxonOptions, parts: number): number | null {
  const { level, startup } = strictnessAt(options, parts);
  let least = 1;
  let chance = 0.5;
  while (!(chance < level) && least < parts) {
    least += 1;
    chance /= 2;
  }
  const earliest = Math.max(least, startup);
  return earliest < parts && chance < level ? earliest : null;
}

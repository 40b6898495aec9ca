import type { Outlook } from "../outlook.ts";
import { formatNumber } from "./format-number.ts";

/** What going on is worth, in a sentence without an end. */
export function outlookWords({ more, best, expected, low, high, chance }: Outlook): string {
  const range = `${formatNumber(low, 4)} to ${formatNumber(high, 4)} with 95 %`;
  const nothing = Math.round(100 * (1 - chance));
  const odds = nothing < 1 ? "" : `; the chance that nothing better comes is ${nothing} %`;
  return `${more} more trials, half as many again, are expected to bring the best from ${formatNumber(best, 4)} to ${formatNumber(expected, 4)} (${range})${odds}`;
}

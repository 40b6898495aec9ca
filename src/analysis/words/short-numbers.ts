import { formatNumber } from "./format-number.ts";

/** A fraction with more than six digits behind its point. */
const LONG = /(?<![\w.])-?\d+\.\d{7,}(?:e[+-]?\d+)?(?![\w.]*\w)/g;

/** A sentence that was kept with its numbers in full, with them as they are shown elsewhere: of six significant digits. */
export function shortNumbers(text: string): string {
  return text.replace(LONG, (number) => formatNumber(Number(number)));
}

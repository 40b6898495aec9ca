const UNITS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, min: 60, h: 3600, d: 86400 };

/**
 * Reads a time in seconds: plain seconds (`90`, `0.5`) or with units (`30s`, `10m`, `2h`, `1h30m`, `1d`).
 * Answers null for anything else, also for a negative or unbounded one.
 */
export function parseDuration(text: string): number | null {
  const trimmed = text.trim();
  if (/^(?:\d+(?:\.\d*)?|\.\d+)$/.test(trimmed)) return Number(trimmed);
  if (!/^(?:(?:\d+(?:\.\d*)?|\.\d+)\s*(?:ms|s|min|m|h|d)\s*)+$/.test(trimmed)) return null;
  let seconds = 0;
  for (const [, amount, unit] of trimmed.matchAll(/(\d+(?:\.\d*)?|\.\d+)\s*(ms|s|min|m|h|d)/g)) {
    seconds += Number(amount) * UNITS[unit ?? "s"]!;
  }
  return seconds;
}

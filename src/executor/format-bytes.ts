const UNITS = ["B", "kB", "MB", "GB", "TB"] as const;

/** A size in decimal units with three digits at most: `512 B`, `3.2 GB`. */
export function formatBytes(bytes: number): string {
  let size = bytes;
  let unit = 0;
  while (size >= 999.5 && unit < UNITS.length - 1) {
    size /= 1000;
    unit++;
  }
  return `${Number(size.toPrecision(3))} ${UNITS[unit]}`;
}

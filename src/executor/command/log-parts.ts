import { readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { orIfRefused } from "../or-if-refused.ts";

/** A log as it is kept: the newest part is the file itself, older ones are `FILE.1`, `FILE.2`, …, the oldest of which are dropped. */
export interface LogParts {
  /** Paths of what is kept, oldest first. */
  readonly files: readonly string[];
  /** Whether parts before these were dropped. */
  readonly cut: boolean;
}

/** The parts there are of a log; none when nothing was printed. */
export function logParts(path: string): LogParts {
  const name = basename(path);
  const older = namesIn(dirname(path))
    .filter((file) => file.startsWith(`${name}.`) && /^\d+$/.test(file.slice(name.length + 1)))
    .map((file) => Number(file.slice(name.length + 1)))
    .sort((a, b) => a - b);
  const newest = namesIn(dirname(path)).includes(name) ? [path] : [];
  const files = [...older.map((number) => join(dirname(path), `${name}.${number}`)), ...newest];
  return { files, cut: (older[0] ?? 1) > 1 };
}

function namesIn(folder: string): readonly string[] {
  return orIfRefused(
    () => readdirSync(folder),
    () => [],
    ["ENOENT"],
  );
}

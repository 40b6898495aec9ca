import { existsSync } from "node:fs";
import path from "node:path";
// @ts-expect-error plain JavaScript without types
import { isBuildFresh } from "../../scripts/freshness.mjs";

const root = path.join(import.meta.dirname, "..", "..");

/** Words that start the built command line, as an installed `attune` would. Refuses a build older than the sources. */
export function attuneCommand(): readonly string[] {
  const file = path.join(root, "bin", "attune.cjs");
  if (existsSync(path.join(root, "dist")) && isBuildFresh(root)) return [process.execPath, file];
  if (process.env.BENCH_ANY_BUILD === "1") return [process.execPath, file];
  throw new Error("dist/ is missing or older than the sources: npm run build (or set BENCH_ANY_BUILD=1).");
}

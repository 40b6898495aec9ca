import { AttuneError } from "../../../src/errors.ts";
import type { Suite } from "../suite.ts";
import { RunFile } from "./run-file.ts";
import type { RunRecord } from "./run-record.ts";

/** The runs of a suite's tasks in these files. Throws AttuneError `invalid-argument` where there is none. */
export function readRuns(suite: Suite, files: readonly string[]): readonly RunRecord[] {
  if (files.length === 0) throw new AttuneError("invalid-argument", "name at least one file of runs");
  const key = ({ scenario, instance }: Pick<RunRecord, "scenario" | "instance">) => `${scenario}/${instance}`;
  const wanted = new Set(suite.tasks().map(key));
  const runs = files.flatMap((file) => RunFile.read(file).records).filter((run) => wanted.has(key(run)));
  if (runs.length > 0) return runs;
  throw new AttuneError("invalid-argument", `there is no run of suite ${suite.name} in ${files.join(", ")}`);
}

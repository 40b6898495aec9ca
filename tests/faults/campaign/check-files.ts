import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { ownersOf } from "./check-attempt.ts";
import { attemptKey, readJournal } from "./journal.ts";
import { type Problem, problem } from "./problem.ts";
import type { Stage } from "./stage.ts";
import { readStudyRows } from "./study-rows.ts";

/** What a storage at rest may have beside it. */
const BESIDE = /^(attune\.db|attune\.db\.files|work)$/;
const TRIAL_FILE = /^attempt-(\d+)\.(log(?:\.\d+)?|checkpoint)$/;

/** The third signal ends a tuner as it stands. */
const AS_IT_STANDS = 3;

/** What is left in the folders once nothing runs. `after`: `gc` has been there too. */
export function* fileProblems(stage: Stage, after: "run" | "gc"): Iterable<Problem> {
  for (const name of readdirSync(stage.disk))
    if (!BESIDE.test(name)) yield problem("left", `${name} stays beside the storage`);
  for (const name of readdirSync(stage.temporary))
    yield problem("left", `${name} stays in the folder for temporary files`);
  const { id, trials } = readStudyRows(stage.storage);
  const owners = ownersOf(stage.tuners);
  const files = path.join(`${stage.storage}.files`, id);
  if (!existsSync(files)) return;
  const orders = new Set(
    readJournal(stage.journal)
      .filter(({ what }) => what === "order")
      .map(attemptKey),
  );
  for (const folder of readdirSync(files)) {
    const trial = trials.get(Number(folder.replace("trial-", "")));
    for (const name of readdirSync(path.join(files, folder))) {
      const [, number, kind] = TRIAL_FILE.exec(name) ?? /^attempt-(\d+)/.exec(name) ?? [];
      const row = trial?.attempts[Number(number)];
      const kept = row?.checkpoint?.endsWith(`${folder}/${name}`);
      if (row !== undefined && kind !== undefined && (kind !== "checkpoint" || kept)) continue;
      // Whoever was killed, or ended as it stood, could remove nothing: the next attempt or `gc` does.
      const owner = row?.owner == null ? undefined : owners.get(row.owner);
      const excused = owner !== undefined && (owner.killedAt.length > 0 || owner.signals >= AS_IT_STANDS);
      if (after === "run" && (excused || (row !== undefined && orders.has(attemptKey(row))))) continue;
      yield problem(
        "left",
        `${folder}/${name} stays${after === "gc" ? " after gc" : ""} (${row?.outcome ?? "no such attempt"})`,
      );
    }
  }
  // Where room is short, what no trial goes on from is removed, and what paused ones would is given up.
  for (const [number, { attempts, state }] of trials)
    for (const { checkpoint, attempt } of attempts.slice(-1))
      if (
        (state === null || state === "complete") &&
        after === "run" &&
        checkpoint !== null &&
        !existsSync(checkpoint) &&
        !orders.has(attemptKey({ trial: number, attempt }))
      )
        yield problem("lost", `the checkpoint of ${number}.${attempt} is gone`);
}

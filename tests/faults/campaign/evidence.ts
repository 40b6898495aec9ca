import { copyFileSync, cpSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Stage } from "./stage.ts";

/** Copies what a problem can be understood by into a folder: the storage, the journal, and what each tuner printed. */
export function keepEvidence(stage: Stage, folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const suffix of ["", "-wal", "-shm"]) {
    const file = `${stage.storage}${suffix}`;
    if (existsSync(file)) copyFileSync(file, path.join(folder, `attune.db${suffix}`));
  }
  if (existsSync(stage.journal)) copyFileSync(stage.journal, path.join(folder, "journal"));
  cpSync(`${stage.orders}.taken`, path.join(folder, "orders"), { recursive: true });
  for (const { place, pid, output, ended, killedAt, askedAt } of stage.tuners) {
    const head = `${JSON.stringify({ place, pid, code: ended?.code, signal: ended?.signal, killedAt, askedAt })}\n`;
    writeFileSync(path.join(folder, `tuner-${place}.txt`), head + output);
  }
}

import { logParts } from "../../executor/command/log-parts.ts";
import { readPlainFile } from "../../protocol/read-plain-file.ts";
import type { Study } from "../../study/index.ts";
import type { Attempt, Trial } from "../../trial/trial.ts";
import { logFile } from "../trial-files.ts";
import { GrowingFile } from "./growing-file.ts";

const POLL_MS = 200;
const FINISHED = new Set(["complete", "pruned", "failed"]);

/**
 * Hands on what a trial's attempts print, from the beginning and as it comes, until the trial has ended. `begin` is told of each
 * attempt after the first.
 */
export async function followLog(
  study: Study,
  number: number,
  write: (bytes: Uint8Array) => Promise<void>,
  begin: (attempt: number) => Promise<void>,
): Promise<void> {
  for (let index = 0; ; index++) {
    while (attemptsOf(study.trial(number)).length <= index) {
      if (FINISHED.has(study.trial(number).state)) return;
      await pause(study);
    }
    if (index > 0) await begin(index);
    await followAttempt(study, number, index, write);
  }
}

async function followAttempt(
  study: Study,
  number: number,
  index: number,
  write: (bytes: Uint8Array) => Promise<void>,
): Promise<void> {
  const path = logFile(study.location, study.id, number, index);
  // Parts that were full before (--log-limit); the newest is followed.
  for (const older of logParts(path).files) if (older !== path) await write(readPlainFile(older));
  const file = new GrowingFile(path);
  try {
    for (;;) {
      // Looked at before reading: what was printed before the end is then read to the last byte.
      const ended = attemptsOf(study.trial(number))[index]!.endedAt !== null;
      for (let bytes = await file.read(); bytes !== null; bytes = await file.read()) await write(bytes);
      if (ended) return;
      await pause(study);
    }
  } finally {
    await file.close();
  }
}

function attemptsOf({ segments }: Trial): readonly Attempt[] {
  return segments.flatMap(({ attempts }) => attempts);
}

async function pause(study: Study): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  await study.refresh();
}

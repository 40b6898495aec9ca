import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Attempt, Trial } from "../../src/trial/trial.ts";

/** Epochs of a study's trials, as their logs tell them. */
export interface EpochsRun {
  readonly all: number;
  /** Told more than once of their trial. */
  readonly again: number;
  /** Of these, the ones of trials that lost an attempt, or a program that stood still in memory. */
  readonly explained: number;
}

/** Counts the epochs that the logs in a study's folder tell, `epoch 3/27` a line, and looks for a reason in the record where some were run again. */
export function epochsRun(folder: string, trials: readonly Trial[]): EpochsRun {
  const sum = { all: 0, again: 0, explained: 0 };
  for (const trial of trials) {
    const epochs = epochsOf(path.join(folder, `trial-${trial.number}`));
    const again = epochs.length - new Set(epochs).size;
    sum.all += epochs.length;
    sum.again += again;
    if (trial.segments.some(({ attempts }) => attempts.some(isReason))) sum.explained += again;
  }
  return sum;
}

function isReason({ outcome, frozen, missing }: Attempt): boolean {
  return outcome === "lost" || outcome === "preempted" || (frozen?.givenUp ?? null) !== null || missing !== undefined;
}

function epochsOf(folder: string): readonly string[] {
  const logs = readdirSync(folder).filter((name) => name.endsWith(".log"));
  return logs.flatMap((name) =>
    [...readFileSync(path.join(folder, name), "utf8").matchAll(/^epoch (\d+)\//gm)].map(([, epoch]) => epoch!),
  );
}

import { type Candidate, defaultParams, type Winner } from "../../analysis/index.ts";
import { isVisible } from "../../objective/index.ts";
import type { Study } from "../../study/index.ts";
import { replicateSeed } from "../../study/replicate-seed.ts";

/** The configurations to run again: winner, runner-up and defaults, each once. The defaults are tried first where they never were. */
export async function confirmationCandidates(study: Study, winner: Winner): Promise<readonly Candidate[]> {
  const candidates: Candidate[] = [{ role: "winner", number: winner.number }];
  if (winner.runnerUp !== null) candidates.push({ role: "runner-up", number: winner.runnerUp.number });
  const tried = winner.default?.number ?? null;
  if (tried !== null) {
    if (candidates.every(({ number }) => number !== tried)) candidates.push({ role: "default", number: tried });
  } else {
    const defaults = defaultParams(study.space);
    if (defaults !== null) candidates.push({ role: "default", number: await study.enqueue(defaults) });
  }
  return candidates;
}

/** Queues what is missing to `count` fresh runs of each candidate; those of earlier confirmations count. Answers how many. */
export async function queueReplicates(study: Study, candidates: readonly Candidate[], count: number): Promise<number> {
  const known = candidates.map(({ number }) => replicatesOf(study, number));
  let queued = 0;
  // Index by index, so that a confirmation that is cut short has compared all of them on the same seeds.
  for (let index = 1; index <= count; index++) {
    for (const [place, { number }] of candidates.entries()) {
      if (known[place]!.has(index)) continue;
      await study.replicate(number, index, replicateSeed(study.seed, index));
      queued += 1;
    }
  }
  return queued;
}

function replicatesOf(study: Study, number: number): ReadonlySet<number | undefined> {
  const { configuration } = study.trial(number);
  const own = study.trials().filter((trial) => trial.configuration === configuration && isVisible(trial));
  return new Set(own.map(({ replicate }) => replicate?.index));
}

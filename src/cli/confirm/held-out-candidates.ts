import { defaultParams, type HeldOutCandidate, type StudyReport, type Winner } from "../../analysis/index.ts";
import { readCommandTemplate } from "../../protocol/index.ts";
import { withDerived } from "../../space/index.ts";
import type { Study } from "../../study/index.ts";
import { trialSeed } from "../../study/run-job.ts";
import { decodeNumber } from "../../trial/encoded-number.ts";
import type { CommandTemplate } from "../../trial/study-definition.ts";

/** A configuration with the seed its program gets: the one that its trial had. */
export interface SeededCandidate extends HeldOutCandidate {
  readonly seed: number;
}

/** The configurations to be judged on held-out data, the winner first, and sentences about those that cannot be. */
export interface HeldOutCandidates {
  readonly candidates: readonly SeededCandidate[];
  readonly left: readonly string[];
}

/** Winner, runner-up and defaults, each once. */
export function heldOutCandidates(
  study: Study,
  winner: Winner,
  { defaultTrial }: StudyReport,
  command: CommandTemplate,
): HeldOutCandidates {
  const [metric] = study.metrics;
  const { runnerUp } = winner;
  const candidates = [seeded(study, "winner", winner.number, decodeNumber(winner.values[metric!.name]!))];
  if (runnerUp !== null) candidates.push(seeded(study, "runner-up", runnerUp.number, runnerUp.value));
  const tried = winner.default;
  if (tried !== null) {
    const known = candidates.find(({ trial }) => trial === tried.number);
    if (known !== undefined) return { candidates, left: [`The defaults are the ${known.role}.`] };
    return { candidates: [...candidates, seeded(study, "default", tried.number, tried.value)], left: [] };
  }
  const defaults = defaultParams(study.space);
  if (defaults === null) return { candidates, left: [] };
  if (defaultTrial?.state === "failed")
    return { candidates, left: [`The defaults failed in trial ${defaultTrial.number} and are not run.`] };
  if (readCommandTemplate(command).uses.includes("trial"))
    return {
      candidates,
      left: ["The defaults have no finished trial, so there is no ${trial} to put into the command."],
    };
  const params = withDerived(study.space, defaults);
  const untried = { role: "default", trial: null, params, seen: null, seed: trialSeed(study.seed, 0) } as const;
  return { candidates: [...candidates, untried], left: [] };
}

function seeded(study: Study, role: SeededCandidate["role"], trial: number, seen: number): SeededCandidate {
  const { replicate } = study.trial(trial);
  const seed = replicate?.seed ?? trialSeed(study.seed, trial);
  return { role, trial, params: study.programParams(trial), seen, seed };
}

import type { HeldOutPoint, Winner } from "../../../analysis/index.ts";
import { groupReplicates } from "../../../objective/index.ts";
import { readCommandTemplate } from "../../../protocol/index.ts";
import { defaultParams, withDerived } from "../../../space/index.ts";
import type { Params } from "../../../space/json.ts";
import { frontRivals, triedDefaults } from "../../../study/front-confirmation-runs.ts";
import type { Study } from "../../../study/index.ts";
import { trialSeed } from "../../../study/run-job.ts";
import { decodeNumber } from "../../../trial/encoded-number.ts";
import type { CommandTemplate } from "../../../trial/study-definition.ts";
import { roleWords } from "../../render/words.ts";

/** A configuration with the seed its program gets: the one that its trial had. */
export interface SeededCandidate extends HeldOutPoint {
  readonly seed: number;
}

/** The configurations to be judged on held-out data, the winner or chosen point first, and sentences about those that cannot be. */
interface HeldOutCandidates {
  readonly candidates: readonly SeededCandidate[];
  readonly left: readonly string[];
}

/** Winner, runner-up and defaults, each once. */
export function heldOutCandidates(study: Study, winner: Winner, command: CommandTemplate): HeldOutCandidates {
  const { name } = study.metrics[0]!;
  const { runnerUp, default: tried } = winner;
  const own = (role: SeededCandidate["role"], number: number, value: number): SeededCandidate =>
    seeded(study, role, number, { [name]: value });
  const candidates = [own("winner", winner.number, decodeNumber(winner.values[name]!))];
  if (runnerUp !== null) candidates.push(own("runner-up", runnerUp.number, runnerUp.value));
  if (tried !== null) {
    const known = candidates.find(({ trial }) => trial === tried.number);
    if (known !== undefined) return { candidates, left: [`The defaults are ${roleWords(known.role)}.`] };
    return { candidates: [...candidates, own("default", tried.number, tried.value)], left: [] };
  }
  const defaults = defaultParams(study.space);
  return defaults === null ? { candidates, left: [] } : withUntried(study, candidates, defaults, command);
}

/** The chosen point of a front, its neighbours and the defaults, each once. */
export function heldOutPoints(study: Study, chosen: number, command: CommandTemplate): HeldOutCandidates {
  const { points, defaults } = frontRivals(study, chosen);
  const groups = groupReplicates(study.views(), study.metrics);
  const own = (role: SeededCandidate["role"], number: number): SeededCandidate => {
    const { configuration } = study.trial(number);
    return seeded(study, role, number, groups.find((group) => group.configuration === configuration)?.means ?? null);
  };
  const candidates = points.map(({ role, number }) => own(role, number));
  if (defaults === null) return { candidates, left: [] };
  if (defaults.of !== null) {
    const { role, number } = defaults.of;
    return {
      candidates,
      left: [`The defaults are ${role === "chosen" ? roleWords(role) : `its neighbour, trial ${number}`}.`],
    };
  }
  const tried = triedDefaults(study, defaults.params);
  if (tried !== null && study.trial(tried).state === "complete")
    return { candidates: [...candidates, own("default", tried)], left: [] };
  return withUntried(study, candidates, defaults.params, command);
}

/** The defaults without a result, where they can be run all the same. */
function withUntried(
  study: Study,
  candidates: readonly SeededCandidate[],
  defaults: Params,
  command: CommandTemplate,
): HeldOutCandidates {
  const { defaultTrial } = study.summary();
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

function seeded(
  study: Study,
  role: SeededCandidate["role"],
  trial: number,
  seen: SeededCandidate["seen"],
): SeededCandidate {
  const { replicate } = study.trial(trial);
  const seed = replicate?.seed ?? trialSeed(study.seed, trial);
  return { role, trial, params: study.programParams(trial), seen, seed };
}

import type { Candidate, Winner } from "../analysis/index.ts";
import { Configurations, compileLimits, isVisible, rankConfigurations } from "../objective/index.ts";
import { defaultParams } from "../space/index.ts";
import type { Params } from "../space/json.ts";
import { jsonEqual } from "../space/json-equal.ts";
import { triedDefaults } from "./front-confirmation-runs.ts";
import { replicateSeed } from "./replicate-seed.ts";
import type { Study } from "./study.ts";

/**
 * The configurations to run again, each once by what another run of it would be given now: winner, runner-up, a better one that was
 * not confirmed, the defaults. The defaults are tried first where they never were.
 */
export async function planConfirmation(study: Study, winner: Winner): Promise<readonly Candidate[]> {
  const candidates: Candidate[] = [{ role: "winner", number: winner.number }];
  const taken: Params[] = [study.again(winner.number).params];
  const isTaken = (params: Params): boolean => taken.some((other) => jsonEqual(other, params));
  const add = (role: Candidate["role"], number: number): void => {
    candidates.push({ role, number });
    taken.push(study.again(number).params);
  };
  const limits = compileLimits(study.settings.limits);
  const ranking = rankConfigurations(Configurations.of(study.list(), study.metrics), study.metrics[0]!, limits);
  const configurations = ranking.configurations.filter((group) => ranking.standing(group).feasible);
  const isNew = (number: number): boolean => !isTaken(study.again(number).params);
  const better = winner.candidate?.number;
  const next = configurations.find(({ first: { number } }) => number !== better && isNew(number));
  if (next !== undefined) add("runner-up", next.first.number);
  if (better !== undefined && isNew(better)) add("candidate", better);
  const defaults = defaultParams(study.space);
  if (defaults !== null && !isTaken(defaults))
    add("default", defaultsTrial(study, winner, defaults) ?? (await study.enqueue(defaults)));
  return candidates;
}

/** A trial of the defaults, or one that counts as them; rather one with a value. */
function defaultsTrial(study: Study, winner: Winner, defaults: Params): number | null {
  if (winner.default !== null) return winner.default.number;
  return triedDefaults(study, defaults);
}

/**
 * Queues what is missing to `count` fresh runs of each candidate; those of earlier confirmations count. Answers the candidates by a
 * trial of the configuration that these runs are of: another one where the space changed what the candidate's program is given.
 */
export async function queueReplicates<R extends string>(
  study: Study,
  candidates: readonly Candidate<R>[],
  count: number,
): Promise<readonly Candidate<R>[]> {
  const numbers = candidates.map(({ number }) => study.again(number).configuration);
  const known = numbers.map((number) => replicatesOf(study, number));
  // Index by index, so that a confirmation that is cut short has compared all of them on the same seeds.
  for (let index = 1; index <= count; index++) {
    for (const [place, { number }] of candidates.entries()) {
      if (known[place]!.has(index)) continue;
      const added = await study.replicate(numbers[place] ?? number, index, replicateSeed(study.seed, index));
      numbers[place] ??= study.trial(added).configuration;
    }
  }
  return candidates.map((candidate, place) => {
    const of = numbers[place] ?? null;
    return of === null || of === study.trial(candidate.number).configuration ? candidate : { ...candidate, number: of };
  });
}

function replicatesOf(study: Study, configuration: number | null): ReadonlySet<number | undefined> {
  const own = study.views().filter((trial) => trial.configuration === configuration && isVisible(trial));
  return new Set(own.map(({ replicate }) => replicate?.index));
}

import type { FrontCandidate } from "../analysis/index.ts";
import { frontNeighbours, isVisible } from "../objective/index.ts";
import { defaultParams } from "../space/index.ts";
import type { Params } from "../space/json.ts";
import { jsonEqual } from "../space/json-equal.ts";
import type { Trial } from "../trial/trial.ts";
import type { Study } from "./study.ts";

/**
 * The points of a front to run again, each once by what another run of it would be given now: the chosen one, its nearest neighbour on each side, the
 * defaults. The defaults are tried first where they never were.
 */
export async function planFrontConfirmation(study: Study, chosen: number): Promise<readonly FrontCandidate[]> {
  const { metrics } = study;
  const { front } = study.summary();
  const candidates: FrontCandidate[] = [{ role: "chosen", number: chosen }];
  const taken: Params[] = [study.again(chosen).params];
  const isTaken = (params: Params): boolean => taken.some((other) => jsonEqual(other, params));
  const points = front.map(({ values }) => metrics.map(({ name }) => values[name]!));
  const own = front.findIndex(({ number }) => number === chosen);
  for (const place of frontNeighbours(own, points, metrics)) {
    const { number } = front[place]!;
    const { params } = study.again(number);
    if (isTaken(params)) continue;
    candidates.push({ role: "neighbour", number });
    taken.push(params);
  }
  const defaults = defaultParams(study.space);
  if (defaults !== null && !isTaken(defaults))
    candidates.push({ role: "default", number: triedDefaults(study, defaults) ?? (await study.enqueue(defaults)) });
  return candidates;
}

/** A trial of the defaults, or one that counts as them; rather one with values. */
export function triedDefaults(study: Study, defaults: Params): number | null {
  const counts = ({ number }: Trial): boolean => jsonEqual(study.again(number).params, defaults);
  const found = study.views().filter((trial) => isVisible(trial) && counts(trial));
  return (found.find(({ state }) => state === "complete") ?? found[0])?.number ?? null;
}

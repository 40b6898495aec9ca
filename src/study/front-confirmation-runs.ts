import type { FrontCandidate } from "../analysis/index.ts";
import { frontNeighbours, isVisible } from "../objective/index.ts";
import { defaultParams } from "../space/index.ts";
import type { Params } from "../space/json.ts";
import { jsonEqual } from "../space/json-equal.ts";
import type { Trial } from "../trial/trial.ts";
import type { Study } from "./study.ts";

/** The points of a front that a chosen one is compared with. */
export interface FrontRivals {
  /** The chosen one, then its nearest neighbour on each side, each once by what another run of it would be given now. */
  readonly points: readonly FrontCandidate[];
  /** The defaults, and which of the points has them; null where a parameter has none. */
  readonly defaults: { readonly params: Params; readonly of: FrontCandidate | null } | null;
}

/** The points of a front to run again beside a chosen one; nothing is queued. */
export function frontRivals(study: Study, chosen: number): FrontRivals {
  const { metrics } = study;
  const { front } = study.summary();
  const points: { readonly candidate: FrontCandidate; readonly params: Params }[] = [];
  const holderOf = (params: Params) => points.find((other) => jsonEqual(other.params, params))?.candidate ?? null;
  const add = (candidate: FrontCandidate): void => {
    const { params } = study.again(candidate.number);
    if (holderOf(params) === null) points.push({ candidate, params });
  };
  add({ role: "chosen", number: chosen });
  const values = front.map((point) => metrics.map(({ name }) => point.values[name]!));
  const own = front.findIndex(({ number }) => number === chosen);
  for (const place of frontNeighbours(own, values, metrics)) add({ role: "neighbour", number: front[place]!.number });
  const params = defaultParams(study.space);
  const defaults = params === null ? null : { params, of: holderOf(params) };
  return { points: points.map(({ candidate }) => candidate), defaults };
}

/** The points of a front to run again and the defaults, which are tried first where they never were. */
export async function planFrontConfirmation(study: Study, chosen: number): Promise<readonly FrontCandidate[]> {
  const { points, defaults } = frontRivals(study, chosen);
  if (defaults === null || defaults.of !== null) return points;
  const number = triedDefaults(study, defaults.params) ?? (await study.enqueue(defaults.params));
  return [...points, { role: "default", number }];
}

/** A trial of the defaults, or one that counts as them; rather one with values. */
export function triedDefaults(study: Study, defaults: Params): number | null {
  const counts = ({ number }: Trial): boolean => jsonEqual(study.again(number).params, defaults);
  const found = study.views().filter((trial) => isVisible(trial) && counts(trial));
  return (found.find(({ state }) => state === "complete") ?? found[0])?.number ?? null;
}

import { keyedStreams } from "../../numeric/random/keyed-streams.ts";
import { float } from "../../space/builders.ts";
import { defineSpace } from "../../space/define-space.ts";
import type { Space } from "../../space/space.ts";
import type { Sampler, SuggestRequest } from "../sampler.ts";
import { type FinishedRow, makeView } from "./make-view.testing.ts";

const METRICS = [{ name: "loss", direction: "minimize" }] as const;
const BOTH = defineSpace({ x: float(0, 1), y: float(0, 1) });
const ALONE = defineSpace({ y: float(0, 1) });

function requestIn(space: Space, seed: number, number: number): SuggestRequest {
  const streams = (trial: number) => keyedStreams(seed, trial);
  return { space, metrics: METRICS, seed, number, index: number, streams, remaining: null, inputs: {} };
}

/**
 * Where the best y is x: how far, on average over seeds, the y that a sampler suggests is from an x that stands already, when it is
 * told x and when it is asked for y alone.
 */
export function distancesFromBest(make: (space: Space) => Sampler, seeds: number, trials: number) {
  let given = 0;
  let alone = 0;
  for (let seed = 0; seed < seeds; seed++) {
    const stream = keyedStreams(seed).stream("matching");
    const rows = Array.from({ length: trials }, (_, trial): FinishedRow => {
      const [x, y] = [stream.float(), stream.float()];
      const values = [Math.abs(x - y)];
      return { trial, params: { x, y }, state: "complete", outcome: "ok", segment: 0, step: Number.NaN, values };
    });
    const x = stream.float();
    const viewIn = (space: Space) => makeView({ space, metrics: METRICS, rows, pending: [], revision: trials + 1 });
    const told = make(BOTH).suggestGiven!(viewIn(BOTH), requestIn(BOTH, seed, trials), { x }).params.y as number;
    const [untold] = make(ALONE).suggest(viewIn(ALONE), requestIn(ALONE, seed, trials), 1);
    given += Math.abs(told - x) / seeds;
    alone += Math.abs((untold!.params.y as number) - x) / seeds;
  }
  return { given, alone };
}

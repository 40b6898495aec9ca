import { describe, expect, it } from "vitest";
import { keyedStreams } from "../../numeric/random/keyed-streams.ts";
import { choice, float, int } from "../../space/builders.ts";
import { defineSpace } from "../../space/define-space.ts";
import { createSampler } from "../registry.ts";
import { samplerContract } from "../sampler.contract.ts";
import { makeView } from "../testing/make-view.testing.ts";

samplerContract("random", {
  objectives: "many",
  limits: true,
  make: (space) => createSampler({ name: "random", options: {} }, space),
});

describe("random", () => {
  it("gives a trial the same values whatever else is in the space", () => {
    const metrics = [{ name: "loss", direction: "minimize" }] as const;
    const draw = (space: ReturnType<typeof defineSpace>, number: number) => {
      const view = makeView({ space, metrics, rows: [], pending: [], revision: 1 });
      const streams = (trial: number) => keyedStreams(3, trial);
      const request = { space, metrics, seed: 3, number, index: number, streams, remaining: null, inputs: {} };
      return createSampler({ name: "random", options: {} }, space).suggest(view, request, 1)[0]!.params;
    };
    const small = defineSpace({ lr: float(1e-5, 1, { log: true }), layers: int(1, 6) });
    const large = defineSpace({
      optimizer: choice(["adam", "sgd"]),
      lr: float(1e-5, 1, { log: true }),
      layers: int(1, 6),
    });
    for (let number = 0; number < 20; number++) expect(draw(large, number)).toMatchObject(draw(small, number));
    expect(draw(small, 0)).not.toEqual(draw(small, 1));
  });
});

import { describe, expect, it } from "vitest";
import { samplerNames } from "../sampler/registry.ts";
import { boolean, choice, float, int } from "../space/index.ts";
import { createStudy } from "./create-study.ts";

const space = {
  lr: float(1e-4, 1, { log: true, default: 0.03 }),
  layers: int(1, 5),
  kind: choice(["a", "b"], { default: "b" }),
  amp: boolean(),
  momentum: float(0, 1, { default: 0.9, when: { kind: "b" } }),
};
const start = { lr: 0.03, layers: 3, kind: "b", amp: false, momentum: 0.9 };

describe.each(samplerNames().filter((name) => name !== "grid" && name !== "program"))(
  "a study sampled by %s",
  (sampler) => {
    it("tries the defaults first, the middle where there is none, and nothing twice; and replays", async () => {
      const study = await createStudy({ name: "s", minimize: "loss", space, sampler, seed: 5 });
      await study.optimize(({ params }) => params.lr, { trials: 8, workers: 3 });
      const tried = study.trials().map(({ params }) => params);
      expect(tried[0]).toEqual(start);
      expect(new Set(tried.map((params) => JSON.stringify(params))).size).toBe(8);
      expect((await study.replay()).differences).toEqual([]);
    });

    it("begins in its own way where no parameter has a default", async () => {
      const without = { x: float(0, 1), n: int(1, 5) };
      const study = await createStudy({ name: "s", minimize: "loss", space: without, sampler, seed: 5 });
      expect((await study.ask()).number).toBe(0);
      expect(study.trials().map(({ origin }) => origin)).toEqual(["sampler"]);
    });
  },
);

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeView, type ViewParts } from "../../sampler/testing/make-view.testing.ts";
import { defineSpace, float, spaceToJson } from "../../space/index.ts";
import { History } from "../history.ts";
import { ALL_COMMANDS, draws } from "../random-command.testing.ts";
import { Simulation } from "../simulate.testing.ts";
import { RowReader } from "./row-reader.ts";

const SPACE = defineSpace({ x: float(0, 2) });
const WORLD = { spaces: [spaceToJson(SPACE), spaceToJson(defineSpace({ x: float(0, 1) }))], limit: null };

describe("rows read from view to view", () => {
  it("are those of the newest view, each read once while views go on from the ones before", () => {
    let [gone, anew] = [0, 0];
    fc.assert(
      fc.property(draws(ALL_COMMANDS, 60), fc.boolean(), (sequence, within) => {
        const simulation = new Simulation(WORLD);
        const history = new History(["loss"]);
        const reader = new RowReader();
        let read: number[] = [];
        for (const draw of sequence) {
          simulation.step(draw);
          for (const logged of simulation.log.slice(history.revision)) history.apply(logged);
          const view = within ? history.view().withinSpace() : history.view();
          const fresh = reader.read(view);
          if (fresh === null) {
            expect(reader.read(view)).toBe(null);
            const all = reader.follow(view, () => {
              read = [];
            });
            expect(read).toEqual([]);
            read.push(...all);
          } else read.push(...fresh);
          expect([...reader.follow(view, () => expect.unreachable())]).toEqual([]);
          if (fresh === null) anew++;
          else gone++;
          expect(read).toEqual([...view.rows]);
        }
      }),
      { numRuns: 100 },
    );
    expect([gone > 10 * anew, anew > 0]).toEqual([true, true]);
  });

  it("are compared one by one where views have no past in common", () => {
    const row = (trial: number) => ({
      ...{ trial, params: { x: 1 }, state: "complete", outcome: "ok", segment: 0, step: 0, values: [1] },
    });
    const metrics = [{ name: "loss", direction: "minimize" }] as const;
    const parts = { space: SPACE, metrics, pending: [], revision: 9 };
    const view = (...trials: readonly number[]) => makeView({ ...parts, rows: trials.map(row) } as ViewParts);
    const reader = new RowReader();
    expect([...reader.read(view(4, 5))!]).toEqual([0, 1]);
    expect([...reader.read(view(4, 5, 6))!]).toEqual([2]);
    expect(reader.read(view(4, 7, 6, 8))).toBe(null);
    expect([...reader.read(view(4, 5, 6, 7))!]).toEqual([3]);
    expect(reader.read(view(4))).toBe(null);
  });
});

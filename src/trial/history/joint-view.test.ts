import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defineSpace, float, spaceToJson } from "../../space/index.ts";
import { History } from "../history.ts";
import type { HistoryView } from "../history-view.ts";
import { ALL_COMMANDS, draws } from "../random-command.testing.ts";
import { Simulation } from "../simulate.testing.ts";
import type { JointView } from "./joint-view.ts";

const WORLD = { spaces: [spaceToJson(defineSpace({ x: float(0, 2) }))], limit: null };
const ASKED = ["d0", "d1", "d2", "d4", "d5", "d6"].map((name) => defineSpace({ [name]: float(0, 10) }).parameters[0]!);
const VIEWER = 2;

function contents({ view, parameters }: JointView): unknown {
  const { columns, rows, pending, revision } = view;
  const { trial, revision: ends, params } = columns;
  const named = Object.entries(params).map(([name, column]) => [name, [...rows].map((row) => column[row])]);
  return { revision, parameters, pending, named, trials: [...rows].map((row) => [trial[row], ends[row]]) };
}

function valuesOf({ columns, rows }: HistoryView, name: string): readonly number[] {
  return [...rows].map((row) => columns.params[name]![row]!);
}

describe("the view of one parameter beside others", () => {
  it("has trials with all of them, at least half of those with the parameter, and is the same at any later time", () => {
    let shared = 0;
    fc.assert(
      fc.property(draws(ALL_COMMANDS, 120), fc.nat(ASKED.length - 1), (sequence, which) => {
        const simulation = new Simulation(WORLD);
        for (const draw of sequence) simulation.step(draw);
        const parameter = ASKED[which]!;
        const others = ASKED.filter((other) => other !== parameter);
        const growing = new History(["loss"]);
        const whole = new History(["loss"]);
        for (const logged of simulation.log) whole.apply(logged);
        for (const logged of simulation.log) {
          growing.apply(logged);
          const { revision } = logged;
          const joint = whole.viewOf(parameter, others, revision, VIEWER);
          expect(contents(joint)).toEqual(contents(growing.viewOf(parameter, others, revision, VIEWER)));
          expect(contents(joint)).toEqual(contents(whole.viewOf(parameter, [...others].reverse(), revision, VIEWER)));
          const alone = whole.viewOf(parameter, [], revision, VIEWER);
          expect(2 * joint.view.rows.length).toBeGreaterThanOrEqual(alone.view.rows.length);
          for (const { name } of joint.parameters) expect(valuesOf(joint.view, name)).not.toContain(Number.NaN);
          if (joint.view.rows.length > 0 && joint.parameters.length > 1) shared += 1;
        }
      }),
      { numRuns: 50, endOnFailure: true },
    );
    expect(shared).toBeGreaterThan(20);
  });

  it("does not show the trial that looks", () => {
    let seen = 0;
    fc.assert(
      fc.property(draws(ALL_COMMANDS, 80), (sequence) => {
        const history = new History(["loss"]);
        const simulation = new Simulation(WORLD);
        for (const draw of sequence) simulation.step(draw);
        for (const logged of simulation.log) history.apply(logged);
        const { revision } = history;
        for (const parameter of ASKED) {
          const pendingFor = (viewer: number) =>
            history.viewOf(parameter, [], revision, viewer).view.pending.map(({ number }) => number);
          const all = pendingFor(-1);
          for (const viewer of all) expect(pendingFor(viewer)).toEqual(all.filter((number) => number !== viewer));
          seen += all.length;
        }
      }),
      { endOnFailure: true },
    );
    expect(seen).toBeGreaterThan(20);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keyedStreams } from "../../../numeric/random/keyed-streams.ts";
import { makeTrial } from "../../../objective/testing/make-trial.testing.ts";
import { boolean, choice, defineSpace, float, int, type Space, sampleUniform } from "../../../space/index.ts";
import { randomSpace } from "../../../space/random-space.testing.ts";
import { encodeNumber } from "../../../trial/encoded-number.ts";
import type { Metric } from "../../../trial/metric.ts";
import type { Trial } from "../../../trial/trial.ts";
import { csvText } from "../../csv.ts";
import { trialFields } from "../../study/trial-fields.ts";
import { readTrials } from "./import.ts";

const metrics: readonly Metric[] = [{ name: "loss", direction: "minimize" }];
const space = defineSpace({
  lr: float(1e-5, 1),
  layers: int(1, 6, { when: { opt: "adam" } }),
  opt: choice(["adam", "sgd", ""]),
});
const read = (text: string) => readTrials(text, "old.csv", { space, metrics });

const measuredOf = (trials: readonly Trial[]) => trials.flatMap(({ values }) => Object.keys(values));

function exported(of: Space, trials: readonly Trial[], spreadsheet = false): string {
  const fields = trialFields({ metrics, settings: { extra: { writing: 2 } }, space: of, measured: measuredOf(trials) });
  return [...csvText(trials, [...fields.values()], { spreadsheet })].join("");
}

describe("readTrials", () => {
  it("reads back texts that a spreadsheet would run, from either kind of export", () => {
    const evil = fc
      .tuple(fc.constantFrom("", "'", "=", "'=", "-", "+", "@", "-0.5", "''@"), fc.string({ maxLength: 6 }))
      .map((parts) => parts.join(""))
      .filter((text) => text !== "" && !text.includes("\u0000"));
    fc.assert(
      fc.property(fc.uniqueArray(evil, { minLength: 2, maxLength: 5 }), evil, fc.boolean(), (choices, note, sheet) => {
        const of = defineSpace({ opt: choice(choices as [string, string]) });
        const trials = choices.map((opt, number) =>
          makeTrial(number, -0.5, { params: { opt }, attributes: { note: JSON.stringify(note) } }),
        );
        const text = exported(of, trials, sheet);
        expect(text).toMatch(/,-0\.5,/);
        const { trials: back } = readTrials(text, "x.csv", { space: of, metrics });
        expect(back.map(({ params }) => params.opt)).toEqual(choices);
        expect(back.map(({ attributes }) => attributes.note)).toEqual(choices.map(() => JSON.stringify(note)));
      }),
    );
  });

  it("reads back what an export writes, bit for bit, in any space", () => {
    const value = fc.oneof(fc.double(), fc.constantFrom(Number.NaN, Infinity, -Infinity, -0));
    fc.assert(
      fc.property(fc.nat(5000), fc.array(value, { minLength: 1, maxLength: 5 }), (seed, losses) => {
        const of = randomSpace(seed, { depth: 2, parameters: 6 });
        const trials = losses.map((loss, number) =>
          makeTrial(number, loss, { params: sampleUniform(of, keyedStreams(seed, number)) }),
        );
        const { trials: back, unknown } = readTrials(exported(of, trials), "x.csv", { space: of, metrics });
        expect(unknown).toEqual([]);
        expect(back.map(({ params, state, values }) => ({ params, state, values }))).toEqual(
          trials.map(({ params, state, values }) => ({ params, state, values })),
        );
      }),
      { numRuns: 150 },
    );
  });

  it("tells a number or a word of JSON from the text that looks like it", () => {
    const of = defineSpace({ x: choice([1, "1", true, "true", null, "null", '"1"', " 1", ""]), d: float(0, 2) });
    const [p] = of.parameters;
    const choices = p?.type === "categorical" ? p.choices : [];
    const trials = choices.map((x, number) => makeTrial(number, 0, { params: { x, d: number % 3 } }));
    const text = exported(of, trials);
    expect(text).toContain(",1,0.0");
    expect(text).toContain('"""1""",1.0');
    const { trials: back } = readTrials(text, "x.csv", { space: of, metrics });
    expect(back.map(({ params }) => params)).toEqual(trials.map(({ params }) => params));
  });

  it("refuses a complete trial that ran with less than the largest fidelity, and takes others", () => {
    const of = defineSpace({ lr: float(1e-5, 1), epochs: int(1, 81, { log: true, fidelity: true }) });
    const readIn = (text: string) => readTrials(text, "old.csv", { space: of, metrics });
    expect(() => readIn("lr,epochs,loss\n0.1,27,3\n")).toThrow(
      /epochs is 27, and a complete trial ran with the largest, 81; leave the line out, or give it the state pruned\./,
    );
    const { trials } = readIn("lr,params.epochs,loss,state\n0.1,81,3,\n0.2,,2,\n0.3,27,1,pruned\n0.4,27,1,paused\n");
    expect(trials.map(({ params, state }) => [params.lr, state])).toEqual([
      [0.1, "complete"],
      [0.2, "complete"],
      [0.3, "pruned"],
    ]);
    expect(readIn("lr,loss\n0.1,3\n").trials[0]?.params).toEqual({ lr: 0.1 });
  });

  it("reads states, notes and times, and leaves out trials without an end", () => {
    const trials = [
      makeTrial(0, 1, {
        params: { lr: 0.5, opt: "sgd" },
        startedAt: 5,
        finishedAt: 70,
        attributes: { note: '"a, b"' },
      }),
      makeTrial(1, 0, { params: { lr: 0.5, opt: "" }, state: "failed", values: {} }),
      makeTrial(2, 0, { params: { lr: 0.5, opt: "sgd" }, state: "running", values: {} }),
      makeTrial(3, 0, { params: { lr: 0.5, opt: "sgd" }, invalid: [{ from: 1, to: null }] }),
    ];
    const { trials: back, leftOut } = read(exported(space, trials));
    expect(leftOut).toBe(2);
    expect(back).toMatchObject([
      { startedAt: 5, finishedAt: 70, attributes: { note: '"a, b"' } },
      { params: { opt: "" }, state: "failed", values: {} },
    ]);
  });

  it("reads semicolons, tabs, CRLF and a byte order mark", () => {
    expect(read("\ufefflr;opt;loss\r\n0.5;sgd;1\r\n").trials).toHaveLength(1);
    expect(read("loss\tlr\topt\n1\t0.5\tsgd").trials).toMatchObject([{ params: { lr: 0.5, opt: "sgd" } }]);
  });

  it("takes a trial with NaN for failed, and keeps other metrics under values.NAME", () => {
    const { trials, unknown } = read("lr,opt,loss,acc,values.f1\n0.5,sgd,nan,0.9,0.8\n");
    expect(trials).toMatchObject([{ state: "failed", values: { loss: encodeNumber(Number.NaN), f1: 0.8 } }]);
    expect(unknown).toEqual(["acc"]);
  });

  it("takes a column for the parameter of that name where no export wrote it", () => {
    const timed = defineSpace({ time: float(0, 1) });
    const { trials } = readTrials("time,loss\n0.5,1\n", "x.csv", { space: timed, metrics });
    expect(trials).toMatchObject([{ params: { time: 0.5 } }]);
  });

  it("reads what Optuna and pandas write", () => {
    const of = defineSpace({ lr: float(0, 1), layers: int(1, 6), flag: boolean(), opt: choice(["adam", null, true]) });
    const text = [
      ",number,value,datetime_start,datetime_complete,duration,params_flag,params_layers,params_lr,params_opt,user_attrs_x,state",
      "0,0,0.5,2024-01-05 10:00:00.123456,2024-01-05 10:00:01,0 days,True,3.0,0.1,adam,,COMPLETE",
      "1,1,,2024-01-05 10:00:00,NaT,,False,3.0,0.1,None,,FAIL",
      "2,2,0.7,,,,1.0,3,0.1,True,,TrialState.PRUNED",
      "3,3,,,,,0,3,0.1,adam,,RUNNING",
      "",
    ].join("\n");
    const { trials, unknown, leftOut } = readTrials(text, "optuna.csv", { space: of, metrics });
    expect({ unknown, leftOut }).toEqual({ unknown: [], leftOut: 1 });
    expect(trials).toMatchObject([
      { state: "complete", values: { loss: 0.5 }, params: { lr: 0.1, layers: 3, flag: true, opt: "adam" } },
      { state: "failed", values: {}, finishedAt: null, params: { flag: false, opt: null } },
      { state: "pruned", values: { loss: 0.7 }, params: { flag: true, opt: true } },
    ]);
    expect(trials[0]!.finishedAt! - trials[0]!.startedAt!).toBe(877);
  });

  it("takes a choice's own text before what it means elsewhere", () => {
    const of = defineSpace({ opt: choice(["True", true, "None"]) });
    const { trials } = readTrials("opt,loss\nTrue,1\ntrue,1\nNone,1\n", "x.csv", { space: of, metrics });
    expect(trials.map(({ params }) => params.opt)).toEqual(["True", true, "None"]);
  });

  it.each([
    ["", "is empty"],
    ["lr,loss\n1,1\n", "There is no column for opt"],
    ["lr,opt,loss,lr\n1,sgd,1,1\n", "The column lr is there twice"],
    ["lr,opt,los\n1,sgd,1\n", 'Did you mean "los"'],
    ["lr,opt,loss\n7,sgd,1\n", "lr is"],
    ["lr,opt,loss\n1,sgd,good\n", 'loss is "good"'],
    ["lr,opt,loss\n1,sgd,\n", "loss is empty"],
    ["lr,opt,loss\n1,sgd\n", "The line has 2 cells"],
    ["lr,opt,loss\n1,adam,1\n", "layers"],
    ["lr,opt,loss,state\n1,sgd,1,done\n", 'state is "done"'],
    ["lr,opt,loss,started\n1,sgd,1,noon\n", '"noon" is no time'],
    [
      "lr,opt,loss,started,finished\n1,sgd,1,2026-01-02T00:00:00Z,2026-01-01T00:00:00Z\n",
      "finished at 2026-01-01T00:00:00Z, before it started at 2026-01-02T00:00:00Z",
    ],
    ["lr;opt;loss\n1;sgd;0,5\n", 'loss is "0,5", a number with a decimal comma, or two numbers; write 0.5.'],
    ['lr,opt,loss\n1,"sgd,1\n', "never closed"],
    ['lr,opt,loss\n1,"sgd"x,1\n', "follows a closing quote"],
  ])("refuses %j", (text, message) => {
    expect(() => read(text)).toThrow(message);
  });

  it("names the place of the first mistake and counts the others", () => {
    const wrong = `lr,opt,loss\n0.5,sgd,1\n${"9,sgd,1\n".repeat(8)}`;
    expect(() => read(wrong)).toThrow(/line 4[\s\S]*and 3 more lines[\s\S]*8 of 9 lines are wrong/);
    expect(() => read(wrong)).toThrow(expect.objectContaining({ position: { file: "old.csv", line: 3, column: 1 } }));
  });
});

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, expectTypeOf, it } from "vitest";
import { AttuneError } from "../errors.ts";
import { boolean, type DefineByRun, defineSpace, float, int, oneOf } from "../space/index.ts";
import type { Trial } from "../trial/trial.ts";
import { createStudy, openStudy } from "./create-study.ts";
import { network } from "./network.testing.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "attune-define-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const file = (): string => join(folder, "attune.db");

function names({ params }: Trial): readonly string[] {
  return Object.keys(params).sort();
}

function expected({ params }: Trial): readonly string[] {
  if (params.model === "forest") return ["model", "rate", "trees"];
  const units = Array.from({ length: params.layers as number }, (_, i) => `units${i}`);
  return ["layers", "model", "rate", ...units].sort();
}

function thrown(work: () => unknown): AttuneError {
  try {
    work();
  } catch (error) {
    if (error instanceof AttuneError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

describe.each(["random", "qmc", "tpe", "gp"])("parameters that a function asks for, sampled by %s", (sampler) => {
  it("are each trial's own, and replay bit for bit after several workers, handles and kinds of trials", async () => {
    const open = () => createStudy({ name: "s", minimize: "loss", sampler, seed: 5, storage: file() });
    const first = await open();
    await first.enqueue({ rate: 0.5, model: "mlp" });
    await first.optimize(network, { trials: 8, workers: 3 });
    const [left, right] = await Promise.all([open(), open()]);
    await left.invalidate(3, "wrong data");
    const failing = (trial: DefineByRun & { readonly number: number }): number =>
      trial.number % 5 === 0 ? Number.NaN : network(trial);
    await Promise.all([
      left.optimize(failing, { trials: 26, workers: 3, keepGoing: true }),
      right.optimize(network, { trials: 26, workers: 2, keepGoing: true }),
    ]);
    await left.restore(3);
    await first.refresh();
    expect(await first.replay()).toMatchObject({ differences: [], otherEngine: [], skipped: 1 });
    expect(first.trial(0).params).toMatchObject({ rate: 0.5, model: "mlp" });
    for (const trial of first.trials()) {
      if (trial.state === "complete") expect(names(trial)).toEqual(expected(trial));
    }
    for (const study of [first, left, right]) await study.close();
  });

  it("have the same bits whatever the order of asking", async () => {
    const order = [0, 1, 2].map((turn) => async () => {
      const study = await createStudy({ name: "s", minimize: "loss", sampler, seed: 11 });
      for (let number = 0; number < 16; number++) {
        const trial = await study.ask();
        const asks = [
          () => trial.float("x", -1, 1),
          () => trial.int("n", 1, 9 + (number % 3)),
          () => trial.choice("c", ["a", "b", "c"]),
        ];
        for (let k = 0; k < 3; k++) asks[(k + turn) % 3]!();
        await study.tell(trial, Number((trial.float("x", -1, 1) ** 2).toFixed(6)));
      }
      return study.trials().map(({ params: { x, n, c } }) => [x, n, c]);
    });
    const [first, ...others] = await Promise.all(order.map((run) => run()));
    for (const other of others) expect(other).toEqual(first);
  });
});

describe("parameters that a function asks for", () => {
  it("have the type of what is asked for", async () => {
    const study = await createStudy({ name: "s", minimize: "loss" });
    const trial = await study.ask();
    expectTypeOf(trial.choice("c", ["a", "b"])).toEqualTypeOf<"a" | "b">();
    expectTypeOf(trial.choice("d", [1, null, { k: 1 }])).toEqualTypeOf<1 | null | { readonly k: 1 }>();
    expectTypeOf(trial.ordinal("o", ["s", "m", "l"])).toEqualTypeOf<"s" | "m" | "l">();
    expectTypeOf(trial.boolean("b")).toEqualTypeOf<boolean>();
    expectTypeOf(trial.float("f", 0, 1)).toEqualTypeOf<number>();
    expectTypeOf(trial.int("i", 0, 1)).toEqualTypeOf<number>();
    expect(trial.int("one", 1, 1)).toBe(1);
    await study.tell(trial, 1);
    expect(Object.keys(study.trial(0).params)).toEqual(["c", "d", "o", "b", "f", "i", "one"]);
  });

  it("keep their value within a trial, and refuse another range", async () => {
    const study = await createStudy({ name: "s", minimize: "loss" });
    const trial = await study.ask();
    const value = trial.float("rate", 0, 1);
    expect(trial.float("rate", 0, 1, { description: "again" })).toBe(value);
    expect(thrown(() => trial.float("rate", 0, 2))).toMatchObject({
      code: "invalid-params",
      message: expect.stringMatching(/asks for rate as .*"high":2.*before.*one thing/),
    });
    expect(thrown(() => trial.int("n", 5, 2)).message).toMatch(/goes from 5 to 2/);
    expect(thrown(() => trial.boolean("a b")).message).toMatch(/no parameter name/);
    await study.tell(trial, 1);
    expect(study.trial(0).params).toEqual({ rate: value });
  });

  it("may be chosen by the caller: learnt from, and taken by replay as they are", async () => {
    const study = await createStudy({ name: "s", minimize: "loss", sampler: { name: "tpe", startup: 3 }, seed: 3 });
    for (let number = 0; number < 12; number++) {
      const trial = await study.ask();
      const chosen = number % 3 === 0 ? 0.25 : undefined;
      const x = trial.define(defineSpace({ x: float(0, 1) }).parameters[0]!, chosen) as number;
      if (chosen !== undefined) expect(x).toBe(chosen);
      trial.float("y", 0, 1);
      await study.tell(trial, x);
    }
    const next = await study.ask();
    expect(thrown(() => next.define(defineSpace({ x: int(1, 3) }).parameters[0]!, 4)).message).toMatch(
      /given x = 4; allowed: whole numbers from 1 to 3/,
    );
    expect(await study.replay()).toMatchObject({ checked: 13, differences: [] });
  });

  it("may have wider, narrower and other ranges in other trials", async () => {
    const study = await createStudy({ name: "s", minimize: "loss", sampler: { name: "tpe", startup: 3 }, seed: 2 });
    for (let number = 0; number < 30; number++) {
      const trial = await study.ask();
      const high = 1 + (number % 4);
      const x = trial.float("x", 0, high);
      expect(x).toBeLessThanOrEqual(high);
      const kinds = ["a", "b", "c", "d"].slice(0, high);
      expect(kinds).toContain(trial.choice("kind", kinds));
      const mixed = number % 2 === 0 ? trial.int("mixed", 0, 3) : trial.choice("mixed", ["x", "y"]);
      expect(number % 2 === 0 ? [0, 1, 2, 3] : ["x", "y"]).toContain(mixed);
      await study.tell(trial, x);
    }
    expect(await study.replay()).toMatchObject({ checked: 30, differences: [] });
  });

  it.each([
    ["tpe", 6, 100],
    ["gp", 2, 40],
  ])("are suggested by %s given the values that the trial has", async (sampler, seeds, trials) => {
    // The program sets x, and no trial asks for y in the range of all together, so that it is never suggested jointly. The y that
    // is best for all x at once is 1/4 away on average.
    const distances: number[] = [];
    for (let seed = 0; seed < seeds; seed++) {
      const study = await createStudy({ name: "s", minimize: "loss", sampler, seed });
      for (let number = 0; number < trials; number++) {
        const trial = await study.ask();
        const low = number % 2 === 0 ? 0 : 0.001;
        const place = (number * 0.618) % 1;
        const x = trial.float("x", place, place + 0.001);
        const y = trial.float("y", low, 0.999 + low);
        await study.tell(trial, Math.abs(x - y));
        if (number >= trials / 2) distances.push(Math.abs(x - y));
      }
      expect(await study.replay()).toMatchObject({ checked: trials, differences: [] });
    }
    expect(distances.reduce((sum, distance) => sum + distance, 0) / distances.length).toBeLessThan(0.23);
  });

  it("stand beside declared ones", async () => {
    const space = { lr: float(0, 1), model: oneOf({ mlp: { depth: float(0, 1) }, none: {} }) };
    const study = await createStudy({ name: "s", minimize: "loss", space, sampler: "random", seed: 4 });
    await study.optimize(
      (trial) => {
        expect(trial.float("lr", 0, 1)).toBe(trial.params.lr);
        expect(thrown(() => trial.float("lr", 0, 2)).message).toMatch(/space declares it/);
        if (trial.params.model === "none") {
          expect(thrown(() => trial.float("depth", 0, 1)).message).toMatch(/not active/);
        }
        return trial.int("extra", 1, 5);
      },
      { trials: 8, workers: 2 },
    );
    expect(study.trials().every(({ state, params }) => state === "complete" && Number(params.extra) >= 1)).toBe(true);
    expect(await study.replay()).toMatchObject({ checked: 8, differences: [] });
  });

  it("go on, and replay, when the declared space is edited while trials run", async () => {
    const space = { lr: float(0, 1), old: float(0, 1) };
    const study = await createStudy({
      name: "s",
      minimize: "loss",
      space,
      sampler: { name: "tpe", startup: 3 },
      seed: 6,
      storage: file(),
    });
    // Of another range in each trial, so suggested given the declared values, which are edited.
    const odd = (trial: DefineByRun & { readonly number: number }) => trial.float("odd", 0, 1 + (trial.number % 3));
    const trials = async (count: number) =>
      await study.optimize((trial) => network(trial) + trial.params.lr + odd(trial), { trials: count, workers: 2 });
    await trials(8);
    const open = await study.ask();
    const edit = {
      set: { lr: float(0.2, 1) },
      add: { more: boolean({ default: true }), trees: int(1, 50, { default: 2 }) },
    };
    await study.editSpace({ ...edit, drop: ["old"] }, { accept: true });
    const rate = open.float("rate", 1e-4, 0.5, { log: true });
    await study.tell(open, rate);
    await study.optimize((trial) => odd(trial) + network(trial), { trials: 16, workers: 2 });
    const cold = await openStudy({ name: "s", storage: file() });
    await cold.optimize(network, { trials: 20 });
    await study.refresh();
    await study.optimize((trial) => network(trial), { trials: 24 });
    expect(study.trials().map(({ state }) => state)).toEqual(Array.from({ length: 24 }, () => "complete"));
    expect(await study.replay()).toMatchObject({ checked: 24, differences: [] });
    await cold.close();
    await study.close();
  });

  it("take what was enqueued for them, and say when it cannot be", async () => {
    const study = await createStudy({ name: "s", minimize: "loss" });
    await study.enqueue({ x: 0.25, model: "big" });
    await study.enqueue({ x: 7 });
    const first = await study.ask();
    expect(first.float("x", 0, 1)).toBe(0.25);
    expect(first.choice("model", ["small", "big"])).toBe("big");
    await study.tell(first, 1);
    const second = await study.ask();
    expect(thrown(() => second.float("x", 0, 1)).message).toMatch(/enqueued with x = 7.*from 0 to 1/);
    await study.tell(second, { failed: true });
    const again = await study.replicate(0, 1, 99);
    const third = await study.ask();
    expect(third.number).toBe(again);
    expect([third.float("x", 0, 1), third.choice("model", ["small", "big"])]).toEqual([0.25, "big"]);
    await study.tell(third, 1);
    expect(study.trial(again).configuration).toBe(0);
  });

  it("may be enqueued beside declared ones", async () => {
    const study = await createStudy({ name: "s", minimize: "loss", space: { lr: float(0, 1) }, sampler: "random" });
    await study.optimize((trial) => trial.float("rate", 0, 1), { trials: 1 });
    await study.enqueue({ lr: 0.5, rate: 0.25 });
    // @ts-expect-error a declared parameter keeps its type
    await expect(study.enqueue({ lr: "high", rate: 0.25 })).rejects.toThrow(/lr/);
    await study.optimize((trial) => trial.float("rate", 0, 1), { trials: 2 });
    expect(study.trial(1).params).toEqual({ lr: 0.5, rate: 0.25 });
    expect(await study.replay()).toMatchObject({ checked: 1, skipped: 1, differences: [] });
  });

  it("are refused by a sampler that must know all of them", async () => {
    await expect(createStudy({ name: "s", minimize: "loss", sampler: "grid" })).rejects.toThrow(
      /grid sampler must know/,
    );
    const space = { x: oneOf({ a: {}, b: {} }) };
    const study = await createStudy({ name: "s", minimize: "loss", space, sampler: "grid" });
    const trial = await study.ask();
    expect(thrown(() => trial.boolean("more"))).toMatchObject({
      code: "unsupported",
      message: expect.stringMatching(/Declare more in the study's space/),
    });
  });

  it("are kept for a trial that is told about by its number, and when the study is closed", async () => {
    const study = await createStudy({ name: "s", minimize: "loss", storage: file() });
    const told = await study.ask();
    const x = told.float("x", 0, 1);
    await study.tell(told.number, 1);
    const open = await study.ask();
    const y = open.float("y", 0, 1);
    await study.close();
    const later = await openStudy({ name: "s", storage: file() });
    expect(later.trials().map(({ params }) => params)).toEqual([{ x }, { y }]);
    await later.close();
  });

  it("work in threads", async () => {
    const path = join(folder, "objective.mjs");
    writeFileSync(path, `const network = ${network.toString()};\nexport default network;\n`);
    const runs = [network, path].map(async (objective) => {
      const study = await createStudy({ name: "s", minimize: "loss", seed: 8 });
      await study.optimize(objective, { trials: 14 });
      expect(study.trials().map(({ state }) => state)).toEqual(Array.from({ length: 14 }, () => "complete"));
      return study.trials().map(({ params, definitions }) => [params, definitions]);
    });
    const [inProcess, inThread] = await Promise.all(runs);
    expect(inThread).toEqual(inProcess);
  });

  it("tell a thread why they are refused", async () => {
    const path = join(folder, "twice.mjs");
    writeFileSync(path, "export default (trial) => trial.float('x', 0, 1) + trial.float('x', 0, 2);\n");
    const study = await createStudy({ name: "s", minimize: "loss" });
    await study.optimize(path, { trials: 1 });
    expect(study.trial(0)).toMatchObject({ state: "failed", message: expect.stringMatching(/one thing in a trial/) });
  });

  it.each(["at once", "recorded"])("are the same after the process was killed in a trial (%s)", async (when) => {
    const whole = await createStudy({ name: "s", minimize: "loss", seed: 21, sampler: { name: "tpe", startup: 4 } });
    await whole.optimize(network, { trials: 12 });
    const path = fileURLToPath(new URL("./define-by-run-process.testing.ts", import.meta.url));
    const run = (...words: readonly string[]) => execFileSync(process.execPath, [path, file(), ...words]);
    expect(() => run("8", when)).toThrow(expect.objectContaining({ signal: "SIGKILL" }));
    run();
    const resumed = await openStudy({ name: "s", storage: file() });
    expect(resumed.trial(8).segments[0]?.attempts.map(({ outcome }) => outcome)).toEqual(["lost", "ok"]);
    const told = (trials: readonly Trial[]) =>
      trials.map(({ params, definitions, values }) => [params, definitions, values]);
    expect(told(resumed.trials())).toEqual(told(whole.trials()));
    expect(await resumed.replay()).toMatchObject({ checked: 12, differences: [] });
    await resumed.close();
  });
});

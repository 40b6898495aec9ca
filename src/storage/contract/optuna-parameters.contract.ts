import { expect, it } from "vitest";
import type { StorageFixture } from "./driver.testing.ts";
import { OptunaClient } from "./optuna-client.testing.ts";
import {
  choices,
  client,
  expectEnded,
  expectMissing,
  expectOtherKind,
  floats,
  ints,
  NUMBERS,
  sample,
} from "./optuna-samples.testing.ts";

/** Parameters that Optuna's clients set one at a time, with the distribution of each. */
export function optunaParametersContract(fixture: () => StorageFixture): void {
  it("keeps value and distribution of each parameter, in studies and trials of their own", async () => {
    const optuna = client(fixture);
    const id = await optuna.createStudy(["minimize"]);
    const [one, two] = [await optuna.createTrial(id), await optuna.createTrial(id)];
    const three = await optuna.createTrial(await optuna.createStudy(["minimize"]));
    const towns = choices(["Oslo", "Bergen", "Bodø"]);
    const others = choices(["Oslo", "Tromsø"]);
    await optuna.setParam(one, "x", 0.5, floats(1, 2));
    await optuna.setParam(one, "town", 2, towns);
    await optuna.setParam(two, "x", 0.25, floats(0, 9));
    await optuna.setParam(two, "z", 0.125, floats(0.1, 100, true));
    await optuna.setParam(three, "town", 1, others);
    expect((await optuna.trial(one)).params).toEqual([
      ["x", 0.5, floats(1, 2)],
      ["town", 2, towns],
    ]);
    expect((await optuna.trial(two)).params).toEqual([
      ["x", 0.25, floats(0, 9)],
      ["z", 0.125, floats(0.1, 100, true)],
    ]);
    expect((await optuna.trial(three)).params).toEqual([["town", 1, others]]);
    const driver = await optuna.study(id);
    expect([0, 1].map((number) => driver.trial(number).params)).toEqual([
      { x: 0.5, town: "Bodø" },
      { x: 0.25, z: 0.125 },
    ]);
    await expectMissing(optuna.setParam({ study: id, number: 2 }, "x", 1, floats(1, 2)));
  });

  it("holds a name to one kind in a study, and changes nothing where it is another", async () => {
    const optuna = client(fixture);
    const id = await optuna.createStudy(["minimize"]);
    const first = await optuna.createTrial(id);
    await optuna.setParam(first, "n", 3, ints(1, 8));
    await optuna.setParam(first, "f", 3, floats(1, 8));
    await optuna.setParam(first, "c", 0, choices(["a", "b", 1]));
    const next = await optuna.createTrial(id);
    const before = await fixture().storage.revision(id);
    await expectOtherKind(optuna.setParam(next, "n", 3, floats(1, 8)));
    await expectOtherKind(optuna.setParam(next, "f", 3, floats(1, 8, true)));
    await expectOtherKind(optuna.setParam(next, "f", 0, choices(["a", "b", 1])));
    await expectOtherKind(optuna.setParam(next, "c", 0, choices(["b", "a", 1])));
    await expectOtherKind(optuna.setParam(next, "c", 0, choices(["a", "b"])));
    await expectOtherKind(optuna.setParam(next, "c", 0, choices(["a", "b", "1"])));
    expect(await fixture().storage.revision(id)).toBe(before);
    await optuna.setParam(next, "n", 90, ints(0, 99, 3));
    await optuna.setParam(next, "f", -1, floats(-1, 1));
    await optuna.setParam(next, "c", 2, choices(["a", "b", 1]));
    expect((await optuna.trial(next)).params.map(([name]) => name)).toEqual(["n", "f", "c"]);
  });

  it("takes a parameter that a template brought as the first of its kind, for every client", async () => {
    const optuna = client(fixture);
    const id = await optuna.createStudy(["minimize"]);
    await optuna.createTrial(id, sample(0));
    const other = new OptunaClient(await fixture().another());
    const trial = await optuna.createTrial(id);
    await expectOtherKind(other.setParam(trial, "width", 8, floats(8, 64)));
    await other.setParam(trial, "width", 8, ints(1, 1000));
  });

  it("refuses parameters of a trial that has ended, before it looks at their kind", async () => {
    const optuna = client(fixture);
    const id = await optuna.createStudy(["minimize"]);
    const trial = await optuna.createTrial(id);
    await optuna.setParam(trial, "y", 0, choices(["a", "b"]));
    await optuna.setState(trial, "COMPLETE", [0]);
    const ended = await optuna.trial(trial);
    await expectEnded(optuna.setParam(trial, "w", 1, floats(0, 1)));
    await expectEnded(optuna.setParam(trial, "y", 0.5, floats(0, 1)));
    expect(await optuna.trial(trial)).toEqual(ended);
  });

  it("takes what is set again alike, and sets no other value of a name", async () => {
    const optuna = client(fixture);
    const trial = await optuna.createTrial(await optuna.createStudy(["minimize"]));
    await optuna.setParam(trial, "x", 0.5, floats(0, 1));
    await optuna.setParam(trial, "x", 0.5, floats(0, 1));
    await expectOtherKind(optuna.setParam(trial, "x", 0.25, floats(0, 1)));
    expect((await optuna.trial(trial)).params).toEqual([["x", 0.5, floats(0, 1)]]);
  });

  it("keeps any finite number as a value and as a bound", async () => {
    const optuna = client(fixture);
    const trial = await optuna.createTrial(await optuna.createStudy(["minimize"]));
    const finite = NUMBERS.filter(Number.isFinite);
    for (const [k, value] of finite.entries()) await optuna.setParam(trial, `p${k}`, value, floats(value, value));
    const expected = finite.map((value, k) => [`p${k}`, value, floats(value, value)]);
    expect((await optuna.trial(trial)).params).toEqual(expected);
  });

  it("keeps choices that JSON lacks, by the text they came as", async () => {
    const optuna = client(fixture);
    const trial = await optuna.createTrial(await optuna.createStudy(["minimize"]));
    const text = '{"name": "CategoricalDistribution", "attributes": {"choices": [NaN, Infinity, 1.0, true, null]}}';
    const odd = choices([{ number: "NaN" }, { number: "Infinity" }, 1, true, null], text);
    for (let k = 0; k < 5; k++) await optuna.setParam(trial, `c${k}`, k, odd);
    expect((await optuna.trial(trial)).params).toEqual([0, 1, 2, 3, 4].map((k) => [`c${k}`, k, odd]));
  });

  it.each([[["a", "b"]], [["b", "a"]], [["10", "9", "x y", "", "__proto__"]]])("keeps the order %j", async (names) => {
    const optuna = client(fixture);
    const id = await optuna.createStudy(["minimize"]);
    const trial = await optuna.createTrial(id, sample(0, { params: [] }));
    for (const name of names) await optuna.setParam(trial, name, 1, floats(0, 2));
    expect((await optuna.trials(id))[0]?.params.map(([name]) => name)).toEqual(names);
    const { trials } = await fixture().storage.trials(id, { limit: 1 });
    expect(Object.keys(trials[0]!.params).sort()).toEqual([...names].sort());
  });

  it("sets parameters of a trial that waits", async () => {
    const optuna = client(fixture);
    const trial = await optuna.createTrial(await optuna.createStudy(["minimize"]), sample(4));
    const { params } = await optuna.trial(trial);
    await optuna.setParam(trial, "more", 1, ints(0, 2));
    expect(await optuna.trial(trial)).toEqual(sample(4, { params: [...params, ["more", 1, ints(0, 2)]] }));
  });
}

import { expect, it } from "vitest";
import { float } from "../space/index.ts";
import { openStorage } from "../storage/registry.ts";
import { createStudy } from "./create-study.ts";

const OPTIONS = {
  name: "desk",
  minimize: ["a", "b"],
  space: { x: float(0, 1), y: float(0, 1) },
  sampler: { name: "gp", operations: 4e6 },
  seed: 2,
} as const;
const evaluate = ({ params: { x, y } }: { readonly params: { readonly x: number; readonly y: number } }) => ({
  a: x * x + y,
  b: (1 - x) * (1 - x) + y,
});

it("goes by what was chosen of the front from then on, keeps it with each suggestion, and replays it", async () => {
  const storage = await openStorage(":memory:");
  const study = await createStudy({ ...OPTIONS, storage });
  await study.optimize(evaluate, { trials: 14 });
  const inputsOf = (from: number) =>
    study
      .trials()
      .slice(from)
      .map(({ suggestion }) => suggestion!.inputs);
  expect(inputsOf(0).every((inputs) => Object.keys(inputs).join() === "remaining")).toBe(true);
  const { front } = study.summary();
  const [first, last] = [front[0]!.number, front.at(-1)!.number];
  await study.choose(first, [last]);
  await study.optimize(evaluate, { trials: 20 });
  for (const inputs of inputsOf(14)) {
    expect(Object.keys(inputs)).toEqual(["remaining", "weight a", "weight b"]);
    expect(inputs["weight a"]).toBeGreaterThan(inputs["weight b"]!);
  }
  const whys = await study.why([14, 15, 16, 17, 18, 19]);
  const said = whys.filter(({ why }) => why?.preferred !== undefined);
  expect(said.length).toBeGreaterThan(0);
  expect(said.length).toBeLessThan(6);
  // What is taken weighs by itself, and what is forgotten weighs nothing.
  await study.choose(last);
  await study.optimize(evaluate, { trials: 21 });
  expect(inputsOf(20)[0]!["weight b"]).toBeGreaterThan(inputsOf(20)[0]!["weight a"]!);
  await study.choose(null);
  await study.optimize(evaluate, { trials: 22 });
  expect(Object.keys(inputsOf(21)[0]!)).toEqual(["remaining"]);
  expect(await study.replay()).toMatchObject({ checked: 22, differences: [] });
  await study.close();
  await storage.close();
}, 120_000);

it("looks at no front for a sampler that goes by nothing that was chosen", async () => {
  const study = await createStudy({ ...OPTIONS, sampler: "nsga2" });
  await study.optimize(evaluate, { trials: 6 });
  await study.choose(study.summary().front[0]!.number);
  await study.optimize(evaluate, { trials: 8 });
  expect(study.trials().every(({ suggestion }) => Object.keys(suggestion!.inputs).join() === "remaining")).toBe(true);
  await study.close();
});

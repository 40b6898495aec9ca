import { expect, it } from "vitest";
import { float } from "../space/index.ts";
import { createStudy } from "./create-study.ts";

it("figures of a front know what was chosen of it, and what is preferred by answers", async () => {
  const study = await createStudy({
    name: "front",
    minimize: ["a", "b"],
    sampler: "random",
    seed: 1,
    space: { x: float(0, 1) },
  });
  for (const [a, b] of [
    [1, 5],
    [2, 2],
    [5, 1],
  ])
    await study.tell(await study.ask(), { a: a!, b: b! });
  const preferred = async () => (await study.plot.front()).data.preferred;
  expect(await preferred()).toBeNull();
  await study.choose(0, [1, 2]);
  expect(await preferred()).toBe(0);
  await study.choose(2);
  expect(await preferred()).toBe(2);
  expect(study.preferred()?.number).toBe(2);
  await study.choose(null);
  expect(await preferred()).toBeNull();
  await study.close();
});

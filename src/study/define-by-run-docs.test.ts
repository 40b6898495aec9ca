import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { createStudy } from "./create-study.ts";
import type { Study } from "./study.ts";

const page = readFileSync(new URL("../../docs/guide/define-by-run.md", import.meta.url), "utf8");
const [first = "", second = ""] = Array.from(page.matchAll(/^```ts\n([\s\S]*?)^```/gm), ([, code]) => code ?? "");
const AsyncFunction = Object.getPrototypeOf(async () => undefined).constructor;

interface Network {
  readonly rate: number;
  readonly units?: readonly number[];
}

function train({ rate, units = [] }: Network): Promise<number> {
  return Promise.resolve(Math.abs(Math.log10(rate) + 3) + units.length / 10);
}

it("the guide's examples run as they stand", async () => {
  const plain = (code: string): string => code.replace(": number[]", "");
  const names = ["createStudy", "train"];
  const study: Study = await new AsyncFunction(...names, `${plain(first)}\nreturn study;`)(createStudy, train);
  expect(study.trialsSpent).toBe(60);
  expect(study.trials().every(({ state }) => state === "complete")).toBe(true);
  for (const { params } of study.trials()) {
    expect(Object.keys(params).filter((name) => name.startsWith("units"))).toHaveLength(params.layers as number);
    expect("momentum" in params).toBe(params.optimizer === "sgd");
  }
  await new AsyncFunction("study", "train", plain(second))(study, train);
  expect(study.trialsSpent).toBe(61);
  expect(await study.replay()).toMatchObject({ checked: 61, differences: [] });
});

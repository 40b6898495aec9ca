import { expect, it } from "vitest";
import { attune, folder } from "./attune.ts";

/** Tells its loss at each epoch. */
const TRAIN = `
const lr = Number(process.argv[2]);
for (let epoch = 1; epoch <= 27; epoch++) console.log("epoch " + epoch + " loss=" + ((Math.log10(lr) + 3) ** 2 + 1 / epoch));
`;
const SILENT = `console.log("loss=" + (Math.log10(Number(process.argv[2])) + 3) ** 2);`;

const run = (cwd: string, file: string, more: readonly string[]) =>
  attune(cwd, [
    ...["run", "--minimize", "loss", "--trials", "20", "--seed", "3", "--sampler", "random", "--study", "s", ...more],
    ...["--", "node", file, "{lr: 1e-5..1e-1 log}"],
  ]);

it("says at the end of a run that stopped nothing what auto would have spared, and whether the best would have survived", async () => {
  const cwd = folder({ "train.mjs": TRAIN });
  const told = await run(cwd, "train.mjs", []);
  expect(told.code, told.err).toBe(0);
  expect(told.out).toMatch(
    /^note {5}with --scheduler auto these 20 trials would have run \d+ % of what they ran, and the best of them \(trial \d+\) to its end; an estimate by their own reports$/m,
  );
  const json = await attune(cwd, ["run", "s", "--trials", "20", "--json"]);
  const { saving } = JSON.parse(json.out) as {
    saving: { share: number; trials: number; best: number; found: { number: number } };
  };
  expect(saving).toMatchObject({ scheduler: "auto", trials: 20, found: { number: saving.best } });
  expect(saving.share).toBeGreaterThan(0);
  expect(saving.share).toBeLessThan(0.9);
}, 120_000);

it("lets auto pick: it says by what it goes, in the summary and in show, and its decisions replay", async () => {
  const cwd = folder({ "train.mjs": TRAIN, "silent.mjs": SILENT });
  const picked = await run(cwd, "train.mjs", ["--scheduler", "{name: auto, few: 6}"]);
  expect(picked.code, picked.err).toBe(0);
  const words = /^early {4}asha: trials tell loss at 27 steps, and more than 6 have come to an end or a rung$/m;
  expect(picked.out).toMatch(words);
  expect((await attune(cwd, ["show", "s"])).out).toMatch(words);
  expect((await attune(cwd, ["replay", "s"])).code).toBe(0);
  const silent = folder({ "silent.mjs": SILENT });
  const none = await run(silent, "silent.mjs", ["--scheduler", "auto"]);
  expect(none.code, none.err).toBe(0);
  expect(none.out).toMatch(/^early {4}none: no trial tells loss before its end$/m);
  expect(none.out).not.toMatch(/would have run/);
}, 120_000);

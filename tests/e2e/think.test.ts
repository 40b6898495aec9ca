import { expect, it } from "vitest";
import { attune, folder, TRAIN, TRAIN_COMMAND } from "./attune.ts";

const RUN = ["run", "--minimize", "loss", "--seed", "1"];

async function sampler(cwd: string): Promise<unknown> {
  return JSON.parse((await attune(cwd, ["export", "train", "--format", "json"])).out).sampler;
}

it("turns a time to think into a count once, keeps it with the study, and suggests the same again", async () => {
  const cwd = folder({ "train.mjs": TRAIN });
  const run = async (...words: string[]) => await attune(cwd, [...RUN, ...words, ...TRAIN_COMMAND]);
  expect((await run("--trials", "7", "--sampler", "gp", "--think", "5ms")).code).toBe(0);
  const stored = await sampler(cwd);
  expect(stored).toEqual({ name: "gp", options: { think: "5ms", operations: expect.any(Number) } });

  const again = await run("--trials", "9", "--think", "0.005s");
  expect(again).toMatchObject({ code: 0, err: expect.not.stringContaining("other options") });
  expect(await sampler(cwd)).toEqual(stored);
  expect((await attune(cwd, ["run", "train", "--trials", "10", "--think", "5ms"])).code).toBe(0);
  expect(await attune(cwd, ["run", "train", "--trials", "10", "--think", "20ms"])).toMatchObject({
    code: 2,
    err: expect.stringContaining("Study train thinks 5ms about a suggestion; to change it to 20ms"),
  });

  const longer = await run("--trials", "11", "--think", "20ms");
  expect(longer.err).toContain('Sampler gp goes on with other options: {"think":"20ms","operations":');
  expect(await sampler(cwd)).toMatchObject({ options: { think: "20ms" } });
  expect(await attune(cwd, ["replay", "train"])).toMatchObject({ code: 0, out: expect.stringContaining("11") });
});

it.each([
  [["--think", "50"], 'think is "50"; give the time that a suggestion may take, with its unit'],
  [["--think", "2h"], "from 1ms to 60s"],
  [["--think", "50ms", "--sampler", "grid"], "the grid sampler takes no time to speak of"],
])("refuses %j", async (words, message) => {
  const cwd = folder({ "train.mjs": TRAIN });
  const ended = await attune(cwd, [...RUN, "--trials", "2", ...words, ...TRAIN_COMMAND]);
  expect(ended).toMatchObject({ code: 2, err: expect.stringContaining(message) });
});

it("tells the place of a bad time in a study file", async () => {
  const head = "minimize: loss\nspace: {lr: 0.0..1.0}\ncommand: [node, train.mjs, --lr, '${lr}']\n";
  const cwd = folder({
    "train.mjs": TRAIN,
    "key.yaml": `${head}think: ages\n`,
    "option.yaml": `${head}sampler: {name: gp, think: ages}\n`,
    "none.yaml": `${head}sampler: tpe\nthink: 5ms\n`,
  });
  expect((await attune(cwd, ["run", "key.yaml"])).err).toContain('key.yaml:4:8: think is "ages"');
  expect((await attune(cwd, ["run", "option.yaml"])).err).toMatch(/option\.yaml:4:\d+: think is "ages"/);
  expect((await attune(cwd, ["run", "none.yaml"])).err).toMatch(/none\.yaml:5:8: .*the tpe sampler takes no time/);
});

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { attune, folder, start, trials } from "./attune.ts";

const node = process.execPath;
/** Best at x = 3 on the data of the search, at x = 3.7 on the held-out ones. */
const TRAIN = `
import { appendFileSync, existsSync, readFileSync } from "node:fs";
const words = process.argv.slice(2);
const of = (name) => words.find((word) => word.startsWith("--" + name + "="))?.split("=")[1];
const x = Number(of("x") ?? JSON.parse(process.env.ATTUNE_PARAMS).x);
const data = of("data");
appendFileSync("calls.txt", data + " " + x + " " + process.env.ATTUNE_TRIAL + "\\n");
console.log("reads " + data);
if (data === "bad") process.exit(3);
if (data === "slow" && !existsSync("go")) { console.log("waits"); setInterval(() => {}, 1000); }
else console.log("loss=" + (x - (data === "train" ? 3 : 3.7)) ** 2 + " test_loss=" + x);
`;
const RUN = ["run", "--minimize", "loss", "--sampler", "grid", "--seed", "4", "--quiet", "--study", "s"];
const study = async (): Promise<string> => {
  const cwd = folder({ "train.mjs": TRAIN });
  await attune(cwd, [...RUN, "--", node, "train.mjs", "--data=train", "--x={x: 1..5 default 1}"]);
  return cwd;
};
const heldOut = (data: string, ...options: readonly string[]): readonly string[] => [
  ...["confirm", "s", "--holdout", ...options, "--", node, "train.mjs"],
  ...[`--data=${data}`, "--x=${x}"],
];
const calls = (cwd: string, data: string): readonly string[] =>
  readFileSync(join(cwd, "calls.txt"), "utf8")
    .split("\n")
    .filter((line) => line.startsWith(data));

describe("attune confirm --holdout", () => {
  it("runs winner, runner-up and defaults once, and says what is left of the lead; no trial, sampler or budget sees it", async () => {
    const cwd = await study();
    const before = await trials(cwd, "s");
    const told = await attune(cwd, heldOut("test"));
    expect(told.code).toBe(0);
    expect(told.out).toMatch(/winner +2 +0 +0\.49 +0/);
    expect(told.out).toMatch(/default +0 +4 +7\.29 +2/);
    expect(told.out).toContain(
      "On held-out data the winner is better than the defaults by 6.8, more than the 4 by which it was chosen.",
    );
    expect(told.out).toContain("One run each: how much of this is chance is not known.");
    expect(calls(cwd, "test")).toHaveLength(3);
    expect(calls(cwd, "test")).toContain("test 3 2");
    expect(await trials(cwd, "s")).toEqual(before);
    expect((await attune(cwd, ["replay", "s"])).code).toBe(0);
    const record = JSON.parse((await attune(cwd, ["show", "--json"])).out);
    expect(record.counts.complete).toBe(5);
    expect(record.best.heldOut).toMatchObject({ metric: "loss", value: expect.closeTo(0.49), run: 0 });
    expect(JSON.parse((await attune(cwd, ["best", "--json"])).out).heldOut.run).toBe(0);
    for (const command of ["show", "best"])
      expect((await attune(cwd, [command])).out).toMatch(
        /held out loss 0\.49, the runner-up \S+, the defaults 7\.29 {2}one run each/,
      );
    expect((await attune(cwd, ["log", "0", "s", "--holdout"])).out).toContain("reads test");
  });

  it("does not run again what was run, unless asked; failures run again", async () => {
    const cwd = await study();
    await attune(cwd, heldOut("test"));
    const second = await attune(cwd, heldOut("test", "--json"));
    expect(calls(cwd, "test")).toHaveLength(3);
    expect(JSON.parse(second.out)).toMatchObject({
      configurations: [{ role: "winner", run: 0, heldOut: expect.closeTo(0.49) }, {}, {}],
    });
    await attune(cwd, heldOut("test", "--again"));
    expect(calls(cwd, "test")).toHaveLength(6);
    const bad = await attune(cwd, heldOut("bad"));
    expect(bad).toMatchObject({ code: 1, out: expect.stringContaining("attune log 6 s --holdout") });
    expect(bad.out).toContain("No held-out value of the winner: The program ended with exit code 3");
    await attune(cwd, heldOut("bad"));
    expect(calls(cwd, "bad")).toHaveLength(6);
  });

  it("goes on after a kill with what was not run", async () => {
    const cwd = await study();
    await attune(cwd, heldOut("slow", "--trial-timeout", "0.3s"));
    writeFileSync(join(cwd, "go"), "");
    const words = [
      "confirm",
      "s",
      "--holdout",
      "--",
      "sh",
      "-c",
      'echo "$0" >> shell.txt; [ -e on ] || [ "$0" != "${x}" ] || [ ! -e one ] || sleep 60; touch one; echo loss=$0',
      "${x}",
    ];
    const running = start(cwd, words);
    await running.wrote("held-out run 3");
    running.child.kill("SIGKILL");
    await running.ended;
    writeFileSync(join(cwd, "on"), "");
    const { code, err } = await attune(cwd, words);
    expect(code).toBe(0);
    expect(err).toContain("run before, and not again: winner (--again");
    const done = readFileSync(join(cwd, "shell.txt"), "utf8").trim().split("\n");
    expect(done.filter((x) => x === done[0])).toHaveLength(1);
  });

  it("keeps limits, and takes another metric, the trial's number, and every way in", async () => {
    const cwd = await study();
    const slow = await attune(cwd, heldOut("slow", "--trial-timeout", "0.3s"));
    expect(slow).toMatchObject({ code: 1, out: expect.stringContaining("took longer than its limit of 0.3 s") });
    const full = await attune(cwd, heldOut("test", "--min-free", "9000TB"));
    expect(full).toMatchObject({ code: 3, err: expect.stringContaining("--min-free") });
    const other = await attune(cwd, heldOut("test", "--metric", "test_loss"));
    expect(other.err).toContain("note: a smaller test_loss is taken for better");
    expect(other.out).toMatch(/test_loss +trial +seen loss +held out test_loss/);
    const script = "cat config.json params.yaml - > got-${trial}.txt; echo loss=1";
    writeFileSync(join(cwd, "config.json.attune"), '{"value": ${x}}');
    const ways = ["--template", "config.json.attune", "--params-file", "params.yaml", "--stdin", "json"];
    const out = join(cwd, "out");
    const words = ["confirm", "s", "--holdout", ...ways, "--", "sh", "-c", script.replace("> ", `> ${out}-`)];
    expect((await attune(cwd, words)).code).toBe(0);
    const got = readFileSync(`${out}-got-2.txt`, "utf8");
    expect(got).toContain('{"value": 3}');
    expect(got).toContain("x: 3");
    expect(got).toContain('"x": 3');
    const style = ["confirm", "s", "--holdout", "--args-style", "space", "--", "sh", "-c", 'echo "loss=$2"', "name"];
    expect((await attune(cwd, style)).out).toMatch(/winner +2 +0 +3 /);
  });

  it("takes command, metric and ways in from the study file, and says where two winners looked at the same data", async () => {
    const file = `study: s
minimize: loss
sampler: grid
space: {x: 1..5 default 1}
args-style: equals
command: [${node}, train.mjs, --data=train, "\${args}"]
holdout:
  command: [${node}, train.mjs, --data=test, "\${args}"]
  metric: test_loss`;
    const cwd = folder({ "train.mjs": TRAIN, "s.yaml": file });
    await attune(cwd, ["run", "s.yaml", "--quiet"]);
    const told = await attune(cwd, ["confirm", "s.yaml", "--holdout", "--json"]);
    expect(JSON.parse(told.out)).toMatchObject({
      metric: { name: "test_loss" },
      configurations: [{ heldOut: 3 }, {}, { heldOut: 1 }],
    });
    await attune(cwd, ["invalidate", "2", "s"]);
    const after = await attune(cwd, ["show", "s"]);
    expect(after.out).toContain("held out test_loss");
    const again = await attune(cwd, ["confirm", "s.yaml", "--holdout"]);
    expect(again.err).toContain("1 other winner was judged on these data before");
  });

  it("guesses no command, and refuses in a sentence what cannot be", async () => {
    const cwd = await study();
    const refused = async (...words: readonly string[]): Promise<string> => {
      const { code, err } = await attune(cwd, words);
      expect(code).toBe(2);
      return err;
    };
    expect(await refused("confirm", "s", "--holdout")).toContain("It is not guessed");
    expect(await refused("confirm", "s", "--", node, "train.mjs")).toContain("add --holdout");
    expect(await refused("confirm", "s", "--metric", "acc")).toContain("--metric is for runs on held-out data");
    expect(await refused("confirm", "s", "--holdout", "--", node, "t", "{x: 0..1}")).toContain("write ${x}");
    expect(await refused("log", "7", "s", "--holdout")).toContain("has no held-out run 7");
    writeFileSync(join(cwd, "bad.yaml"), "study: s\nholdout: {comand: [a]}\n");
    expect(await refused("confirm", "bad.yaml", "--holdout")).toMatch(/bad\.yaml:2.*Did you mean "?command/s);
    const same = await attune(cwd, heldOut("train"));
    expect(same.out).toContain("Every held-out value is the seen one to the last digit");
    expect(existsSync(join(cwd, "attune.db.files"))).toBe(true);
  });
});

describe("attune confirm --holdout of several objectives", () => {
  const MANY = ["run", "--minimize", "loss", "--minimize", "size", "--sampler", "grid", "--seed", "4", "--quiet"];
  /** On the front are x = 1, 2 and 3; where it bends is 2. */
  const MORE = `${TRAIN}
if (data === "train" || data === "test") console.log("size=" + x + " test_size=" + (data === "train" ? 0 : (x === 2 ? 9 : x)));`;
  const many = async (): Promise<string> => {
    const cwd = folder({ "train.mjs": MORE });
    await attune(cwd, [...MANY, "--study", "s", "--", node, "train.mjs", "--data=train", "--x={x: 1..5 default 5}"]);
    return cwd;
  };
  const trialOf = async (cwd: string, x: number): Promise<number> =>
    ((await trials(cwd, "s")) as readonly { number: number; params: { x: number } }[]).find(
      ({ params }) => params.x === x,
    )!.number;

  it("runs the chosen point, its neighbours and the defaults once, and judges each objective; no trial comes of it", async () => {
    const cwd = await many();
    const before = await trials(cwd, "s");
    const [one, two, three, five] = await Promise.all([1, 2, 3, 5].map((x) => trialOf(cwd, x)));
    const told = await attune(cwd, heldOut("test"));
    expect(told.code).toBe(0);
    expect(told.out).toMatch(/^ +trial +seen loss +held out +seen size +held out +run$/m);
    expect(told.out).toMatch(new RegExp(`^chosen +${two} +1 +2\\.89 +2 +2 +0$`, "m"));
    expect(told.out).toContain(
      `the chosen point beside its neighbour, trial ${three}: worse in loss by 2.4 (was worse by 1), better in size by 1 (was better by 1).`,
    );
    expect(told.out).toContain(
      "the chosen point beside the defaults: worse in loss by 1.2 (was better by 3), better in size by 3 (was better by 3).",
    );
    expect(told.out).toContain("none of these beats the chosen point in everything.");
    expect(told.out).toContain("Held-out values of size are the seen ones to the last digit");
    expect(told.out).toContain("The order of the configurations changed in loss.");
    expect(calls(cwd, "test")).toHaveLength(4);
    expect(await trials(cwd, "s")).toEqual(before);
    expect((await attune(cwd, ["replay", "s"])).code).toBe(0);
    for (const command of ["show", "best"]) {
      const { out } = await attune(cwd, [command]);
      expect(out).toMatch(new RegExp(`^held out trial ${three}: loss 0\\.49 {2}size 3 {2}one run each$`, "m"));
      expect(out).toMatch(new RegExp(`^ +trial ${one}: loss 7\\.29 {2}size 1$`, "m"));
      expect(out).toMatch(/^ +the defaults: loss 1\.69 {2}size 5$/m);
    }
    const record = JSON.parse((await attune(cwd, ["best", "--json"])).out);
    expect(record.heldOut.metrics).toEqual(["loss", "size"]);
    expect(record.heldOut.values).toContainEqual({
      trial: five,
      onFront: false,
      run: 3,
      values: { loss: expect.closeTo(1.69), size: 5 },
    });
    expect(JSON.parse((await attune(cwd, ["show", "--json"])).out).heldOut).toEqual(record.heldOut);
    await attune(cwd, ["report", "s"]);
    const report = readFileSync(join(cwd, "report.html"), "utf8");
    expect(report).toContain(
      "On held-out data 3 of them were run, once each; the defaults, which are not among them, have loss 1.69 and size 5 there.",
    );
    expect(report).toContain("loss on held-out data");
  });

  it("goes by what was chosen and by the names of held-out metrics, runs nothing twice, and says who beats the chosen point", async () => {
    const cwd = await many();
    const [one, two] = await Promise.all([1, 2].map((x) => trialOf(cwd, x)));
    await attune(cwd, ["choose", "s", "--take", String(one)]);
    const words = heldOut("test", "--metric", "size=test_size", "--json");
    const first = await attune(cwd, words);
    expect(first.err).toContain("a smaller test_size is taken for better, and its leads for those of size");
    const { configurations, objectives } = JSON.parse(first.out);
    expect(configurations[0]).toMatchObject({
      role: "chosen",
      trial: one,
      heldOut: { loss: expect.closeTo(7.29), test_size: 1 },
    });
    expect(objectives.map(({ metric, seenMetric }: never) => [(metric as { name: string }).name, seenMetric])).toEqual([
      ["loss", "loss"],
      ["test_size", "size"],
    ]);
    const count = calls(cwd, "test").length;
    expect((await attune(cwd, words)).err).toContain("run before, and not again: chosen, neighbour, default");
    expect(calls(cwd, "test")).toHaveLength(count);
    // Another point of the front, with its neighbours; two of the four were run before.
    await attune(cwd, ["choose", "s", "--forget"]);
    const other = await attune(cwd, heldOut("test", "--metric", "size=test_size"));
    expect(other.err).toContain("1 other chosen point was judged on these data before");
    expect(other.out).toMatch(new RegExp(`^chosen +${two} +1 +2\\.89 +2 +9 `, "m"));
    expect(other.out).toMatch(
      /and (its neighbour, trial \d+|the defaults) are as good as the chosen point in everything, and better in something\./,
    );
  });

  it("takes names from the study file, and refuses in a sentence what says no objective", async () => {
    const file = `study: s
minimize: [loss, size]
sampler: grid
space: {x: 1..5 default 5}
args-style: equals
command: [${node}, train.mjs, --data=train, "\${args}"]
holdout:
  command: [${node}, train.mjs, --data=test, "\${args}"]
  metric: {loss: test_loss}`;
    const cwd = folder({ "train.mjs": MORE, "s.yaml": file });
    await attune(cwd, ["run", "s.yaml", "--trials", "0", "--quiet"]);
    const early = await attune(cwd, ["confirm", "s.yaml", "--holdout"]);
    expect([early.code, early.err]).toEqual([
      1,
      expect.stringContaining("has no configuration on its front yet to run on held-out data"),
    ]);
    await attune(cwd, ["run", "s.yaml", "--quiet"]);
    const told = JSON.parse((await attune(cwd, ["confirm", "s.yaml", "--holdout", "--json"])).out);
    expect(told.configurations[0].heldOut).toEqual({ test_loss: 2, size: 2 });
    const refused = await attune(cwd, heldOut("test", "--metric", "test_loss"));
    expect([refused.code, refused.err]).toEqual([
      2,
      expect.stringContaining(
        "--metric test_loss does not say which objective it is of; write loss=NAME or size=NAME.",
      ),
    ]);
    const bad = await attune(cwd, heldOut("bad"));
    expect(bad.code).toBe(1);
    expect(bad.out).toContain("No held-out value of the chosen point: The program ended with exit code 3");
  });
});

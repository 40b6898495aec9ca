import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { createStudy, float, int } from "../../src/index.ts";
import { attune, folder } from "./attune.ts";

const TRAIN = `const read = (name) => Number(process.argv[process.argv.indexOf(name) + 1]);
const [x, depth] = [read("--x"), read("--depth")];
console.log("recall=" + x * depth / 30 + " alarms=" + x * x + " ms=" + depth + " watts=" + depth * 2);`;
const ARGV = ["node", "train.mjs", "--x", "${x}", "--depth", "${depth}"];
const SPACE = { x: float(0, 1), depth: int(1, 30) };

interface Point {
  readonly number: number;
  readonly params: { readonly x: number; readonly depth: number };
  readonly values: Readonly<Record<string, number>>;
  readonly command: string;
}

/** A study with a program, as a program of the library begins it. */
async function begun(cwd: string, more: Readonly<Record<string, unknown>>): Promise<void> {
  const options = {
    name: "fraud",
    space: SPACE,
    command: { argv: ARGV },
    seed: 3,
    storage: join(cwd, "attune.db"),
    ...more,
  };
  const study = await createStudy(options as never);
  await study.close();
}

const MANY = { maximize: ["recall"], minimize: ["alarms", "ms"] };

it("goals are given, shown, changed on a living study, and taken away", async () => {
  const cwd = folder({ "train.mjs": TRAIN });
  const shown = async () => /^goal.*$/m.exec((await attune(cwd, ["show"])).out)?.[0] ?? null;
  const program = ["--", "node", "train.mjs", "--x", "{x: 0..1}", "--depth", "{depth: 1..30}"];
  const words = ["run", "--study", "s", "--maximize", "recall", "--trials", "3", "--workers", "3"];
  expect(await attune(cwd, [...words, "--goal", "recall >= 5", ...program])).toMatchObject({ code: 0 });
  expect(await shown()).toBe("goal     recall >= 5: not met yet");
  const refused = await attune(cwd, ["run", "s", "--trials", "0", "--goal", "recall <= 5"]);
  expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('so that its goal is "recall >= 5"')]);
  const changed = await attune(cwd, ["run", "s", "--trials", "0", "--goal", "recall >= 1e-9"]);
  expect(changed.err).toContain("The goals change from recall >= 5 to recall >= 1e-9.");
  expect(await shown()).toBe("goal     recall >= 1e-9: met; the search goes on by raw values");
  await attune(cwd, [...words, ...program]);
  expect(await shown()).toContain("recall >= 1e-9");
  expect((await attune(cwd, ["run", "s", "--trials", "0", "--goal", "none"])).err).toContain("are taken away");
  expect(await shown()).toBe(null);
  expect((await attune(cwd, ["replay"])).code).toBe(0);
}, 120_000);

it("references and units are given, shown where values stand, and changed on a living study", async () => {
  const cwd = folder({
    "train.mjs": TRAIN,
    "s.yaml": "references: {ms: 25}\nunits: {ms: ms, recall: '%'}\nmaximize: recall\nminimize: ms\nseed: 1\n",
  });
  const program = ["--", "node", "train.mjs", "--x", "{x: 0..1}", "--depth", "{depth: 1..30}"];
  const run = ["run", "s.yaml", "--study", "s", "--trials", "6", "--workers", "3", ...program];
  expect(await attune(cwd, run)).toMatchObject({ code: 0 });
  const shown = (await attune(cwd, ["show"])).out;
  expect(shown).toContain("maximize recall (%), minimize ms (ms)");
  expect(shown).toContain("\nworst    of interest: ms 25 ms\n");
  const best = await attune(cwd, ["best"]);
  expect(best.out).toMatch(/ recall \(%\) +ms \(ms\) /);
  expect(best.out).toMatch(/knee {5}trial \d+, [^:]+: recall \S+ % {2}ms \d+ ms/);
  const json = JSON.parse((await attune(cwd, ["plot", "hypervolume", "--json"])).out);
  expect([json.bounds[1][0], json.metrics[1]]).toEqual([
    25,
    { name: "ms", direction: "minimize", reference: 25, unit: "ms" },
  ]);
  const changed = await attune(cwd, ["run", "s", "--trials", "0", "--reference", "ms=20", "--unit", "none"]);
  expect(changed.err).toContain("The references change from ms 25 to ms 20.");
  expect(changed.err).toContain("The units are taken away: ms ms, recall %.");
  expect((await attune(cwd, ["show"])).out).toContain("\nworst    of interest: ms 20\n");
  for (const [words, message] of [
    [
      ["--reference", "ms"],
      '--reference is "ms"; give the worst value of interest by objective: loss=2; none for none.',
    ],
    [["--reference", "ms=fast"], "give the worst value of interest"],
    [["--reference", "ms=1", "--reference", "ms=2"], "ms has two; give one for each objective."],
    [["--unit", "watts=W"], "The unit of watts: the study has no objective watts; it has recall, ms."],
  ] as const) {
    const refused = await attune(cwd, ["run", "s", "--trials", "0", ...words]);
    expect([refused.code, refused.err]).toEqual([2, expect.stringContaining(message)]);
  }
  expect((await attune(cwd, ["replay"])).code).toBe(0);
}, 240_000);

it("values that are printed with a unit are kept in the one that is said, in which goals and limits are too, and are in no other kind", async () => {
  const cwd = folder({ "timed.mjs": "console.log('loss=' + 1.5 + ' ms');" });
  const timed = ["--minimize", "loss", "--trials", "1", "--", "node", "timed.mjs", "{x: 0..1}"];
  const said = ["run", "--study", "t", "--unit", "loss=ms", "--goal", "loss <= 2", "--limit", "loss <= 10"];
  const run = await attune(cwd, [...said, ...timed]);
  expect([run.code, run.out]).toEqual([0, expect.stringMatching(/^best {5}loss 1\.5 ms /m)]);
  expect(run.out).toMatch(/^goal {5}loss <= 2: met/m);
  const show = (await attune(cwd, ["show", "t"])).out;
  expect(show).toContain("unit     loss in ms, converted from what the program printed");
  const late = await attune(cwd, ["run", "t", "--trials", "0", "--unit", "loss=s"]);
  expect([late.code, late.err]).toEqual([2, expect.stringContaining("were converted to ms; say ms.")]);
  // Without the word later trials stay in what the study's values are in.
  const none = await attune(cwd, ["run", "t", "--trials", "2", "--unit", "none"]);
  expect([none.code, none.out]).toEqual([0, expect.stringMatching(/^best {5}loss 1\.5 /m)]);
  const held = ["confirm", "t", "--holdout", "--json", "--", "node", "timed.mjs"];
  expect(JSON.parse((await attune(cwd, held)).out).configurations[0]).toMatchObject({ seen: 1.5, heldOut: 1.5 });
  const other = await attune(cwd, ["run", "--study", "v", "--unit", "loss=MB", ...timed]);
  expect(other.out + other.err).toContain("say that its unit is s");
  expect(await attune(cwd, ["run", "--study", "u", ...timed])).toMatchObject({ code: 0 });
  expect((await attune(cwd, ["best", "u"])).out).toMatch(/^best {5}loss 0\.0015 /m);
}, 240_000);

it("objectives are gained and lost, what does not count any more is said first", async () => {
  const cwd = folder({ "train.mjs": TRAIN });
  const program = ["--", "node", "train.mjs", "--x", "{x: 0..1}", "--depth", "{depth: 1..30}"];
  const run = ["run", "--study", "s", "--maximize", "recall", "--keep", "alarms", "--trials", "3", ...program];
  expect(await attune(cwd, run)).toMatchObject({ code: 0 });
  expect((await attune(cwd, ["objectives", "s"])).out).toBe("maximize recall\n");
  const gained = await attune(cwd, ["objectives", "s", "--minimize", "alarms"]);
  expect([gained.code, gained.err]).toEqual([
    0,
    expect.stringContaining("alarms is an objective from now on, to minimize"),
  ]);
  expect((await attune(cwd, ["show"])).out).toMatch(/^front/m);
  expect((await attune(cwd, ["run", "s", "--trials", "5"])).code).toBe(0);
  const asked = await attune(cwd, ["objectives", "s", "--drop", "alarms"]);
  expect(asked.code).toBe(2);
  expect(asked.err).toContain("--yes");
  const lost = await attune(cwd, ["objectives", "s", "--drop", "alarms", "--yes", "--json"]);
  expect(JSON.parse(lost.out)).toMatchObject({ applied: true, leftOut: [] });
  expect((await attune(cwd, ["best"])).code).toBe(0);
  expect((await attune(cwd, ["run", "s", "--trials", "7"])).code).toBe(0);
  const values = (await attune(cwd, ["trials", "s", "--json"])).out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line).values);
  expect(values).toHaveLength(7);
  for (const { recall, alarms } of values) expect([typeof recall, typeof alarms]).toEqual(["number", "number"]);
  const unknown = await attune(cwd, ["objectives", "s", "--minimize", "watts"]);
  expect([unknown.code, unknown.err]).toEqual([2, expect.stringContaining("has a value of watts")]);
  expect(
    (await attune(cwd, ["run", "s", "--maximize", "recall", "--minimize", "alarms", "--trials", "0"])).err,
  ).toContain("alarms is an objective from now on");
  expect((await attune(cwd, ["replay"])).code).toBe(0);
}, 120_000);

describe("a study with several objectives on the command line", () => {
  const cwd = folder({ "train.mjs": TRAIN });
  let run = { code: null as number | null, out: "", err: "" };
  let front: readonly Point[] = [];
  beforeAll(async () => {
    await begun(cwd, { ...MANY, limits: ["watts <= 40"], goals: ["alarms <= 0.2"] });
    run = await attune(cwd, ["run", "fraud", "--trials", "16", "--workers", "2"]);
    front = (JSON.parse((await attune(cwd, ["best", "fraud", "--json"])).out) as { readonly front: readonly Point[] })
      .front;
  }, 120_000);

  it("runs, reads what limits look at, marks what comes to the front, and prints the front", () => {
    expect(run).toMatchObject({ code: 0 });
    expect(run.err).toMatch(/trial +\d+ {2}recall [\d.]+ +alarms [\d.e-]+ +ms \d+ .*front/);
    expect(run.err).not.toMatch(/attune confirm/);
    expect(run.out).toMatch(/^front +\d+ configurations: no other keeps the limits and is as good in everything/m);
    expect(run.out).toMatch(/^ +trial +recall +alarms +ms +x +depth$/m);
    expect(run.out).toMatch(/^limits +watts <= 40$/m);
    expect(run.out).toMatch(/^goals +alarms <= 0.2: met by \d+ of the front$/m);
    expect(run.out).not.toMatch(/^best/m);
  });

  it("best prints the front; as JSON with a command each, and no single command line", async () => {
    expect(front.length).toBeGreaterThan(2);
    expect(front.every(({ params }) => params.depth <= 20)).toBe(true);
    const recalls = front.map(({ values }) => values.recall!);
    expect(recalls).toEqual(recalls.toSorted((a, b) => b - a));
    for (const { params, command } of front)
      expect(command.replace(/(?<=--x \d+)\.0(?= )/, "")).toBe(
        `node train.mjs --x ${params.x} --depth ${params.depth}`,
      );
    const text = await attune(cwd, ["best", "fraud"]);
    expect(text).toMatchObject({ code: 0 });
    for (const { number } of front.length > 10 ? [front[0]!] : front)
      expect(text.out).toMatch(new RegExp(`^ +${number} +\\d`, "m"));
    const quiet = await attune(cwd, ["best", "fraud", "--quiet"]);
    expect(quiet).toMatchObject({ code: 1, out: "" });
    expect(quiet.err).toContain(
      "Study fraud has 3 objectives (recall, alarms, ms), so that no configuration is the best",
    );
  });

  it("show says all objectives with the limits; as JSON with the front", async () => {
    const shown = await attune(cwd, ["show", "fraud"]);
    expect(shown.out).toMatch(/^study +fraud {2}maximize recall, minimize alarms, minimize ms, sampler auto/m);
    expect(shown.out).toMatch(/^front /m);
    const record = JSON.parse((await attune(cwd, ["show", "fraud", "--json"])).out);
    expect(record).toMatchObject({ best: null, runnerUp: null, nearest: null, limits: ["watts <= 40"] });
    expect(record.front.map(({ number }: Point) => number)).toEqual(front.map(({ number }) => number));
    expect(record.metrics[1]).toEqual({ name: "alarms", direction: "minimize", goal: 0.2 });
  });

  it.each(["history", "slice", "parallel", "importance"])("draws %s once for each objective", async (name) => {
    const figures = (await attune(cwd, ["show", "fraud", "--plot", name, "--json"])).out.trim().split("\n");
    expect(figures.map((text) => JSON.parse(text).metric.name)).toEqual(["recall", "alarms", "ms"]);
    const drawn = (await attune(cwd, ["show", "fraud", "--plot", name])).out;
    for (const metric of ["recall", "alarms", "ms"]) expect(drawn).toContain(metric);
  });

  it("draws the timeline once, trials and why with all objectives", async () => {
    const timeline = (await attune(cwd, ["show", "fraud", "--plot", "timeline", "--json"])).out.trim().split("\n");
    expect(timeline).toHaveLength(1);
    expect((await attune(cwd, ["trials", "fraud"])).out).toMatch(
      /^ *trial +state +recall +alarms +ms +time +x +depth/m,
    );
    const why = await attune(cwd, ["why", "fraud", "1"]);
    expect(why).toMatchObject({ code: 0 });
    expect(why.out).toMatch(/It gave recall [\d.]+, alarms [\d.e-]+, ms \d+\./);
    expect(await attune(cwd, ["replay", "fraud"])).toMatchObject({ code: 0 });
    expect((await attune(cwd, ["studies"])).out).toContain("maximize recall, minimize alarms, minimize ms");
  });

  it("is exported and imported with every value, and seed and fold", async () => {
    const csv = await attune(cwd, ["export", "fraud"]);
    const [heading, first] = csv.out.split("\n");
    expect(heading).toBe(
      "trial,state,outcome,origin,configuration,replicate,seed,fold,attempts,steps,ran,time,started,finished,message,decision,note,invalid,recall,alarms,ms,watts,x,depth",
    );
    expect(first!.split(",")).toHaveLength(heading!.split(",").length);
    const document = JSON.parse((await attune(cwd, ["export", "fraud", "--format", "json"])).out);
    expect(document).toMatchObject({ limits: ["watts <= 40"], metrics: [{ name: "recall" }, {}, {}] });
    writeFileSync(join(cwd, "trials.csv"), csv.out);
    await begun(cwd, { ...MANY, name: "second", limits: ["watts <= 40"] });
    expect(await attune(cwd, ["import", "trials.csv", "second"])).toMatchObject({ code: 0 });
    const again = (await attune(cwd, ["export", "second"])).out.split("\n");
    expect(again[1]!.split(",").slice(-6)).toEqual(first!.split(",").slice(-6));
    writeFileSync(join(cwd, "few.csv"), "x,depth,recall\n0.5,3,0.2\n");
    const few = await attune(cwd, ["import", "few.csv", "second"]);
    expect(few.code).toBe(2);
    expect(few.err).toContain("There is no column for alarms, ms.");
  });

  it("is asked and told by names", async () => {
    await begun(cwd, { ...MANY, name: "by hand" });
    const asked = await attune(cwd, ["ask", "by hand"]);
    expect(asked.err).toContain("attune tell 0 recall=RECALL alarms=ALARMS ms=MS 'by hand'");
    const alone = await attune(cwd, ["tell", "0", "0.5", "by hand"]);
    expect(alone.code).toBe(2);
    expect(alone.err).toContain(
      "0.5 is one number, and study by hand has 3 objectives; write attune tell 0 recall=RECALL alarms=ALARMS ms=MS",
    );
    const told = await attune(cwd, ["tell", "0", "recall=0.9", "alarms=0.1", "ms=3", "by hand"]);
    expect(told).toMatchObject({ code: 0 });
    expect(told.err).toContain("recall 0.9, alarms 0.1, ms 3");
  });

  it("run refuses a value as its target and another objective, and names what fails", async () => {
    const refusal = async (...words: readonly string[]) => {
      const { code, err } = await attune(cwd, ["run", "fraud", "--trials", "20", ...words]);
      expect(code).toBe(2);
      return err;
    };
    expect(await refusal("--target", "1")).toContain("target is one value, and the study has 3 objectives");
    expect(await refusal("--minimize", "ms")).toContain(
      "Study fraud tunes maximize recall, minimize alarms, minimize ms, not minimize ms",
    );
    await begun(cwd, { ...MANY, name: "lacking", minimize: ["alarms", "seconds", "size"] });
    const run = await attune(cwd, ["run", "lacking", "--trials", "1", "--keep-going"]);
    expect(run.err).toMatch(/no metric.*seconds.*size/s);
  });

  it("gc keeps the files of the front and of the best beyond it", async () => {
    await attune(cwd, ["gc", "fraud", "--keep", "1", "--yes"]);
    const kept = new Set<number>();
    for (const { number } of front) {
      expect((await attune(cwd, ["log", String(number), "fraud"])).out).toContain("recall=");
      kept.add(number);
    }
    const other = Array.from({ length: 16 }, (_none, k) => k).find((number) => !kept.has(number))!;
    expect((await attune(cwd, ["log", String(other), "fraud"])).out).not.toContain("recall=");
    expect(readFileSync(join(cwd, "train.mjs"), "utf8")).toBe(TRAIN);
  });
});

describe("limits on the command line", () => {
  const LIMITED = { minimize: "alarms", maximize: undefined, sampler: "random" };

  it("best is what keeps them, with a sentence about them", async () => {
    const cwd = folder({ "train.mjs": TRAIN });
    await begun(cwd, { ...LIMITED, limits: ["recall >= 0.1", "ms<=25"] });
    const run = await attune(cwd, ["run", "fraud", "--trials", "12"]);
    expect(run).toMatchObject({ code: 0 });
    expect(run.out).toMatch(/^limits +recall >= 0.1, ms <= 25: kept$/m);
    const record = JSON.parse((await attune(cwd, ["best", "fraud", "--json"])).out);
    expect(record.values.recall).toBeGreaterThanOrEqual(0.1);
    expect(record.limits).toEqual({ feasible: true, violation: 0, broken: [] });
  }, 60_000);

  it("while nothing keeps them the nearest is named, and best ends with code 1", async () => {
    const cwd = folder({ "train.mjs": TRAIN });
    await begun(cwd, { ...LIMITED, limits: ["ms <= 0", "nothing <= 1"] });
    const run = await attune(cwd, ["run", "fraud", "--trials", "4"]);
    expect(run.out).toMatch(/^nearest +alarms [\d.e-]+ +trial \d+, one run$/m);
    expect(run.out).toMatch(
      /^limits +no configuration keeps them all, the search looks for one; this one breaks ms <= 0, nothing <= 1$/m,
    );
    expect(run.out).not.toMatch(/^best|run the winner again/m);
    expect(await attune(cwd, ["best", "fraud"])).toMatchObject({ code: 1 });
    const json = await attune(cwd, ["best", "fraud", "--json"]);
    expect(json.code).toBe(1);
    expect(JSON.parse(json.out).limits).toEqual({
      feasible: false,
      violation: "Infinity",
      broken: ["ms <= 0", "nothing <= 1"],
    });
    const quiet = await attune(cwd, ["best", "fraud", "--quiet"]);
    expect(quiet).toMatchObject({ code: 1, out: "" });
    expect(quiet.err).toContain("no configuration of study fraud keeps its limits");
    const many = folder({ "train.mjs": TRAIN });
    await begun(many, { ...MANY, limits: ["ms <= 0"] });
    const front = await attune(many, ["run", "fraud", "--trials", "4"]);
    expect(front.out).toMatch(
      /^front +none: no configuration keeps the limits; the search looks for one; trial \d+ breaks them least \(ms <= 0\)$/m,
    );
    expect(await attune(many, ["best", "fraud"])).toMatchObject({ code: 1 });
  }, 60_000);
});

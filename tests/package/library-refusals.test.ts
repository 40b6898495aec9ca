import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import {
  AttuneError,
  choice,
  createStudy,
  defineSpace,
  derived,
  float,
  int,
  oneOf,
  openStudy,
  type StudyOptions,
} from "../../src/index.ts";
import { root } from "../architecture/source-files.ts";

const folder = mkdtempSync(path.join(tmpdir(), "attune-refusals-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Calls with what no types would let through. */
type Loose = (options: unknown, more?: unknown) => Promise<unknown>;
const create = createStudy as Loose;
const base = {
  name: "s",
  minimize: "loss",
  space: { x: float(0, 1) },
  sampler: "random",
} as const satisfies StudyOptions;

async function refusal(call: () => unknown): Promise<AttuneError> {
  const error: unknown = await Promise.resolve()
    .then(call)
    .catch((thrown) => thrown);
  expect(error).toBeInstanceOf(AttuneError);
  return error as AttuneError;
}

describe("options of studies", () => {
  it.each<readonly [object, RegExp]>([
    [{ ...base, minimise: "loss" }, /^createStudy has no option minimise; allowed are .*\. Did you mean "minimize"\?$/],
    [{ ...base, sampelr: "gp" }, /Did you mean "sampler"\?$/],
    [{ ...base, zzz: 1 }, /^createStudy has no option zzz; allowed are [^.]*\.$/],
    [{ ...base, seed: "5" }, /^createStudy: seed is "5"; give a whole number from 0 to 2\^53 - 1\.$/],
    [{ ...base, seed: -1 }, /seed is -1/],
    [{ ...base, seed: 2.5 }, /seed is 2\.5/],
    [{ ...base, name: 5 }, /name is 5; give a text/],
    [{ ...base, name: undefined }, /has no name/],
    [{ ...base, minimize: 5 }, /minimize is 5; give a/],
    [{ ...base, minimize: ["loss", 5] }, /minimize is \["loss",5\]; give a/],
    [{ ...base, sampler: { nam: "grid" } }, /sampler is .*give a name/],
    [{ ...base, sampler: null }, /sampler is null; give a name/],
    [{ ...base, sampler: { name: "grid", pionts: {} } }, /no option pionts.*Did you mean "points"\?/],
    [{ ...base, scheduler: { name: "median", wramup: 1 } }, /no option wramup/],
    [{ ...base, where: "x < 1" }, /where is "x < 1"; give a list/],
    [{ ...base, storage: 7 }, /storage is 7; give a file/],
    [
      { ...base, minimize: undefined, metrics: [{ name: "loss", direction: "min" }] },
      /metrics is .*give a list of metrics/,
    ],
    [{ ...base, minimize: undefined, metrics: [{ name: "l", direction: "minimize", unti: "s" }] }, /no option unti/],
  ])("%j", async (options, message) => {
    expect((await refusal(() => create(options))).message).toMatch(message);
  });

  it.each([null, undefined, 5, "s", []])("createStudy(%j)", async (options) => {
    expect((await refusal(() => create(options))).message).toMatch(
      /^The options of createStudy are .*; give an object/,
    );
  });

  it.each<readonly [object, RegExp]>([
    [{ trails: 5 }, /^study\.optimize has no option trails; .*Did you mean "trials"\?$/],
    ...[-1, "5", 2.5, Number.NaN, true].map(
      (trials) => [{ trials }, /trials is .*; give a whole number from 0 up, or null/] as const,
    ),
    ...[0, -1, "4", 1.5].map((workers) => [{ workers }, /workers is .*; give a whole number from 1 up/] as const),
    ...[-1, "5m", Number.NaN].map(
      (timeout) => [{ timeout }, /timeout is .*; give a number of seconds from 0 up/] as const,
    ),
    ...[-1, "5s", 1e9, Number.POSITIVE_INFINITY].map(
      (grace) => [{ grace }, /grace is .*; give a number of sec/] as const,
    ),
    [{ keepGoing: "no" }, /keepGoing is "no"; give true or false/],
    [{ patience: 0 }, /patience is 0; give a whole number from 1 up/],
    [{ target: "0.1" }, /target is "0\.1"; give a number, or "goals"/],
    [{ signal: {} }, /signal is \{\}; give an AbortSignal/],
    [{ onEvent: 1 }, /onEvent is 1; give a function/],
  ])("optimize %j", async (options, message) => {
    const study = await createStudy(base);
    expect((await refusal(() => (study.optimize as unknown as Loose)(() => 1, options))).message).toMatch(message);
    expect(study.trials()).toEqual([]);
  });

  it("asks, tells and edits by known options only, and tunes functions and modules only", async () => {
    const study = await createStudy(base);
    const calls = study as unknown as Readonly<Record<"ask" | "tell" | "editSpace" | "optimize", Loose>>;
    expect((await refusal(() => calls.ask({ detatched: true }))).message).toMatch(/Did you mean "detached"/);
    const trial = await study.ask();
    expect((await refusal(() => study.tell(trial, 1, { tokn: "a" } as object))).message).toMatch(
      /Did you mean "token"/,
    );
    expect((await refusal(() => calls.editSpace({ ad: {} }))).message).toMatch(/Did you mean "add"/);
    expect((await refusal(() => calls.editSpace({}, { dryrun: true }))).message).toMatch(/Did you mean "dryRun"/);
    expect((await refusal(() => calls.optimize({ run: 1 }))).message).toMatch(
      /give a function, or the path of a module/,
    );
  });

  it("names a module that is not there, and the nearest that is", async () => {
    writeFileSync(path.join(folder, "objective.mjs"), "export default () => 1;");
    const study = await createStudy(base);
    const { message } = await refusal(() => study.optimize(path.join(folder, "objectiv.mjs"), { trials: 1 }));
    expect(message).toMatch(/^There is no module .*objectiv\.mjs.*Did you mean "objective\.mjs"\?$/);
    expect((await refusal(() => study.optimize(folder, { trials: 1 }))).message).toMatch(/is a folder/);
    expect(study.trials()).toEqual([]);
  });
});

describe("builders", () => {
  it.each<readonly [() => unknown, RegExp]>([
    [() => float(0.1, 1, { lgo: true } as object), /^float has no option lgo; allowed are .*Did you mean "log"\?$/],
    [() => int(1, 6, { stp: 2 } as object), /^int has no option stp; .*"step"/],
    [() => float(0.1, 1, { log: "yes" as never }), /^float: log is "yes"; give true or false\.$/],
    [() => int(1, 6, { step: "2" as never }), /^int: step is "2"; give a finite number/],
    [() => choice(["a"], { lables: ["A"] } as object), /Did you mean "labels"/],
    [() => choice("ab" as never), /^choice takes a list of values, not "ab"\.$/],
    [() => oneOf(["a"] as never), /^oneOf takes branches/],
    [() => float(0, 1, null as never), /The options of float are null/],
    [() => defineSpace({ x: float("0" as never, 1) }), /./],
    [() => defineSpace({ x: float(0, 1) }, { wher: [] } as object), /"where"/],
    [() => derived("x", { unti: "s" } as object), /Did you mean "unit"/],
    [() => oneOf({ a: {} }, { defualt: "a" } as object), /Did you mean "default"/],
  ])("%s", async (build, message) => {
    const error = await refusal(build);
    expect(error.message).toMatch(message);
    expect(error.stack).not.toMatch(/src\/(space|study)\//);
  });
});

describe("a closed study", () => {
  it("hands out and takes nothing more, and still shows what it knew", async () => {
    const study = await createStudy(base);
    const trial = await study.ask();
    await study.close();
    await study.close();
    for (const call of [
      () => study.ask(),
      () => study.tell(trial, 1),
      () => trial.report(1, 1),
      () => study.enqueue({ x: 0.5 }),
      () => study.refresh(),
      () => study.optimize(() => 1, { trials: 1 }),
    ])
      expect((await refusal(call)).message).toBe('Study "s" was closed; open it again with openStudy or createStudy.');
    expect(study.trials()).toHaveLength(1);
  });
});

describe("openStudy", () => {
  it("takes the study's own space for its types, and no other", async () => {
    const storage = path.join(folder, "open.db");
    await (await createStudy({ ...base, storage })).close();
    const same = await openStudy({ name: "s", storage, space: base.space });
    const x: number | undefined = same.trials()[0]?.params.x;
    expect(x).toBeUndefined();
    await same.close();
    const other = await refusal(() => openStudy({ name: "s", storage, space: { x: float(0, 2) } }));
    expect(other.code).toBe("study-changed");
    expect(other.message).toMatch(/^Study "s" has another space than the one given to openStudy/);
    expect((await refusal(() => (openStudy as Loose)({ name: "s", storge: storage }))).message).toMatch(/"storage"/);
    expect((await refusal(() => (openStudy as Loose)({ name: "s" }))).message).toMatch(/needs a name and a storage/);
  });
});

/** What a program of the user's prints that imports the sources. */
function printed(program: string, node = process.execPath, imported = path.join(root, "src", "index.ts")): string {
  const file = path.join(folder, "tune.mjs");
  writeFileSync(file, program.replaceAll('"attune"', JSON.stringify(imported)));
  const { stderr, status } = spawnSync(node, [file], { encoding: "utf8", cwd: folder });
  expect(status).not.toBe(0);
  return stderr;
}

describe("what a user sees of a mistake that is not caught", () => {
  const made = `const study = await createStudy({ name: "s", minimize: "loss", space: { x: float(0, 1) }, sampler: "random" });`;
  it.each([
    [
      "an option",
      `async function mine() { await createStudy({ name: "s", minimise: "loss" }); }\nawait mine();`,
      "mine",
    ],
    ["a parameter", "function mine() { return float(1, 2, { lgo: true }); }\nmine();", "mine"],
    ["a space", "function mine() { return defineSpace({ x: float(2, 1) }); }\nmine();", "mine"],
    [
      "a run",
      `${made}\nasync function mine() { await study.optimize(() => 1, { trails: 5 }); }\nawait mine();`,
      "mine",
    ],
    [
      "a closed study",
      `${made}\nawait study.close();\nasync function mine() { await study.ask(); }\nawait mine();`,
      "mine",
    ],
    [
      "a value",
      `${made}\nasync function mine() { await study.tell(await study.ask(), { los: 3 }); }\nawait mine();`,
      "mine",
    ],
  ])("%s: the sentence and the user's own places", (_what, code, place) => {
    const told = printed(`import { createStudy, defineSpace, float } from "attune";\n${code}\n`);
    expect(told).toMatch(/AttuneError: [^\n]+\n/);
    expect(told).toContain(place);
    expect(told).not.toContain(path.join(root, "src"));
    expect(told).not.toContain("/dist/");
  });
});

const olderNode = ["/usr/bin/node", "/usr/local/bin/node"].find(
  (node) => existsSync(node) && Number(spawnSync(node, ["-p", "process.versions.node.split('.')[0]"]).stdout) < 24,
);

describe("an import on an older Node", () => {
  const sentence = /attune needs Node 24 or later and this is Node [\d.]+; [^\n]*\n/;
  it("is told in one sentence", () => {
    const program = `Object.defineProperty(process.versions, "node", { value: "20.1.0" });\nawait import("attune");\n`;
    const told = printed(program);
    expect(told).toMatch(sentence);
    expect(told).not.toContain("    at ");
  });

  it.skipIf(olderNode === undefined || !readdirSync(root).includes("dist"))("truly", () => {
    const told = printed('import "attune";\n', olderNode, path.join(root, "dist", "index.js"));
    expect(told).toMatch(sentence);
  });
});

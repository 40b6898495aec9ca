import { execFileSync, spawnSync } from "node:child_process";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { publint } from "publint";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");
const folder = mkdtempSync(path.join(tmpdir(), "attune-package-"));
const app = path.join(folder, "app");

/** The environment of a user: without what npm and vitest put into it. */
const environment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(npm_|NODE_|VITEST|ATTUNE_|INIT_CWD)/i.test(name)),
);

function run(command: string, args: readonly string[], cwd = app): string {
  return execFileSync(command, args, { cwd, env: environment, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

const program = `
const x = Number(process.argv[process.argv.indexOf("--x") + 1]);
console.log("loss=" + (x - 1) * (x - 1));
`;

beforeAll(() => {
  mkdirSync(app);
  run("npm", ["pack", "--silent", "--pack-destination", folder], root);
  const [archive] = readdirSync(folder).filter((name) => name.endsWith(".tgz"));
  writeFileSync(path.join(app, "package.json"), JSON.stringify({ private: true, type: "module" }));
  writeFileSync(path.join(app, "train.mjs"), program);
  run("npm", ["install", "--silent", "--prefer-offline", "--no-audit", "--no-fund", path.join(folder, archive!)]);
}, 180_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Members of others, each held to its suite. */
const SUITES = `
import { openStorage } from "attune";
import { StorageConflict } from "attune/storage";
import { executorContract, samplerContract, schedulerContract, storageContract } from "attune/testing";
if (StorageConflict !== (await import("attune")).StorageConflict) throw new Error("another class");
let made = 0;
storageContract("mine", async () => {
  const open = () => openStorage(\`mine-\${made}.db\`);
  made += 1;
  const opened = [await open()];
  const another = async () => (opened.push(await open()), opened.at(-1));
  return { storage: opened[0], another, dispose: async () => { for (const one of opened) await one.close(); } };
});
const nothing = () => ({ name: "mine", needsView: false, suggest: () => [] });
samplerContract("mine", { finite: true, make: nothing });
const ever = { name: "mine", onReport: () => ({ action: "continue" }), next: () => ({ action: "start-new", until: null }) };
schedulerContract("mine", { make: () => ever });
const end = { outcome: "ok", message: null, exitCode: null, signal: null, checkpoint: null };
const run = async ({ params }) => ({ state: "complete", values: { loss: params.value }, end });
executorContract("mine", { open: () => ({ run, close: async () => {} }), outcomes: { fail: "error", nothing: "no-metric" } });
`;
/** Few of each: all take a minute. */
const SOME = "decides each of many|one command's trouble|single calls|the view as it is|completes with the value";

describe("the installed package", () => {
  it("brings no other package and no tests", () => {
    const installed = readdirSync(path.join(app, "node_modules")).filter((name) => !name.startsWith("."));
    expect(installed).toEqual(["attune"]);
    const files = readdirSync(path.join(app, "node_modules", "attune"), { recursive: true, encoding: "utf8" });
    expect(files).toEqual(expect.arrayContaining(["LICENSE", "README.md", "CHANGELOG.md", "package.json"]));
    expect(run("npx", ["attune", "helper", "python"])).toContain("def should_stop");
    expect(files.filter((file) => /\.(test|contract|testing)\./.test(file) || file.startsWith("src"))).toEqual([]);
  });

  it("is resolved and typed right by every kind of tool that loads ES modules", () => {
    const [archive] = readdirSync(folder).filter((name) => name.endsWith(".tgz"));
    const attw = path.join(root, "node_modules", ".bin", "attw");
    const words = [attw, path.join(folder, archive!), "--profile", "esm-only", "--no-emoji", "--format", "ascii"];
    const { status, stdout } = spawnSync(process.execPath, words, { cwd: app, encoding: "utf8" });
    expect(status, stdout).toBe(0);
    expect(stdout).toContain('"attune/browser"');
  });

  it("has the suites for samplers, schedulers, storages and executors of others, and what storages are built of", () => {
    const vitest = path.join(app, "node_modules", "vitest");
    symlinkSync(path.join(root, "node_modules", "vitest"), vitest);
    writeFileSync(path.join(app, "mine.test.mjs"), SUITES);
    try {
      const words = [path.join(vitest, "vitest.mjs"), "run", "mine.test.mjs", "--testTimeout=60000", "-t", SOME];
      expect(run(process.execPath, words)).toMatch(/Tests\s.*1[0-9] passed/);
    } finally {
      rmSync(vitest);
    }
  }, 180_000);

  it("has a file for browsers as large as the guide says, within a tenth", () => {
    const file = readFileSync(path.join(app, "node_modules", "attune", "dist", "browser.js"));
    const guide = readFileSync(path.join(root, "docs", "guide", "browser.md"), "utf8");
    const told = /weighs\s+(\d+) kB \(minified and compressed by gzip; (\d+) kB plain/
      .exec(guide)!
      .slice(1)
      .map(Number);
    const ratios = [gzipSync(file).length, file.length].map((bytes, k) => bytes / 1000 / told[k]!);
    for (const ratio of ratios) expect(Math.abs(ratio - 1)).toBeLessThan(0.1);
  });

  it("is packed as publint wants it", async () => {
    const [archive] = readdirSync(folder).filter((name) => name.endsWith(".tgz"));
    const tarball = readFileSync(path.join(folder, archive!));
    const packed = tarball.buffer.slice(tarball.byteOffset, tarball.byteOffset + tarball.byteLength);
    const { messages } = await publint({ pack: { tarball: packed }, level: "suggestion", strict: true });
    expect(messages).toEqual([]);
  });

  it("has a library for browsers that needs nothing else", () => {
    const alone = path.join(folder, "alone");
    mkdirSync(alone);
    copyFileSync(path.join(app, "node_modules", "attune", "dist", "browser.js"), path.join(alone, "browser.mjs"));
    const script = (from: string) => `import(${JSON.stringify(from)}).then((m) => console.log(Object.keys(m).length))`;
    const names = run(process.execPath, ["-e", script("./browser.mjs")], alone);
    expect(run(process.execPath, ["-e", script("attune/browser")])).toBe(names);
    expect(run(process.execPath, ["-e", script("attune")])).toBe(names);
  });

  it("tunes a program and names the winner", () => {
    const words = ["attune", "run", "--minimize", "loss", "--trials", "12", "--workers", "2", "--seed", "1"];
    const output = run("npx", [...words, "--", "node", "train.mjs", "--x", "{x: -4.0..4.0}"]);
    expect(output).toContain("best");
    const best = JSON.parse(run("npx", ["attune", "best", "--json"]));
    expect(best.params.x).toBeGreaterThanOrEqual(-4);
    expect(best.values.loss).toBeCloseTo((best.params.x - 1) * (best.params.x - 1), 12);
    const trials = run("npx", ["attune", "trials", "--json"]).trim().split("\n");
    const losses = trials.map((line) => JSON.parse(line).values.loss);
    expect(losses).toHaveLength(12);
    expect(best.values.loss).toBe(Math.min(...losses));
  });

  it("tunes a function by its exported names", () => {
    const script = `
      import { createStudy, float } from "attune";
      const study = await createStudy({ name: "f", minimize: "loss", storage: "f.db", space: { x: float(-4, 4) } });
      const { trialsSpent } = await study.optimize(async ({ params }) => params.x * params.x, { trials: 5 });
      await study.close();
      console.log(trialsSpent);
    `;
    writeFileSync(path.join(app, "tune.mjs"), script);
    expect(run(process.execPath, ["tune.mjs"]).trim()).toBe("5");
  });

  it("tunes a function of a module in threads", () => {
    writeFileSync(path.join(app, "objective.mjs"), "export default ({ params }) => params.x * params.x;");
    const script = `
      import { createStudy, float } from "attune";
      const study = await createStudy({ name: "m", minimize: "loss", space: { x: float(-4, 4) } });
      const { trialsSpent } = await study.optimize("./objective.mjs", { trials: 5, workers: 2 });
      await study.close();
      console.log(trialsSpent);
    `;
    writeFileSync(path.join(app, "tune-module.mjs"), script);
    expect(run(process.execPath, ["tune-module.mjs"]).trim()).toBe("5");
  });

  it("draws figures as files with what it brings, by the library and by the command", () => {
    const script = `
      import { createStudy, float } from "attune";
      const study = await createStudy({ name: "drawn", minimize: "loss", space: { x: float(-4, 4) }, storage: "attune.db" });
      await study.optimize(({ params }) => params.x * params.x, { trials: 12 });
      const { sentence, svg } = await study.plot.history();
      console.log(sentence, (await svg()).slice(0, 4));
      await study.close();
    `;
    writeFileSync(path.join(app, "draw.mjs"), script);
    expect(run(process.execPath, ["draw.mjs"])).toMatch(/of 12 complete trials .* <svg/);
    for (const [form, begin] of Object.entries({ svg: "<svg", png: "\u0089PNG", pdf: "%PDF" })) {
      run("npx", ["attune", "plot", "slice", "drawn", "-o", `f.${form}`]);
      expect(readFileSync(path.join(app, `f.${form}`), "latin1").slice(0, 4)).toBe(begin);
    }
    expect(
      readFileSync(path.join(app, "node_modules", "attune", "dist", "drawing", "THIRD-PARTY-LICENSES.txt"), "utf8"),
    ).toMatch(/DejaVu|Bitstream/);
  });

  it("has types for every name it exports", () => {
    const source = `
      import { createStudy, float, int } from "attune";
      const study = await createStudy({ name: "t", minimize: "loss", space: { lr: float(1e-5, 1), layers: int(1, 6) } });
      await study.optimize(async (trial) => { const lr: number = trial.params.lr; return lr; }, { trials: 1 });
    `;
    writeFileSync(path.join(app, "typed.mts"), source);
    const tsc = path.join(root, "node_modules", "typescript", "bin", "tsc");
    const options = ["--noEmit", "--strict", "--module", "nodenext", "--target", "es2024", "--lib", "es2024,dom"];
    const ended = spawnSync(process.execPath, [tsc, ...options, "--types", "", "typed.mts"], {
      cwd: app,
      encoding: "utf8",
    });
    expect(ended.stdout).toBe("");
    expect(ended.status).toBe(0);
  });
});

describe("on a Node before 24", () => {
  const attune = path.join(root, "bin", "attune.cjs");

  /** Loaded first, it makes this Node say that it is another. */
  const pretend = (version: string) => {
    const file = path.join(folder, "pretend.cjs");
    writeFileSync(file, `Object.defineProperty(process.versions, "node", { value: ${JSON.stringify(version)} });`);
    return ["--require", file];
  };

  it.each(["0.12.18", "8.17.0", "20.20.2", "23.11.1"])("%s is told the way out in one sentence", (version) => {
    const ended = spawnSync(process.execPath, [...pretend(version), attune, "--help"], { encoding: "utf8" });
    expect(ended.status).toBe(69);
    expect(ended.stdout).toBe("");
    expect(ended.stderr).toMatch(
      new RegExp(`^attune needs Node 24 or later and this is Node ${version}; .*node@24.*\\n$`),
    );
  });

  it("a newer one starts", () => {
    const ended = spawnSync(process.execPath, [...pretend("26.1.0"), attune, "--version"], { encoding: "utf8" });
    expect(ended.stdout.trim()).toBe(JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")).version);
  });

  /** The Nodes on this machine's path that are old in truth; none on a machine that has only a new one. */
  const oldNodes = (process.env.PATH ?? "")
    .split(path.delimiter)
    .map((place) => path.join(place, "node"))
    .filter((node) => {
      const ended = spawnSync(node, ["--version"], { encoding: "utf8" });
      return ended.status === 0 && Number.parseInt(ended.stdout.slice(1), 10) < 24;
    });

  it.skipIf(oldNodes.length === 0)("a real one says so and shows no stack", () => {
    for (const node of oldNodes) {
      const ended = spawnSync(node, [attune, "run"], { encoding: "utf8" });
      expect(ended.status).toBe(69);
      expect(ended.stderr.trim().split("\n")).toHaveLength(1);
      expect(ended.stderr).toContain("npx -p node@24");
    }
  });
});

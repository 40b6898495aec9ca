import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { root } from "../architecture/source-files.ts";

const SPACE = `
import { boolean, choice, createStudy, defineSpace, fixed, float, type InferParams, int, oneOf, openStudy, ordinal, repeat, type Study } from "attune";
const space = {
  lr: float(1e-5, 1e-1, { log: true }),
  optimizer: choice(["adam", "sgd"]),
  momentum: float(0.5, 0.99, { when: { optimizer: "sgd" } }),
  model: oneOf({
    mlp: { layers: int(1, 6), act: oneOf({ relu: {}, leaky: { slope: float(0.01, 0.5) } }) },
    forest: { trees: int(10, 500) },
  }),
};
const study = await createStudy({ name: "t", minimize: "loss", space });
const trial = await study.ask();
const { params } = trial;
`;

/** What a user may get wrong, and what the compiler then says: one line that names the mistake. */
const MISTAKES = [
  ["params.lrr;", /Property 'lrr' does not exist on type/],
  ['if (params.model === "forest") params.layers;', /Property 'layers' does not exist on type '\{ readonly .*trees/],
  ['params.model === "svm";', /no overlap/],
  ["const momentum: number = params.momentum;", /'number \| undefined' is not assignable to type 'number'/],
  ["const lr: string = params.lr;", /Type 'number' is not assignable to type 'string'/],
  ["params.lr = 3;", /Cannot assign to 'lr' because it is a read-only property/],
  ['choice(["a", "b"], { default: "c" });', /'"c"' is not assignable to type '"a" \| "b"/],
  ['float(0, 1, { scale: "lgo" });', /'"lgo"' is not assignable to type 'Scale/],
  ['float("0", 1);', /'string' is not assignable to parameter of type 'number'/],
  ["int(1, 6, { stp: 2 });", /'stp' does not exist/],
  ["oneOf({ a: { x: 3 } });", /Type 'number' is not assignable to type 'Definition/],
  ['await study.enqueue({ lr: "a lot" });', /'string' is not assignable to type 'number'/],
  ["await study.optimize(() => 'x', { trials: 1 });", /'string' is not assignable to type/],
  ["defineSpace({ a: repeat(3, {}) });", /'number' is not assignable to parameter of type 'string'/],
  ["await study.tell(trial, { los: 3 });", /Property 'loss' is missing in type|'los' does not exist/],
  ["await study.optimize(() => ({ los: 3 }), { trials: 1 });", /loss/],
  ["await study.optimize(() => 1, { trails: 5 });", /'trails' does not exist.*Did you mean .*trials/],
  ["await study.ask({ detatched: true });", /'detatched' does not exist.*Did you mean .*detached/],
  ["const lr: string = study.trials()[0]!.params.lr;", /Type 'number' is not assignable to type 'string'/],
  ["const m: number = study.trial(0).params.momentum;", /'number \| undefined' is not assignable to type 'number'/],
  [
    "const lr: string = (await study.optimize(() => 1, { trials: 1 })).best!.params.lr;",
    /Type 'number' is not assignable to type 'string'/,
  ],
  [
    'const o: "a" = (await openStudy({ name: "t", storage: "t.db", space })).trials()[0]!.params.optimizer;',
    /'"adam" \| "sgd"' is not assignable to type '"a"'|"adam".* not assignable/,
  ],
  ["float(0.1, 1, { lgo: true });", /'lgo' does not exist|no properties in common/],
  ['await createStudy({ name: "t", minimise: "loss", space });', /'minimise' does not exist .*Did you mean .*minimize/],
] as const;

const folder = mkdtempSync(path.join(tmpdir(), "attune-inference-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What tsc says about files, by their name. */
function compile(files: Readonly<Record<string, string>>): ReadonlyMap<string, readonly string[]> {
  const attune = path.join(folder, "node_modules", "attune");
  mkdirSync(attune, { recursive: true });
  symlinkSync(path.join(root, "src"), path.join(attune, "src"));
  writeFileSync(path.join(attune, "package.json"), JSON.stringify({ type: "module", exports: "./src/index.ts" }));
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  const compilerOptions = { noUnusedLocals: false, typeRoots: [path.join(root, "node_modules", "@types")] };
  const settings = { extends: path.join(root, "tsconfig.json"), include: ["*.mts"], compilerOptions };
  writeFileSync(path.join(folder, "tsconfig.json"), JSON.stringify(settings));
  const tsc = path.join(root, "node_modules", "typescript", "bin", "tsc");
  const { stdout } = spawnSync(process.execPath, [tsc, "-p", folder, "--pretty", "false"], { encoding: "utf8" });
  const found = new Map<string, string[]>(Object.keys(files).map((name) => [name, []]));
  for (const message of stdout.split(/\n(?=\S)/).filter((text) => text.trim() !== "")) {
    found.get(path.basename(message.split("(")[0]!))?.push(message);
  }
  return found;
}

const said = compile({
  "right.mts": `${SPACE}
    const lr: number = params.lr;
    const optimizer: "adam" | "sgd" = params.optimizer;
    const momentum: number | undefined = params.momentum;
    function use(given: InferParams<typeof space>): number {
      if (given.model === "forest") return given.trees;
      if (given.act === "leaky") return given.layers + given.slope;
      const relu: "relu" = given.act;
      return given.layers + relu.length;
    }
    switch (params.model) {
      case "mlp": params.layers; break;
      case "forest": params.trees; break;
      default: { const never: never = params; void never; }
    }
    await study.optimize((trial) => use(trial.params), { trials: 1 });
    await study.tell(trial, { loss: 1, seconds: 3 });
    await study.tell(trial, { failed: true });
    const { best } = await study.optimize(() => ({ loss: 3, size: 1 }), { trials: 1 });
    const bestLr: number | undefined = best?.params.lr;
    const ran: "adam" | "sgd" = study.trials()[0]!.params.optimizer;
    const again = await openStudy({ name: "t", storage: "t.db", space });
    const summed: number = again.trials().reduce((sum, { params }) => sum + params.lr + (params.momentum ?? 0), 0);
    const plain = await createStudy({ name: "p", maximize: "gain", space: { x: float(0, 1) } });
    const anyStudy = (some: Study): number => some.trials().length;
    anyStudy(plain);
    const asked: unknown = plain.trials()[0]!.params.askedForWhileRunning;
    void [bestLr, ran, summed, asked];
    const other = defineSpace({ b: boolean(), o: ordinal(["s", "m"]), f: fixed(3), n: int(1, 3), g: repeat("n", { u: int(1, 2) }) });
    export { lr, optimizer, momentum, other };`,
  ...Object.fromEntries(MISTAKES.map(([code], i) => [`mistake-${i}.mts`, `${SPACE}${code}\nexport {};\n`])),
});

it("right uses compile: nested conditions are unions that an if or a switch tells apart", () => {
  expect(said.get("right.mts")).toEqual([]);
});

it.each(MISTAKES.map(([code, message], i) => ({ code, message, i })))("$code is refused readably", ({ message, i }) => {
  const messages = said.get(`mistake-${i}.mts`)!;
  expect(messages).toHaveLength(1);
  expect(messages[0]).toMatch(message);
  // No pages of expanded types.
  expect(messages[0]!.length).toBeLessThan(1200);
});

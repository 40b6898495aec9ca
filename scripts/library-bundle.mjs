/**
 * Bundles the library for Node: in few files, for each file of an ES module takes time and memory of its own (three hundred of them 17 MB).
 * What several of its ways in need is in files that they share, so that a class is the same everywhere.
 */
import { readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { drawingApart } from "./drawing-bundle.mjs";

/** The ways in besides threads, by the file that holds each. */
const ENTRIES = { index: "index.ts", "storage-kit": "storage/storage-kit.ts", testing: "testing.contract.ts" };

/** This thread shares nothing with who started it, and every program has it: one file of its own. */
const ALONE = ["sqlite-thread.ts"];

/** The suites that every sampler, scheduler, storage and executor must pass, by the file that holds each. */
const SUITES = {
  samplerContract: "sampler/sampler.contract.ts",
  schedulerContract: "scheduler/scheduler.contract.ts",
  storageContract: "storage/storage.contract.ts",
  executorContract: "executor/executor.contract.ts",
};

const TYPES = `import type { Executor } from "./executor/executor.js";
import type { Sampler } from "./sampler/sampler.js";
import type { Scheduler } from "./scheduler/scheduler.js";
import type { Space } from "./space/space.js";
import type { Storage } from "./storage/storage.js";
import type { Metric } from "./trial/metric.js";

export interface SamplerContractOptions {
  /** Makes a fresh instance, as a process does that has just started. */
  readonly make: (space: Space) => Sampler;
  /** True for samplers that come to an end: they may suggest fewer than asked for. */
  readonly finite?: boolean;
  /** Random spaces for the validity check; 100 unless told. */
  readonly spaces?: number;
}

/** Declares what every sampler must do as tests of vitest. */
export declare function samplerContract(name: string, options: SamplerContractOptions): void;

export interface SchedulerContractOptions {
  /** Makes a fresh instance, as a process does that has just started. */
  readonly make: (metrics: readonly Metric[]) => Scheduler;
}

/** Declares what every scheduler must do as tests of vitest. */
export declare function schedulerContract(name: string, options: SchedulerContractOptions): void;

/** What a run of the suite needs of a storage: made anew for each behaviour. */
export interface StorageFixture {
  readonly storage: Storage;
  /** Another handle on the same storage, as another process would have it. */
  another(): Promise<Storage>;
  dispose(): Promise<void>;
}

/** Declares what every storage must do as tests of vitest; \`factory\` makes an empty storage for each. */
export declare function storageContract(name: string, factory: () => Promise<StorageFixture>): void;

export interface ExecutorContract {
  /** A fresh executor that runs at least two jobs at a time. */
  readonly open: () => Executor | Promise<Executor>;
  /** Outcome of what fails and of what ends without a metric, which differ by what is run. */
  readonly outcomes: { readonly fail: string; readonly nothing: string };
}

/**
 * Declares what every executor must do as tests of vitest. What is run is told by the job's parameters: report \`reports\` (numbers, at steps 1, 2,
 * …), then by \`ending\`: \`value\` (end with \`loss\` = \`value\`), \`fail\`, \`nan\`, \`nothing\` (end well without a metric), \`obey\` (report 7 at step 1, wait, and end
 * when asked to), \`hang\` (report 7 at step 1, then never end nor listen).
 */
export declare function executorContract(name: string, contract: ExecutorContract): void;
`;

/** One way in for all suites, which no source file is: programs other than tests have no use for it. */
function allSuites(source) {
  const contents = Object.entries(SUITES).map(([name, file]) => `export { ${name} } from "./${file}";`);
  return {
    name: "all suites",
    setup: ({ onResolve, onLoad }) => {
      const filter = /testing\.contract\.ts$/;
      onResolve({ filter }, ({ path: file, kind }) =>
        kind === "entry-point" ? { path: file, namespace: "suites" } : undefined,
      );
      onLoad({ filter, namespace: "suites" }, () => ({
        contents: contents.join("\n"),
        resolveDir: source,
        loader: "ts",
      }));
    },
  };
}

/** Writes the library and `testing.d.ts` into the folder. Threads and processes lie beside the rest, where the code looks for them. */
export async function bundleLibrary(root, outdir) {
  const source = path.join(root, "src");
  const started = readdirSync(source, { recursive: true }).filter((file) => /-(?:thread|main)\.ts$/.test(file));
  const entryPoints = (files) =>
    files.map(([out, file]) => ({ in: path.join(source, file), out: path.basename(out, ".ts") }));
  const [alone, shared] = [true, false].map((own) =>
    started.filter((file) => ALONE.includes(path.basename(file)) === own).map((file) => [file, file]),
  );
  const options = {
    absWorkingDir: root,
    outdir,
    bundle: true,
    external: ["vitest"],
    format: "esm",
    platform: "node",
    target: "node24",
    chunkNames: "[name]-[hash]",
    legalComments: "none",
    logLevel: "warning",
    minifySyntax: true,
    minifyWhitespace: true,
  };
  const plugins = [allSuites(source), drawingApart(".")];
  await build({
    ...options,
    entryPoints: entryPoints([...Object.entries(ENTRIES), ...shared]),
    plugins,
    splitting: true,
  });
  await build({ ...options, entryPoints: entryPoints(alone), plugins });
  writeFileSync(path.join(outdir, "testing.d.ts"), TYPES);
}

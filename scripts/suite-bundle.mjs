/**
 * The suites that every sampler, scheduler, storage and executor must pass, in one file for who writes one of their own: what only tests have is
 * bundled, the library's own files are imported as they lie in `dist`, so that their classes are the same.
 */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";

/** The suites, by the file that holds each. */
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

/** Imports of a file that the library has lead to `dist`; those of tests are bundled. */
function libraryAsItIs(root) {
  return {
    name: "library-as-it-is",
    setup({ onResolve }) {
      onResolve({ filter: /^\./ }, ({ path: imported, resolveDir, kind }) => {
        if (kind === "entry-point" || /\.(contract|testing)\.ts$/.test(imported)) return undefined;
        const file = path.relative(path.join(root, "src"), path.join(resolveDir, imported));
        return { path: `./${file.replaceAll(path.sep, "/").replace(/\.ts$/, ".js")}`, external: true };
      });
    },
  };
}

/** Writes `testing.js` and `testing.d.ts` into the folder. */
export async function bundleSuite(root, folder) {
  const entry = Object.entries(SUITES)
    .map(([name, file]) => `export { ${name} } from "./${file}";`)
    .join("\n");
  await build({
    absWorkingDir: root,
    stdin: { contents: entry, resolveDir: path.join(root, "src"), sourcefile: "testing.contract.ts" },
    outfile: path.join(folder, "testing.js"),
    bundle: true,
    external: ["vitest"],
    plugins: [libraryAsItIs(root)],
    format: "esm",
    platform: "node",
    target: "node24",
    legalComments: "none",
    logLevel: "warning",
  });
  writeFileSync(path.join(folder, "testing.d.ts"), TYPES);
}

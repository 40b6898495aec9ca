/**
 * Bundles the command line: in pieces that are loaded as they are needed, or in one file with those that run in threads or processes of
 * their own, which the code finds beside itself.
 */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { drawingApart } from "./drawing-bundle.mjs";

/** Bundled CommonJS packages call `require("node:…")`, which an ES module does not have. */
const requireForBundledCommonJs =
  'import { createRequire as attuneCreateRequire } from "node:module"; const require = attuneCreateRequire(import.meta.url);';

/** `main.js` and its pieces; answers what went in. */
export async function bundleLazily(root, outdir) {
  return await bundle(root, outdir, [mainEntry(root, "main")], { splitting: true });
}

/**
 * `run.js`, and the threads and processes, each in one file: to find and read the eighty that they would be takes longer than to load them.
 * What is compiled of a file is kept as its first user needed it, so a thread shares none with the others. `plugins` are esbuild's.
 */
export async function bundleAlone(root, outdir, plugins = []) {
  const entries = [mainEntry(root, "run"), ...threadEntries(root)];
  // Its launcher asks it for `run` alone, and what serves studies or draws them is as large as all the rest.
  const left = leavingOut("run.js", (name) => ["serve", "ui", "plot"].includes(name));
  return await bundle(root, outdir, entries, { splitting: false, plugins: [left, ...plugins] });
}

/** Modules of Node that take long to load, and that what looks at a study needs late or not at all. */
const LATE = /^(?:node:)?(?:child_process|crypto|os|sqlite|timers\/promises|util|worker_threads|zlib)$/;

/** Loads these when one of their exports is first used. */
const lateModules = {
  name: "late modules",
  setup: (bundled) => {
    bundled.onResolve({ filter: LATE }, ({ path: name, namespace }) =>
      namespace === "late" ? { path: name, external: true } : { path: name, namespace: "late" },
    );
    bundled.onLoad({ filter: /./, namespace: "late" }, ({ path: name }) => {
      const names = Object.keys(process.getBuiltinModule(`node:${name.replace("node:", "")}`));
      const exported = names.map((key) => `${key}: { enumerable: true, get: () => require("${name}").${key} }`);
      return { contents: `Object.defineProperties(exports, { ${exported.join(", ")} });`, loader: "js" };
    });
  },
};

/**
 * The command line with some commands alone, for its launcher gives it no others: `look.cjs` with those that only look at a study,
 * `help.cjs` with none. As CommonJS: the loader of ES modules, and Node's own modules as such ones, take as long to begin with as all the
 * rest.
 */
export async function bundleQuick(root, outdir) {
  const look = await bundleSome(root, outdir, "look", ["show", "best", "trials"]);
  return [look, await bundleSome(root, outdir, "help", [])];
}

async function bundleSome(root, outdir, name, commands) {
  const some = leavingOut(`${name}.cjs`, (command) => !commands.includes(command));
  const plugins = [some, lateModules];
  return await bundle(root, outdir, [mainEntry(root, name)], { splitting: false, plugins, commonJs: true });
}

/** Commands that a bundle has not. */
function leavingOut(bundleName, isLeftOut) {
  const setup = (bundled) => {
    bundled.onLoad({ filter: /src[\\/]cli[\\/]command-table\.ts$/ }, ({ path: file }) => {
      const none = `Promise.reject(new Error("this command is not in ${bundleName}"))`;
      const contents = readFileSync(file, "utf8").replace(/import\("(\.\/commands\/[^"]+)"\)/g, (whole, one) =>
        isLeftOut(path.basename(one, ".ts")) ? none : whole,
      );
      return { contents, loader: "ts" };
    });
  };
  return { name: "some commands", setup };
}

const asCommonJs = {
  format: "cjs",
  outExtension: { ".js": ".cjs" },
  define: { "import.meta.url": "attuneModuleUrl" },
  banner: { js: 'const attuneModuleUrl = require("node:url").pathToFileURL(__filename).href;' },
};

async function bundle(root, outdir, entryPoints, { splitting, plugins = [], commonJs = false }) {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints,
    outdir,
    bundle: true,
    splitting,
    plugins: [drawingApart(".."), ...plugins],
    ...(commonJs ? asCommonJs : { format: "esm", banner: { js: requireForBundledCommonJs } }),
    platform: "node",
    target: "node24",
    chunkNames: "[name]-[hash]",
    legalComments: "none",
    logLevel: "warning",
    minifySyntax: true,
    minifyWhitespace: !splitting,
    metafile: true,
  });
  return metafile;
}

function mainEntry(root, out) {
  return { in: path.join(root, "src", "cli", "main.ts"), out };
}

/** Every `*-thread.ts` and `*-main.ts` is started by its own file name, beside the code that starts it, so it is an entry of its own. */
function threadEntries(root) {
  const source = path.join(root, "src");
  const files = readdirSync(source, { recursive: true }).filter((file) => /-(?:thread|main)\.ts$/.test(file));
  return files.map((file) => ({ in: path.join(source, file), out: path.basename(file, ".ts") }));
}

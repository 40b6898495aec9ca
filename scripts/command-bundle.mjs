/**
 * Bundles the command line: in pieces that are loaded as they are needed, or in one file with those that run in threads or processes of
 * their own, which the code finds beside itself.
 */
import { readdirSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";

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
  return await bundle(root, outdir, entries, { splitting: false, plugins });
}

async function bundle(root, outdir, entryPoints, { splitting, plugins = [] }) {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints,
    outdir,
    bundle: true,
    splitting,
    plugins,
    format: "esm",
    platform: "node",
    target: "node24",
    chunkNames: "[name]-[hash]",
    legalComments: "none",
    logLevel: "warning",
    minifySyntax: true,
    minifyWhitespace: !splitting,
    metafile: true,
    banner: { js: requireForBundledCommonJs },
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

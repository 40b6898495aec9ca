/**
 * Builds `dist/`: the library file by file with its types (tsc), and the command line as one lazy bundle in `dist/bin`
 * (esbuild). Files that run in threads are bundled beside it, because the code finds them next to itself.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { digestFile, sourceDigest } from "./freshness.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const inRoot = (...parts) => path.join(root, ...parts);
const digest = sourceDigest(root);
const fresh = inRoot(`dist.new-${process.pid}`);
const old = inRoot(`dist.old-${process.pid}`);

try {
  mkdirSync(fresh, { recursive: true });
  if (buildLibrary()) {
    await buildCommandLine();
    writeFileSync(path.join(fresh, digestFile), digest);
    if (existsSync(inRoot("dist"))) renameSync(inRoot("dist"), old);
    renameSync(fresh, inRoot("dist"));
  }
} finally {
  rmSync(fresh, { recursive: true, force: true });
  rmSync(old, { recursive: true, force: true });
}

/** Returns whether the types are right. */
function buildLibrary() {
  const tsc = inRoot("node_modules", "typescript", "bin", "tsc");
  const args = [tsc, "-p", inRoot("tsconfig.build.json"), "--outDir", fresh];
  const ended = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" });
  if (ended.status !== 0) {
    process.stderr.write("build: the library has type errors (above); dist/ stays as it was.\n");
    process.exitCode = 1;
  }
  return ended.status === 0;
}

async function buildCommandLine() {
  await build({
    entryPoints: [{ in: inRoot("src", "cli", "main.ts"), out: "main" }, ...threadEntries()],
    outdir: path.join(fresh, "bin"),
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node24",
    chunkNames: "[name]-[hash]",
    legalComments: "linked",
    logLevel: "warning",
    minifySyntax: true,
    banner: { js: requireForBundledCommonJs },
  });
}

/** Bundled CommonJS packages call `require("node:…")`, which an ES module does not have. */
const requireForBundledCommonJs =
  'import { createRequire as attuneCreateRequire } from "node:module"; const require = attuneCreateRequire(import.meta.url);';

/** Every file that the code starts by its address, `new URL("./x.js", import.meta.url)`, needs an entry of its own. */
function threadEntries() {
  const entries = new Map();
  for (const name of readdirSync(inRoot("src"), { recursive: true })) {
    if (!name.endsWith(".ts") || name.endsWith(".test.ts")) continue;
    const file = inRoot("src", name);
    for (const [, started] of readFileSync(file, "utf8").matchAll(startedFile)) {
      const source = path.join(path.dirname(file), `${started}.ts`);
      if (existsSync(source)) entries.set(source, path.basename(started));
    }
  }
  const names = new Set(entries.values());
  if (names.size !== entries.size) throw new Error(`Two started files share a name: ${[...entries.keys()].join(", ")}`);
  return [...entries].map(([source, out]) => ({ in: source, out }));
}

const startedFile = /\bnew URL\([`"]\.\/([\w./-]+?)(?:\.ts|\.js|\$\{[^}]*\})[`"],\s*import\.meta\.url\)/g;

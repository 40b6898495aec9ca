/**
 * Builds `dist/`: the library in few files, its types (tsc), the library for browsers in one file, and the command line as
 * one lazy bundle in `dist/bin` (esbuild), for `attune run` in one file; and the page of `attune ui` in `dist/dashboard` (Vite); what draws figures in `dist/drawing`. Files that run in threads or processes of their own are bundled
 * beside it, because the code finds them next to itself.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { bundleForBrowser } from "./browser-bundle.mjs";
import { bundleAlone, bundleLazily, bundleQuick } from "./command-bundle.mjs";
import { bundleDashboard } from "./dashboard-bundle.mjs";
import { bundleDrawing } from "./drawing-bundle.mjs";
import { digestFile, sourceDigest } from "./freshness.mjs";
import { bundleLibrary } from "./library-bundle.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const inRoot = (...parts) => path.join(root, ...parts);
const digest = sourceDigest(root);
const fresh = inRoot(`dist.new-${process.pid}`);
const old = inRoot(`dist.old-${process.pid}`);

try {
  mkdirSync(fresh, { recursive: true });
  if (writeTypes()) {
    await bundleLibrary(root, fresh);
    await bundleForBrowser({ entry: inRoot("src", "index.ts"), outfile: path.join(fresh, "browser.js"), minify: true });
    await buildCommandLine();
    const drawing = path.join(fresh, "drawing");
    writeFileSync(path.join(drawing, "THIRD-PARTY-LICENSES.txt"), licensesOf(await bundleDrawing(root, drawing)));
    await writeSchema();
    writeFileSync(path.join(fresh, digestFile), digest);
    if (existsSync(inRoot("dist"))) renameSync(inRoot("dist"), old);
    renameSync(fresh, inRoot("dist"));
  }
} finally {
  rmSync(fresh, { recursive: true, force: true });
  rmSync(old, { recursive: true, force: true });
}

/** Returns whether the types are right. */
function writeTypes() {
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
  const bin = path.join(fresh, "bin");
  const parts = [await bundleLazily(root, bin), ...(await bundleQuick(root, bin)), await bundleAlone(root, bin)];
  const page = await bundleDashboard(root, path.join(fresh, "dashboard"));
  const inputs = [...parts.flatMap((metafile) => Object.keys(metafile.inputs)), ...page];
  writeFileSync(path.join(bin, "THIRD-PARTY-LICENSES.txt"), licensesOf(inputs));
}

/** The JSON Schema of study files, for editors. */
async function writeSchema() {
  const { studySchema } = await import("../src/cli/commands/schema.ts");
  writeFileSync(path.join(fresh, "study.schema.json"), `${JSON.stringify(studySchema(), null, 2)}\n`);
}

/** The licences of the packages whose code is in the bundle, as these ask for. */
function licensesOf(inputs) {
  const packages = inputs.flatMap((file) => file.match(/^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0] ?? []);
  const texts = [...new Set(packages)].sort().map((folder) => {
    const name = folder.replace(/.*node_modules\//, "");
    const own = readdirSync(inRoot(folder)).find((file) => /^licen[cs]e/i.test(file));
    const kept = inRoot("scripts", "licenses", `${name.replace(/^.*\//, "")}.txt`);
    const license = own === undefined ? kept : inRoot(folder, own);
    if (!existsSync(license)) throw new Error(`${folder} has no licence file; it cannot be bundled.`);
    return `${name}\n\n${readFileSync(license, "utf8").trim()}\n`;
  });
  return texts.join(`\n${"-".repeat(80)}\n\n`);
}

import { cpSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
// @ts-expect-error plain JavaScript without types
import { bundleAlone } from "../../../scripts/command-bundle.mjs";

const ROOT = path.join(import.meta.dirname, "..", "..", "..");

/** A change of the sources that puts a fault into the build, and into nothing else. */
export interface Patch {
  /** Path below `src`. */
  readonly file: string;
  /** Text that the file has once. */
  readonly from: string;
  readonly to: string;
}

interface Loading {
  onLoad(filter: { readonly filter: RegExp }, load: (args: { readonly path: string }) => object | undefined): void;
}

/** Bundles the command line as it ships into a folder of its own, with these changes; answers the folder. */
export async function buildCommandLine(patches: readonly Patch[] = []): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), "attune-faults-build-"));
  for (const name of ["package.json", "helpers"])
    cpSync(path.join(ROOT, name), path.join(folder, name), { recursive: true });
  const applied = new Set<Patch>();
  const setup = (build: Loading): void =>
    build.onLoad({ filter: /\.ts$/ }, ({ path: file }) => {
      const mine = patches.filter((patch) => file === path.join(ROOT, "src", patch.file));
      if (mine.length === 0) return undefined;
      let text = readFileSync(file, "utf8");
      for (const patch of mine) {
        if (text.split(patch.from).length !== 2)
          throw new Error(`${patch.file} does not have this once: ${patch.from}`);
        text = text.replace(patch.from, () => patch.to);
        applied.add(patch);
      }
      return { contents: text, loader: "ts" };
    });
  await bundleAlone(ROOT, path.join(folder, "dist", "bin"), [{ name: "patches", setup }]);
  const missing = patches.filter((patch) => !applied.has(patch));
  if (missing.length > 0) throw new Error(`Nothing loads ${missing.map(({ file }) => file).join(", ")}.`);
  return folder;
}

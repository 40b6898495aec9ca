/**
 * The suite that every storage must pass, in one file for who writes a storage of their own: what only tests have is bundled, the library's own
 * files are imported as they lie in `dist`, so that their classes are the same.
 */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";

const TYPES = `import type { Storage } from "./storage/storage.js";

/** What a run of the suite needs of a storage: made anew for each behaviour. */
export interface StorageFixture {
  readonly storage: Storage;
  /** Another handle on the same storage, as another process would have it. */
  another(): Promise<Storage>;
  dispose(): Promise<void>;
}

/** Declares what every storage must do as tests of vitest; \`factory\` makes an empty storage for each. */
export declare function storageContract(name: string, factory: () => Promise<StorageFixture>): void;
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
  await build({
    absWorkingDir: root,
    entryPoints: [{ in: path.join(root, "src", "storage", "storage.contract.ts"), out: "testing" }],
    outdir: folder,
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

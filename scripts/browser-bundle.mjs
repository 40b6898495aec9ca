/**
 * Bundles sources for a browser: where `x.browser.ts` stands beside `x.ts`, it is taken instead; what would still need Node is an
 * error that says so.
 */
import { existsSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";

const standIns = {
  name: "stand-ins",
  setup({ onResolve }) {
    onResolve({ filter: /^\.{1,2}\/.*\.ts$/ }, ({ path: imported, resolveDir }) => {
      const standIn = path.join(resolveDir, imported.replace(/\.ts$/, ".browser.ts"));
      return existsSync(standIn) ? { path: standIn } : undefined;
    });
    onResolve({ filter: /^node:/ }, ({ path: imported, importer }) => {
      const file = path.basename(importer);
      const way = `no browser has ${imported}; put what ${file} does there into ${file.replace(/\.ts$/, ".browser.ts")}`;
      return { errors: [{ text: way }] };
    });
  },
};

/**
 * @param {{ entry: string, outfile?: string, minify?: boolean, contents?: string }} options `contents`: a module's text instead of
 *   `entry`, whose folder its imports are relative to.
 */
export async function bundleForBrowser({ entry, outfile, contents, minify = false }) {
  const source =
    contents === undefined
      ? { entryPoints: [entry] }
      : { stdin: { contents, resolveDir: path.dirname(entry), loader: "ts", sourcefile: entry } };
  const { outputFiles, metafile } = await build({
    ...source,
    outfile,
    write: outfile !== undefined,
    bundle: true,
    format: "esm",
    platform: "browser",
    target: "es2024",
    legalComments: "none",
    logLevel: "warning",
    minify,
    metafile: true,
    plugins: [standIns],
  });
  return { code: outputFiles?.[0]?.text ?? "", inputs: Object.keys(metafile.inputs) };
}

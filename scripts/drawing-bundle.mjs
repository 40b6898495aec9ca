/**
 * Bundles what draws figures as files, with its packages, the font and the WebAssembly that it needs: into a folder of its own, which the
 * library and the command line share, and load when something is drawn.
 */
import { copyFileSync, mkdirSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";

/** Files that the code finds beside itself, by the packages that they come from. */
const FILES = {
  "DejaVuSans.ttf": ["dejavu-fonts-ttf", "ttf", "DejaVuSans.ttf"],
  "resvg.wasm": ["@resvg", "resvg-wasm", "index_bg.wasm"],
};

/** Bundled CommonJS packages call `require("node:…")`, which an ES module does not have. */
const requireForBundledCommonJs =
  'import { createRequire as attuneCreateRequire } from "node:module"; const require = attuneCreateRequire(import.meta.url);';

/** What unpacks fonts of the web (WOFF 2); the one that is shipped is none. */
const withoutBrotli = {
  name: "without brotli",
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^brotli(?:\/|$)/ }, ({ path: name }) => ({ path: name, namespace: "none" }));
    onLoad({ filter: /./, namespace: "none" }, () => ({ contents: "module.exports = undefined;", loader: "js" }));
  },
};

/** For the other bundles: leaves it where it is, in the folder `drawing` below `from`. */
export function drawingApart(from) {
  return {
    name: "drawing apart",
    setup: ({ onResolve }) => {
      onResolve({ filter: /\/drawing\/draw-(?:figure|document)\.ts$/ }, ({ path: file }) => ({
        path: `${from}/drawing/${path.basename(file, ".ts")}.js`,
        external: true,
      }));
    },
  };
}

/** Writes the folder; answers which files went in, from the root. */
export async function bundleDrawing(root, outdir) {
  mkdirSync(outdir, { recursive: true });
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ["draw-figure.ts", "draw-document.ts"].map((name) => path.join(root, "src", "drawing", name)),
    outdir,
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node24",
    chunkNames: "[name]-[hash]",
    banner: { js: requireForBundledCommonJs },
    legalComments: "none",
    logLevel: "warning",
    minify: true,
    metafile: true,
    plugins: [withoutBrotli],
  });
  for (const [name, from] of Object.entries(FILES))
    copyFileSync(path.join(root, "node_modules", ...from), path.join(outdir, name));
  return [
    ...Object.keys(metafile.inputs),
    ...Object.values(FILES).map((from) => path.posix.join("node_modules", ...from)),
  ];
}

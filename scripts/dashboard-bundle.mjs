/** Builds the page of `attune ui` (dashboard/) into files that a server hands out, without anything in line. */
import path from "node:path";
import { build } from "vite";

/** Builds it into a folder; answers which files went in, from the root. */
export async function bundleDashboard(root, outDir) {
  const built = await build({
    configFile: path.join(root, "dashboard", "vite.config.ts"),
    configLoader: "native",
    logLevel: "warn",
    build: { outDir },
  });
  const { output } = Array.isArray(built) ? built[0] : built;
  return output.flatMap((part) =>
    (part.type === "chunk" ? part.moduleIds : []).map((file) => path.relative(root, file)),
  );
}

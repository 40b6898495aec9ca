import module from "node:module";
import { dirname } from "node:path";

/**
 * Environment variables by which a thread or a process of Node keeps its compiled code where this process does: none of the
 * two inherits that by itself. Empty when this process keeps none.
 */
export function compileCacheVariables(): Readonly<Record<string, string>> {
  const folder = module.getCompileCacheDir();
  // The folder has one for each version of Node within, which the variable does not name.
  return folder === undefined ? {} : { NODE_COMPILE_CACHE: dirname(folder) };
}

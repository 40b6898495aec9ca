import { readFile } from "node:fs/promises";
import { helperPath } from "./helper-path.ts";

/** The text of a file in the package's folder `helpers`. */
export async function helperText(file: string): Promise<string> {
  return await readFile(helperPath(file), "utf8");
}

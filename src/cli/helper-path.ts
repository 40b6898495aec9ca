import { fileURLToPath } from "node:url";

/** The path of a file or folder in the package's folder `helpers`. */
export function helperPath(name: string): string {
  return fileURLToPath(new URL(`../../helpers/${name}`, import.meta.url));
}

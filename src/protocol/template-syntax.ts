import type { ParamsFormat } from "../trial/command-input.ts";
import type { LiteralSyntax } from "./format-literal.ts";

/** How values are written in a file of that name; null for a plain one (INI, shell, anything else), where texts stand as they are. */
export function templateSyntax(file: string): LiteralSyntax | null {
  return (
    paramsFormat(file) ?? (/\.py$/i.test(file) ? "python" : /\.(?:jsonc|json5|jsonnet)$/i.test(file) ? "json" : null)
  );
}

/** The format of a parameter file by its ending, or null for another ending. */
export function paramsFormat(file: string): ParamsFormat | null {
  if (/\.json$/i.test(file)) return "json";
  if (/\.ya?ml$/i.test(file)) return "yaml";
  return /\.toml$/i.test(file) ? "toml" : null;
}

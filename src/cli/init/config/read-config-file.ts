import { readFileSync, statSync } from "node:fs";
import type { ConfigLeaf } from "./config-leaf.ts";
import { readSectionedLeaves } from "./read-sectioned-leaves.ts";
import { readYamlLeaves } from "./read-yaml-leaves.ts";

/** A config file with its text and values. */
export interface ConfigFile {
  readonly file: string;
  readonly text: string;
  readonly leaves: readonly ConfigLeaf[];
}

const MOST_BYTES = 200_000;
const MOST_LEAVES = 400;

/** Reads a config file in YAML, JSON, TOML, INI or spaCy's form, told by its ending; null when it is none, or rather data. */
export function readConfigFile(file: string): ConfigFile | null {
  const ending = /\.(ya?ml|json|toml|ini|cfg|conf)$/i.exec(file)?.[1]?.toLowerCase();
  if (ending === undefined) return null;
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined || !found.isFile() || found.size > MOST_BYTES) return null;
  const text = readFileSync(file, "utf8");
  const leaves = leavesOf(text, ending);
  if (leaves === null || leaves.length > MOST_LEAVES) return null;
  return leaves.some(({ value }) => typeof value === "number" || typeof value === "boolean")
    ? { file, text, leaves }
    : null;
}

function leavesOf(text: string, ending: string): readonly ConfigLeaf[] | null {
  if (ending === "toml") return readSectionedLeaves(text, "toml");
  return /^(?:ini|cfg|conf)$/.test(ending) ? readSectionedLeaves(text, "ini") : readYamlLeaves(text);
}

import { readFile } from "node:fs/promises";
import { parse as parsePath } from "node:path";
import { AttuneError } from "../../errors.ts";
import { didYouMean } from "../../space/nearest-word.ts";
import { mergeSettings } from "../settings/merge-settings.ts";
import type { RunSettings } from "../settings/run-settings.ts";
import { FILE_SETTINGS } from "../settings/table.ts";
import { type LocatedYaml, readLocatedYaml } from "./located-yaml.ts";

/**
 * Reads a study file (YAML or JSON). The study's name is the file's stem unless the file gives one.
 *
 * @throws AttuneError `invalid-file` with the place of the fault, `invalid-argument` when the file cannot be read.
 */
export async function readStudyFile(file: string): Promise<RunSettings> {
  const text = await readText(file);
  return { study: parsePath(file).name, ...readStudyText(text, file) };
}

/** Reads the text of a study file; `file` is named in errors. */
export function readStudyText(text: string, file: string): RunSettings {
  const yaml = readLocatedYaml(text, file);
  const { value } = yaml;
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    const message = `A study file is a mapping with keys such as ${keyList(["minimize", "space", "command"])}.`;
    throw new AttuneError("invalid-file", message, { position: yaml.locate([]) });
  }
  const mapping = value as Record<string, unknown>;
  rejectTwoMetrics(mapping, yaml);
  let settings: RunSettings = {};
  for (const key of Object.keys(mapping)) settings = mergeSettings(settings, readKey(key, mapping[key], yaml));
  return settings;
}

function readKey(key: string, value: unknown, yaml: LocatedYaml): RunSettings {
  const declared = FILE_SETTINGS.get(key);
  if (declared !== undefined) {
    return declared.read({ value, label: key, position: yaml.locate([key]), source: yaml, path: [key] });
  }
  const known = [...FILE_SETTINGS.keys()];
  const message = `Unknown key "${key}".${didYouMean(key, known)} Allowed: ${keyList(known)}.`;
  throw new AttuneError("invalid-file", message, { position: yaml.locateKey([key]) });
}

function rejectTwoMetrics(mapping: Record<string, unknown>, yaml: LocatedYaml): void {
  if (!("minimize" in mapping && "maximize" in mapping)) return;
  const message = "Both minimize and maximize are given; a study has one metric. Take one of them out.";
  throw new AttuneError("invalid-file", message, { position: yaml.locateKey(["maximize"]) });
}

async function readText(file: string): Promise<string> {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(await readFile(file));
  } catch (cause) {
    throw new AttuneError("invalid-argument", `The study file ${file} cannot be read: ${reason(cause)}.`, { cause });
  }
}

function reason(cause: unknown): string {
  const { code } = cause as NodeJS.ErrnoException;
  if (code === "ENOENT") return "there is no such file";
  if (code === "EISDIR") return "it is a folder";
  if (code === "EACCES") return "permission denied";
  if (code === "ERR_ENCODING_INVALID_ENCODED_DATA") return "it is not UTF-8 text";
  return cause instanceof Error ? cause.message : String(cause);
}

function keyList(keys: readonly string[]): string {
  return keys.join(", ");
}

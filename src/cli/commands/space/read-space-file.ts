import { readFile } from "node:fs/promises";
import { AttuneError } from "../../../errors.ts";
import { copyWritten, readConfigSpace, readOptunaDistributions, readSpace, type Space } from "../../../space/index.ts";
import { readWhere } from "../../settings/study-settings.ts";
import { FILE_SETTINGS } from "../../settings/table.ts";
import { type LocatedYaml, readLocatedYaml, readStudyText } from "../../study/read-study-file.ts";
import { studySpace } from "../../study/study-space.ts";

/** What kind of file a space was read from. */
export type SpaceFileKind = "study" | "space" | "ConfigSpace" | "Optuna";

interface SpaceFile {
  readonly kind: SpaceFileKind;
  readonly space: Space;
}

/**
 * The space of a study file, of a file that holds a space alone (YAML or JSON: parameters by name with an optional list
 * `where`, or the canonical form), of a ConfigSpace JSON file, or of a JSON file with Optuna's distributions by name.
 *
 * @throws AttuneError `invalid-file` or `invalid-space` with the place of the fault, `invalid-argument` when it cannot be read.
 */
export async function readSpaceFile(file: string): Promise<SpaceFile> {
  return readSpaceText(await readText(file), file);
}

/** Reads the text of such a file; `file` is named in errors. */
export function readSpaceText(text: string, file: string): SpaceFile {
  const yaml = readLocatedYaml(text, file);
  const { value } = yaml;
  if (!isMapping(value)) {
    const message = "The file holds no space; write parameters by name, such as lr: 1e-5..1e-1 log.";
    throw new AttuneError("invalid-file", message, { position: yaml.locate([]) });
  }
  if (Array.isArray(value.hyperparameters)) return { kind: "ConfigSpace", space: readConfigSpace(value) };
  if (isOptuna(value)) return { kind: "Optuna", space: readOptunaDistributions(value) };
  if (isStudy(value)) return { kind: "study", space: studySpace(readStudyText(text, file)) };
  return { kind: "space", space: readBareSpace(value, yaml) };
}

function readBareSpace(mapping: Readonly<Record<string, unknown>>, yaml: LocatedYaml): Space {
  const { where: constraints, ...parameters } = mapping;
  copyWritten(mapping, parameters);
  const isCanonical = mapping.version !== undefined && Array.isArray(mapping.parameters);
  if (isCanonical || !Array.isArray(constraints) || !isConstraintList(constraints)) {
    return readSpace(mapping, yaml.locate);
  }
  const where = readWhere({
    value: constraints,
    label: "where",
    position: yaml.locate(["where"]),
    source: yaml,
    path: ["where"],
  });
  return readSpace(parameters, yaml.locate, { where: where.list, locateWhere: where.locate });
}

/** A list of plain words is the choices of a parameter called where. */
function isConstraintList(list: readonly unknown[]): boolean {
  return list.some((item) => typeof item === "string" && !/^[\p{L}\p{N}_.-]*$/u.test(item));
}

function isStudy(mapping: Readonly<Record<string, unknown>>): boolean {
  const keys = Object.keys(mapping);
  if (isMapping(mapping.space) && ("command" in mapping || "minimize" in mapping || "maximize" in mapping)) return true;
  const known = keys.every((key) => FILE_SETTINGS.has(key));
  return known && (isMapping(mapping.space) || "command" in mapping);
}

/** Every value is a distribution, as an object or as the text that Optuna's storage holds. */
function isOptuna(mapping: Readonly<Record<string, unknown>>): boolean {
  const distribution = /^\s*\{\s*"name"\s*:\s*"\w+Distribution"/;
  const values = Object.values(mapping);
  const isOne = (value: unknown): boolean =>
    distribution.test(typeof value === "string" ? value : JSON.stringify(value));
  return values.length > 0 && values.every(isOne);
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

async function readText(file: string): Promise<string> {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(await readFile(file));
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new AttuneError("invalid-argument", `The file ${file} cannot be read: ${message}.`, { cause });
  }
}

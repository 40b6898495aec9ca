import { TEMPLATE_ENDING } from "../../protocol/input-files.ts";
import { paramsFormat } from "../../protocol/template-syntax.ts";
import { badSetting, type GivenSetting } from "./given-setting.ts";

/** One of a list of words. */
export function readWord<W extends string>(setting: GivenSetting, words: readonly W[]): W {
  const found = words.find((word) => word === setting.value);
  if (found !== undefined) return found;
  throw badSetting(setting, `give ${words.slice(0, -1).join(", ")} or ${words.at(-1)}.`);
}

/** The name of a parameter file: inside the working folder, its format told by its ending. */
export function readParamsFile(setting: GivenSetting): string {
  const file = readInnerPath(setting.value);
  if (file !== null && paramsFormat(file) !== null) return file;
  throw badSetting(
    setting,
    "give a file inside the working folder that ends in .json, .yaml, .yml or .toml: config.json.",
  );
}

/** Names of templates, one or a list: inside the working folder, `config.yaml.attune` for the file config.yaml. */
export function readTemplates(setting: GivenSetting): readonly string[] {
  const list: readonly unknown[] = Array.isArray(setting.value) ? setting.value : [setting.value];
  return list.map((value) => {
    const file = readInnerPath(value);
    if (file?.endsWith(TEMPLATE_ENDING) && !/(?:^|\/)\.attune$/.test(file)) return file;
    const allowed = `give a file inside the working folder whose name ends in ${TEMPLATE_ENDING}: config.yaml.attune, from which config.yaml is written.`;
    throw badSetting({ ...setting, value }, allowed);
  });
}

/** A path below the working folder with plain separators, or null. */
function readInnerPath(value: unknown): string | null {
  if (typeof value !== "string" || value.trim() === "" || value.startsWith("/")) return null;
  const parts = value.split("/").filter((part) => part !== "" && part !== ".");
  return parts.length === 0 || parts.includes("..") ? null : parts.join("/");
}

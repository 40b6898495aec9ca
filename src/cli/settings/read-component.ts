import type { JsonValue } from "../../space/json.ts";
import type { ComponentChoice } from "../../trial/study-definition.ts";
import { badSetting, type GivenSetting } from "./given-setting.ts";

const ALLOWED = "give a name (grid) or a name with options ({name: grid, points: {lr: 7}}).";

/** A sampler or scheduler by name, or as a mapping with `name` and its options; whether it exists is checked by the registry. */
export function readComponent(setting: GivenSetting): ComponentChoice {
  const { value } = setting;
  if (typeof value === "string" && value.trim() !== "") return { name: value.trim(), options: {} };
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw badSetting(setting, ALLOWED);
  const { name, ...options } = value as Record<string, JsonValue>;
  if (typeof name !== "string" || name === "") throw badSetting(setting, ALLOWED);
  return { name, options };
}

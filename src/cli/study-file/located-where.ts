import type { SourcePosition } from "../../errors.ts";
import { badSetting, type Setting } from "./setting.ts";

/** The constraints as the user wrote them, with the place of each. */
export interface LocatedWhere {
  readonly list: readonly string[];
  readonly locate: (index: number) => SourcePosition | null;
}

/** One expression, or a list of them. */
export function readWhere(setting: Setting): LocatedWhere {
  const { value, source, position } = setting;
  if (typeof value === "string" && value.trim() !== "") return { list: [value], locate: () => position };
  const list: unknown = value;
  if (!Array.isArray(list) || !list.every((item) => typeof item === "string" && item.trim() !== "")) {
    throw badSetting(setting, 'give a list of expressions: ["batch * layers <= 256"].');
  }
  return { list: list as string[], locate: (index) => source?.locate([setting.label, index]) ?? position };
}

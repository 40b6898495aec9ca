import type { SourcePosition } from "../../errors.ts";
import { badSetting, type GivenSetting } from "./given-setting.ts";

/** The constraints as the user wrote them, with the place of each. */
export interface LocatedWhere {
  readonly list: readonly string[];
  readonly locate: (index: number) => SourcePosition | null;
}

/** One expression, or a list of them. */
export function readWhere(setting: GivenSetting): LocatedWhere {
  const { value, source, path = [], position } = setting;
  if (typeof value === "string" && value.trim() !== "") return { list: [value], locate: () => position };
  const list: unknown = value;
  if (!Array.isArray(list) || !list.every((item) => typeof item === "string" && item.trim() !== "")) {
    throw badSetting(setting, 'give a list of expressions: ["batch * layers <= 256"].');
  }
  return { list: list as string[], locate: (index) => source?.locate([...path, index]) ?? position };
}

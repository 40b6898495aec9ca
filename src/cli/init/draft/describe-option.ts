import type { ProgramOption } from "../program-option.ts";
import { shortened } from "./yaml-text.ts";

/** Type and default in a few words: `int, default 10`; `one of adam, sgd, default adam`; `on or off, default off`. */
export function describeOption(option: ProgramOption): string {
  const { default: value, shown } = option;
  const type = typeOf(option);
  if (option.obstacle === "a secret") return type;
  if (typeof value === "boolean") return `${type}, default ${value ? "on" : "off"}`;
  const text = value === null || option.many ? shown : String(value);
  return text === null || text === "" ? type : `${type}, default ${shortened(text, 60)}`;
}

function typeOf({ kind, choices, many }: ProgramOption): string {
  const several = many ? "several of " : "";
  switch (kind) {
    case "choice":
      return `${many ? "several of" : "one of"} ${shortened(choices.join(", "), 120)}`;
    case "boolean":
      return "on or off";
    case "other":
      return "a type of its own";
    default:
      return `${several}${kind}`;
  }
}

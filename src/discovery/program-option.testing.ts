import type { ProgramOption } from "./program-option.ts";

/** An option for tests: a number without bounds unless `more` says otherwise. */
export function programOption(
  flag: string,
  kind: ProgramOption["kind"],
  value: ProgramOption["default"],
  more: Partial<ProgramOption> = {},
): ProgramOption {
  return {
    flag,
    flags: [flag],
    called: flag,
    kind,
    boolean: kind === "boolean" ? { kind: "flag" } : null,
    default: value,
    choices: [],
    numbered: null,
    bounds: null,
    joined: false,
    many: false,
    description: "",
    obstacle: null,
    place: null,
    behind: 0,
    shown: null,
    ...more,
  };
}

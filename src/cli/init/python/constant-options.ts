import { readFileSync } from "node:fs";
import { leafOptions } from "../config/leaf-options.ts";
import type { ProgramOption } from "../program-option.ts";
import type { PythonConstant, PythonSurvey } from "./survey-python.ts";

/**
 * The constants at the top of a script as options: as `--name=value` where the script lets words replace them, else as places in
 * the script itself, for a template of it.
 */
export function constantOptions({ constants, overrides, file }: PythonSurvey): readonly ProgramOption[] {
  if (overrides) {
    const flag = (path: string): string => `--${path}`;
    return leafOptions(
      constants.map((constant) => leafOf(constant, 0)),
      {
        flag,
        joined: true,
        file: null,
        on: "True",
        off: "False",
      },
    );
  }
  if (file === null) return [];
  const starts = lineStarts(readFileSync(file, "utf8"));
  const placed = constants.filter(({ columns, line }) => columns !== undefined && line !== undefined);
  return leafOptions(
    placed.map((constant) => leafOf(constant, starts[constant.line!]!)),
    {
      flag: (path) => path,
      joined: true,
      file,
    },
  );
}

function leafOf({ name, value, type, comment, columns }: PythonConstant, start: number) {
  const [from, to] = columns ?? [0, 0];
  return { path: name, value, float: type === "float", start: start + from, end: start + to, comment, many: false };
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

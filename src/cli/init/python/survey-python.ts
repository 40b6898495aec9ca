import { helperPath } from "../../helper-path.ts";
import { watchedRun } from "../watched-run.ts";
import type { PythonProgram } from "./python-program.ts";

/** A constant at the top of a Python file. */
export interface PythonConstant {
  readonly name: string;
  readonly value: number | string | boolean;
  readonly type: "int" | "float" | "str" | "bool";
  readonly comment: string;
  /** From 0; absent where it goes over several lines. */
  readonly line?: number;
  /** Columns of the value in its line, in characters from 0, the end not included. */
  readonly columns?: readonly [number, number];
}

/** What a Python program is made of, told without running it. */
export interface PythonSurvey {
  readonly version: readonly [number, number];
  /** The source, null when it was not found. */
  readonly file: string | null;
  readonly found: boolean;
  /** Libraries for options that it or what it imports of its own imports. */
  readonly libraries: readonly string[];
  /** Calls in its sources that parse a command line. */
  readonly parseCalls: number;
  /** Whether its sources look at the words of the command line themselves. */
  readonly argv: boolean;
  /** Whether there were too many sources to read all. */
  readonly cut: boolean;
  readonly constants: readonly PythonConstant[];
  /** Whether `--name=value` replaces the constants above. */
  readonly overrides: boolean;
}

/** Surveys a program with its own interpreter; null when that is older than Python 3.8 or cannot be run. */
export async function surveyPython({ interpreter, kind, target, env }: PythonProgram): Promise<PythonSurvey | null> {
  const script = helperPath("probe/_attune_probe/survey.py");
  const { out } = await watchedRun([interpreter, script, kind, target], { question: "--help", env });
  const line = out.trim().split("\n").at(-1) ?? "";
  if (!line.startsWith("{")) return null;
  return JSON.parse(line) as PythonSurvey;
}

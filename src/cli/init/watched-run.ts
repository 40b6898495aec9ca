import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { helperPath } from "../helper-path.ts";
import { type ParserReport, type Refusal, readParserReport } from "./python/parser-report.ts";
import { type QuietRun, runQuietly } from "./run-quietly.ts";

/** What a program answered to a question, and the Python parsers it came to. */
export interface WatchedRun extends QuietRun {
  readonly parsers: readonly ParserReport[];
  /** What was refused before the parser. */
  readonly refusals: readonly Refusal[];
}

/** How a program is watched. */
export interface WatchSettings {
  /** The word among the arguments that asks for help. */
  readonly question: string;
  /** True when the sources hold a single call that parses: behind it the program's work begins. */
  readonly oneParse?: boolean;
  /** True when what it writes before its parser goes to the passing folder instead of being refused. */
  readonly shadow?: boolean;
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Runs a program with a watch in every Python it starts: until a parser is met nothing is written but in a folder for passing files, no
 * program is started, and no connection made.
 */
export async function watchedRun(argv: readonly string[], settings: WatchSettings): Promise<WatchedRun> {
  const scratch = mkdtempSync(join(tmpdir(), "attune-init-"));
  const report = join(scratch, "report.jsonl");
  const path = [helperPath("probe"), settings.env?.PYTHONPATH ?? process.env.PYTHONPATH ?? ""]
    .filter((part) => part !== "")
    .join(delimiter);
  try {
    const ran = await runQuietly(argv, {
      env: {
        ...settings.env,
        PYTHONPATH: path,
        PYTHONDONTWRITEBYTECODE: "1",
        TMPDIR: scratch,
        ATTUNE_PROBE: report,
        ATTUNE_PROBE_ASKS: settings.question,
        ATTUNE_PROBE_SHADOW: settings.shadow === true ? "1" : "0",
        ATTUNE_PROBE_ONE_PARSE: settings.oneParse === true ? "1" : "0",
      },
    });
    return { ...ran, ...readParserReport(existsSync(report) ? readFileSync(report, "utf8") : "") };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

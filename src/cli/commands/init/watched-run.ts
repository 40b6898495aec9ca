import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { type ParserReport, type Refusal, readParserReport } from "../../../discovery/reported-options.ts";
import { AttuneError } from "../../../errors.ts";
import { helperPath } from "../../helper-path.ts";

/** What a program answered to a question, and the Python parsers it came to. */
export interface WatchedRun extends QuietRun {
  readonly parsers: readonly ParserReport[];
  /** What was refused before the parser. */
  readonly refusals: readonly Refusal[];
}

/** How a program is watched. */
interface WatchSettings {
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

const SIZE_LIMIT = 4 * 1024 * 1024;

/** What a program printed and how it ended. */
interface QuietRun {
  /** Standard output and error as they came. */
  readonly text: string;
  /** Standard output alone. */
  readonly out: string;
  /** True when it was ended by force: it took too long or printed too much. */
  readonly cut: boolean;
}

/** How a program is run to be asked something. */
interface QuietSettings {
  readonly env?: Readonly<Record<string, string>>;
  readonly limitMs?: number;
}

/**
 * Runs a program with nothing on its standard input, on a wide page and without colours, and ends it with all it started when it
 * takes longer than its limit (a minute) or prints more than 4 MB.
 *
 * @throws AttuneError `command-not-found` when it cannot be started.
 */
export async function runQuietly(argv: readonly string[], settings: QuietSettings = {}): Promise<QuietRun> {
  const env = { ...process.env, COLUMNS: "160", NO_COLOR: "1", TERM: "dumb", PAGER: "cat", ...settings.env };
  const child = spawn(argv[0]!, argv.slice(1), { env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  let [text, out, cut] = ["", "", false];
  const end = (): void => {
    cut = true;
    if (child.pid !== undefined) endGroup(child.pid);
    child.stdout.destroy();
    child.stderr.destroy();
  };
  const timer = setTimeout(end, settings.limitMs ?? 60_000);
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8");
    stream.on("data", (chunk: string) => {
      text += chunk;
      if (stream === child.stdout) out += chunk;
      if (text.length > SIZE_LIMIT) end();
    });
  }
  try {
    await new Promise((resolve, reject) => {
      child.on("error", reject);
      child.on("close", resolve);
    });
    return { text, out, cut };
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new AttuneError("command-not-found", `${argv[0]} could not be run: ${why}.`, { cause });
  } finally {
    clearTimeout(timer);
  }
}

/** The whole group: a program may have started others before it looked at its options. It may be gone already. */
function endGroup(leader: number): void {
  try {
    process.kill(-leader, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

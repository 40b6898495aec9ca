import { spawn } from "node:child_process";
import { AttuneError } from "../../errors.ts";
import { requireProgram } from "../run/require-program.ts";
import { type HelpOption, readHelp } from "./help-option.ts";

/** What programs print their options for; tried in this order. None may begin the program's work. */
const ASKING = ["--help", "-h", "--long-help", "-help"] as const;
const TIME_LIMIT_MS = 60_000;
const SIZE_LIMIT = 4 * 1024 * 1024;

/**
 * The options of a program, from what it prints for `--help` (or, where that shows none, `-h`, `--long-help`, `-help`).
 *
 * @throws AttuneError `command-not-found`, or `invalid-argument` when none of these shows an option.
 */
export async function fetchHelp(program: readonly string[]): Promise<readonly HelpOption[]> {
  await requireProgram({ argv: program });
  for (const asking of ASKING) {
    const { text, cut } = await printed([...program, asking]);
    const options = readHelp(text);
    if (options.some(({ kind }) => kind !== "switch")) return options;
    if (cut) throw noHelp(program, `went on for a minute, or printed more than 4 MB, when asked for ${asking}`);
  }
  throw noHelp(program, `shows no options with ${ASKING.join(", ")}`);
}

function noHelp(program: readonly string[], what: string): AttuneError {
  const advice = "save its help to a file and give it: attune init --help-text help.txt -- …";
  return new AttuneError("invalid-argument", `${program.join(" ")} ${what}; ${advice}`);
}

/** All that a call prints, on a wide page and without colours, and whether it was ended by force. */
async function printed(argv: readonly string[]): Promise<{ readonly text: string; readonly cut: boolean }> {
  const env = { ...process.env, COLUMNS: "160", NO_COLOR: "1", TERM: "dumb" };
  const child = spawn(argv[0]!, argv.slice(1), { env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  let [text, cut] = ["", false];
  const end = (): void => {
    cut = true;
    if (child.pid !== undefined) endGroup(child.pid);
    child.stdout.destroy();
    child.stderr.destroy();
  };
  const timer = setTimeout(end, TIME_LIMIT_MS);
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8");
    stream.on("data", (chunk: string) => {
      text += chunk;
      if (text.length > SIZE_LIMIT) end();
    });
  }
  try {
    await new Promise((resolve, reject) => {
      child.on("error", reject);
      child.on("close", resolve);
    });
    return { text, cut };
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

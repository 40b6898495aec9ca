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
    const options = readHelp(await printed([...program, asking]));
    if (options.some(({ kind }) => kind !== "switch")) return options;
  }
  throw new AttuneError(
    "invalid-argument",
    `${program.join(" ")} shows no options with ${ASKING.join(", ")}; save its help to a file and give it: attune init --help-text help.txt -- …`,
  );
}

/** All that a call prints within a minute, on a wide page and without colours. */
async function printed(argv: readonly string[]): Promise<string> {
  const env = { ...process.env, COLUMNS: "160", NO_COLOR: "1", TERM: "dumb" };
  const child = spawn(argv[0]!, argv.slice(1), { env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  const kill = (): void => {
    // The whole group: a program may have started others before it looked at its options.
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
      process.kill(-child.pid, "SIGKILL");
  };
  const timer = setTimeout(kill, TIME_LIMIT_MS);
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8");
    stream.on("data", (chunk: string) => {
      text += chunk;
      if (text.length > SIZE_LIMIT) kill();
    });
  }
  try {
    return await new Promise((resolve, reject) => {
      child.on("error", reject);
      child.on("close", () => resolve(text));
    });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new AttuneError("command-not-found", `${argv[0]} could not be run: ${why}.`, { cause });
  } finally {
    clearTimeout(timer);
  }
}

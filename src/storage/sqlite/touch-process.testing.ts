import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const SCRIPT = fileURLToPath(new URL("./touch-storage.testing.ts", import.meta.url));
/** A user without rights, for tests run by root, whom no permission stops. */
const NOBODY = 65_534;

export interface Touched {
  readonly signal: NodeJS.Signals | null;
  /** Numbers the process was told to be finished. */
  readonly finished: readonly number[];
  readonly answer: {
    readonly ok: boolean;
    readonly code?: string;
    readonly message?: string;
    readonly trialsSpent?: number;
  } | null;
}

/** Runs touch-storage in a process of its own. */
export function touch(
  location: string,
  options: {
    readonly trials?: number;
    readonly env?: Readonly<Record<string, string>>;
    readonly asNobody?: boolean;
  } = {},
): Touched {
  const drop = options.asNobody === true && process.getuid?.() === 0;
  const run = spawnSync(process.execPath, [SCRIPT, `--trials=${options.trials ?? 1}`, location], {
    env: { ...process.env, ...options.env },
    encoding: "utf8",
    ...(drop && { uid: NOBODY, gid: NOBODY }),
  });
  const lines = run.stdout.trim().split("\n");
  const last = lines.at(-1) ?? "";
  const finished = lines.filter((line) => line.startsWith("finished ")).map((line) => Number(line.slice(9)));
  if (run.status !== 0 && run.signal === null) throw new Error(`touch-storage failed: ${run.stderr}`);
  return {
    signal: run.signal,
    finished,
    answer: last.startsWith("{") ? (JSON.parse(last) as Touched["answer"]) : null,
  };
}

import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import path from "node:path";
import type { WarmAnswer, WarmTask } from "./warm-task.ts";

/** A namespace of processes of its own: a mutant that signals a wrong process finds none but its own. */
const ALONE = ["unshare", "--pid", "--fork", "--mount-proc", "--kill-child=KILL", "--"];
const START_LIMIT_MS = 60_000;
/** Test files that a process runs before another one takes its place. */
const MOST_RUNS = 500;

export interface WarmTestsOptions {
  /** After so many failed tests of a file the others are left out; 0 for never. */
  readonly bail: number;
  /** The process, one of the files beside this one; by the runner where it is left out. */
  readonly main?: "warm-tests-main.ts" | "quick-tests-main.ts";
}

/** Runs tests of a tree, of one file at a time in a process that stays: starting the runner anew takes longer than most tests do. */
export class WarmTests {
  /** Whether this system lets tests run without sight of other processes (Linux, as root). */
  readonly isAlone: boolean;
  readonly #tree: string;
  readonly #options: WarmTestsOptions;
  #child: ChildProcess | null = null;
  #runs = 0;

  constructor(tree: string, options: WarmTestsOptions) {
    this.#tree = tree;
    this.#options = options;
    this.isAlone = spawnSync(ALONE[0]!, [...ALONE.slice(1), "true"]).status === 0;
  }

  /** Takes at most `limit` ms; `failed` where the process ended. */
  async run(task: WarmTask, limit: number): Promise<WarmAnswer | "failed" | "timeout"> {
    const child = this.#child ?? (await this.#start());
    this.#child = child;
    const answered = answer(child, limit);
    child.send(task);
    const end = await answered;
    this.#runs += 1;
    // What a test left behind ends with the process, and so does what stands still; modules that were loaded stay in memory.
    if (typeof end === "string" || !end.isAlone || this.#runs % MOST_RUNS === 0) await this.stop();
    return end;
  }

  /** Ends the process and, in a namespace, whatever it started; the next run starts another. */
  async stop(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once("exit", resolve));
    process.kill(-child.pid, "SIGKILL");
    await ended;
  }

  async #start(): Promise<ChildProcess> {
    const { bail, main = "warm-tests-main.ts" } = this.#options;
    const words = [process.execPath, path.join(import.meta.dirname, main), `${bail}`];
    const [command, ...args] = this.isAlone ? [...ALONE, ...words] : words;
    const env = { ...process.env, CI: "true", TMPDIR: path.join(this.#tree, "tmp") };
    const child = spawn(command!, args, {
      cwd: this.#tree,
      env,
      detached: true,
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    // One that stands still hears nothing of our end.
    const end = (): boolean => child.kill("SIGKILL");
    process.once("exit", end);
    child.once("exit", () => process.off("exit", end));
    const first = await answer(child, START_LIMIT_MS);
    if (typeof first === "string") throw new Error(`The process that runs tests did not start: ${first}.`);
    return child;
  }
}

/** The child's next message; `failed` where it ends before, `timeout` after `limit` ms. */
function answer(child: ChildProcess, limit: number): Promise<WarmAnswer | "failed" | "timeout"> {
  const { promise, resolve } = Promise.withResolvers<WarmAnswer | "failed" | "timeout">();
  const timer = setTimeout(resolve, limit, "timeout");
  const onMessage = (message: unknown): void => resolve(message as WarmAnswer);
  const onExit = (): void => resolve("failed");
  child.once("message", onMessage).once("exit", onExit).once("error", onExit);
  return promise.finally(() => {
    clearTimeout(timer);
    child.off("message", onMessage).off("exit", onExit).off("error", onExit);
  });
}

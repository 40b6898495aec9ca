import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { processesWith, untilEmpty } from "./processes.ts";

const root = path.join(import.meta.dirname, "..", "..", "..");

/** How a process of a scene ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  /** Standard output and standard error together. */
  readonly output: string;
}

export interface Started {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly ended: Promise<Ended>;
  /** The same, once nobody holds its output any more: all that was printed is known then. */
  readonly closed: Promise<Ended>;
  /** What it printed so far, on both streams. */
  readonly output: string;
  /** Resolves once it has printed so many lines, or has ended. */
  printed(lines: number): Promise<void>;
}

export interface TuneOptions {
  readonly trials: number;
  readonly workers: number;
  readonly environment?: Readonly<Record<string, string>>;
  /** Words put before the tuner, such as a program that opens a namespace. */
  readonly before?: readonly string[];
  /** Working folder; default: that of the scene. */
  readonly cwd?: string | undefined;
}

/** One storage in a folder of its own, the processes that tune on it, and a mark by which all of them are found. */
export class Scene {
  readonly folder = mkdtempSync(path.join(tmpdir(), "attune-faults-"));
  storage = path.join(this.folder, "attune.db");
  readonly witness = path.join(this.folder, "witness");
  readonly study = "faults";
  readonly #mark = `mark-${randomUUID()}`;

  /** Words of the tuning command; a program takes 5 ms to `longest` ms. */
  command({ trials, workers }: TuneOptions, longest: number): readonly string[] {
    const program = path.join(import.meta.dirname, "program.sh");
    return [
      ...[
        "run",
        "--study",
        this.study,
        "--storage",
        this.storage,
        "--minimize",
        "loss",
        "--sampler",
        "random",
        "--seed",
        "7",
      ],
      ...["--trials", String(trials), "--workers", String(workers), "--"],
      ...["sh", program, "{x: 0.0..1.0}", `{ms: 5..${longest}}`],
    ];
  }

  /** Starts the tuning command. */
  tune(options: TuneOptions, longest = 60): Started {
    return this.start([path.join(root, "src", "cli", "main.ts"), ...this.command(options, longest)], options);
  }

  /** Starts a script with Node. */
  start(
    words: readonly string[],
    { environment = {}, before = [], cwd = this.folder }: Partial<TuneOptions> = {},
  ): Started {
    const [program, ...rest] = [...before, process.execPath, ...words];
    const child = spawn(program!, rest, {
      cwd,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...this.#marked, FAULTS_WITNESS: this.witness, ...environment },
    });
    let stdout = "";
    let output = "";
    let onOutput = Promise.withResolvers<void>();
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      stdout += chunk;
    });
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk: string | Buffer) => {
        output += String(chunk);
        onOutput.resolve();
        onOutput = Promise.withResolvers<void>();
      });
    const ended = new Promise<Ended>((resolve, reject) => {
      child.on("error", reject);
      // Not "close": programs that outlive a killed tuner for a moment may hold its pipes.
      child.on("exit", (code, signal) => setImmediate(() => resolve({ code, signal, stdout, output })));
    });
    const closed = new Promise<Ended>((resolve) => {
      child.on("close", (code, signal) => resolve({ code, signal, stdout, output }));
    });
    let over = false;
    void ended.finally(() => {
      over = true;
    });
    const printed = async (lines: number): Promise<void> => {
      while (!over && output.split("\n").length <= lines) await Promise.race([onOutput.promise, ended]);
    };
    return {
      child,
      pid: child.pid!,
      ended,
      closed,
      printed,
      get output() {
        return output;
      },
    };
  }

  /** In `PATH` too: a guardian is given no other variable. */
  get #marked(): NodeJS.ProcessEnv {
    return { FAULTS_MARK: this.#mark, PATH: `${process.env.PATH}:/${this.#mark}` };
  }

  /** Processes of this scene that still run once those which are being ended had `seconds` to go. */
  async orphans(seconds = 10): Promise<readonly number[]> {
    return await untilEmpty(() => processesWith(this.#mark), seconds);
  }

  async close(): Promise<void> {
    await this.endAll();
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  /** Kills what still runs. */
  async endAll(): Promise<void> {
    for (const pid of processesWith(this.#mark)) {
      try {
        process.kill(pid, "SIGKILL");
      } catch (error) {
        if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
      }
    }
    await this.orphans();
  }
}

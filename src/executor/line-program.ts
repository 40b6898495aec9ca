import { type ChildProcess, spawn } from "node:child_process";
import { AttuneError } from "../errors.ts";
import { extendRunMarker } from "../protocol/index.ts";
import { MessageLines } from "../protocol/json-rpc/message-lines.ts";
import { AwakeTimer } from "./awake-timer.ts";
import { OutputTail } from "./command/output-tail.ts";
import type { RedactedStream } from "./command/redacted-stream.ts";
import { createGuardian } from "./command/run-helpers.ts";
import type { SecretRedactor } from "./command/secret-redactor.ts";
import { signalProcess } from "./command/signal-process.ts";

/** Ms that the program has to end by itself once its input has ended, and again after it was asked to. */
const GRACE_MS = 2_000;

export interface LineProgramEvents {
  /** A line of its standard output. */
  line(line: string): void;
  /** It is over, or never began; `error` says in a sentence how, with its last words. Nothing comes after this. */
  ended(error: AttuneError): void;
}

/**
 * A program that is spoken to in lines over its standard input and output, in a process group of its own. What it writes to standard error is
 * kept for the sentence that tells how it ended, without the secrets that `redactor` finds. It does not outlive this process, whatever it makes of
 * the end of its input.
 */
export class LineProgram {
  readonly #words: readonly string[];
  readonly #events: LineProgramEvents;
  readonly #child: ChildProcess;
  readonly #redactor: SecretRedactor;
  readonly #redacted: RedactedStream;
  readonly #guardian = createGuardian();
  readonly #tail = new OutputTail();
  readonly #gone = Promise.withResolvers<void>();
  #over = false;

  constructor(command: readonly [string, ...string[]], redactor: SecretRedactor, events: LineProgramEvents) {
    this.#words = command;
    this.#redactor = redactor;
    this.#redacted = redactor.stream();
    this.#events = events;
    const [program, ...args] = command;
    this.#guardian.start();
    this.#child = spawn(program, args, {
      detached: true,
      stdio: ["pipe", "pipe", "pipe"],
      env: {
        ...process.env,
        NODE_OPTIONS: undefined,
        ATTUNE_RUN: extendRunMarker(process.env.ATTUNE_RUN, `${this.#guardian.runId}/`),
      },
    });
    if (this.#child.pid !== undefined) this.#guardian.add(this.#child.pid);
    const lines = new MessageLines((line) => events.line(line));
    this.#child.stdout?.on("data", (chunk: Buffer) => this.#guarded(() => lines.push(chunk)));
    this.#child.stderr?.on("data", (chunk: Buffer) => this.#tail.push(this.#redacted.push(chunk)));
    // A reader that is gone is told by its end.
    this.#child.stdin?.on("error", () => undefined);
    this.#child.on("error", (error) => this.#end(`could not be started: ${error.message}`));
    this.#child.on("close", (code, signal) =>
      this.#end(signal === null ? `ended with code ${code}` : `was ended by ${signal}`),
    );
    this.release();
  }

  write(line: string): void {
    if (!this.#over) this.#child.stdin?.write(`${line}\n`);
  }

  /** While it is waited for, it keeps this process alive. */
  hold(): void {
    this.#child.ref();
    for (const stream of this.#streams()) stream.ref?.();
  }

  release(): void {
    this.#child.unref();
    for (const stream of this.#streams()) stream.unref?.();
  }

  /** Ends its input, waits for it to end, asks it to (SIGTERM), and ends it with all of its group (SIGKILL). */
  async close(): Promise<void> {
    if (this.#over) return;
    this.hold();
    this.#child.stdin?.end();
    const ask = new AwakeTimer(GRACE_MS, () => this.#signal("SIGTERM"));
    const kill = new AwakeTimer(2 * GRACE_MS, () => this.kill());
    await this.#gone.promise;
    ask.clear();
    kill.clear();
  }

  /** Ends it with all of its group at once. */
  kill(): void {
    this.#signal("SIGKILL");
    for (const stream of [this.#child.stdout, this.#child.stderr]) stream?.destroy();
  }

  #signal(signal: NodeJS.Signals): void {
    if (this.#child.pid !== undefined) signalProcess(-this.#child.pid, signal);
  }

  /** What it says wrongly is its end. */
  #guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#end(error instanceof Error ? error.message : String(error));
      this.kill();
    }
  }

  #end(how: string): void {
    if (this.#over) return;
    this.#over = true;
    // Whatever it started and left is ended with it.
    this.#guardian.abandon();
    this.#tail.push(this.#redacted.end());
    const words = this.#tail.text();
    const said = words === "" ? "It wrote nothing to standard error." : `Its last words:\n${words}`;
    const program = JSON.stringify(this.#words[0]);
    this.#events.ended(new AttuneError("user-code", this.#redactor.clean(`The program ${program} ${how}. ${said}`)));
    this.#gone.resolve();
  }

  #streams(): readonly { ref?(): void; unref?(): void }[] {
    const { stdin, stdout, stderr } = this.#child;
    return [stdin, stdout, stderr].filter((stream) => stream !== null) as { ref?(): void; unref?(): void }[];
  }
}

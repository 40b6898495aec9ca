import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { AttuneError } from "../../../src/errors.ts";
import type { JsonValue } from "../../../src/space/json.ts";

/** One thread each: that is how times are compared. */
const ONE_THREAD = {
  OMP_NUM_THREADS: "1",
  OPENBLAS_NUM_THREADS: "1",
  MKL_NUM_THREADS: "1",
  PYTHONWARNINGS: "ignore",
  PYTHONUNBUFFERED: "1",
};

/** A Python program that gets one line of JSON for each message and answers each with one. */
export class JsonLinesProcess {
  readonly #child: ChildProcess;
  readonly #answers: AsyncIterator<string>;
  #complaints = "";

  constructor([program, ...words]: readonly string[]) {
    if (!existsSync(program!)) {
      const way = "bench/setup-peers.sh makes the Python environments";
      throw new AttuneError("command-not-found", `${program} is not there; ${way}.`);
    }
    const environment = { ...process.env, ...ONE_THREAD };
    this.#child = spawn(program!, words, { env: environment, stdio: ["pipe", "pipe", "pipe"] });
    const complain = (error: Error) => {
      this.#complaints += error.message;
    };
    this.#child.on("error", complain);
    // A program that has died is noticed by its missing answer, which tells more than a broken pipe.
    this.#child.stdin!.on("error", complain);
    this.#child.stderr!.setEncoding("utf8").on("data", (text: string) => {
      this.#complaints = (this.#complaints + text).slice(-4000);
    });
    this.#answers = createInterface({ input: this.#child.stdout! })[Symbol.asyncIterator]();
  }

  /** Sends a message that has no answer. */
  tell(message: JsonValue): void {
    this.#child.stdin!.write(`${JSON.stringify(message)}\n`);
  }

  /** Sends a message and waits for its answer. */
  async ask<T>(message: JsonValue): Promise<T> {
    this.tell(message);
    const { value, done } = await this.#answers.next();
    if (done === true) throw new Error(`the Python process ended without an answer: ${this.#complaints.trim()}`);
    return JSON.parse(value);
  }

  close(): void {
    this.#child.stdin!.end();
    this.#child.kill();
  }
}

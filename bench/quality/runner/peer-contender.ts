import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { JsonValue, Params } from "../../../src/space/json.ts";
import type { Space } from "../../../src/space/space.ts";
import { parameterToJson } from "../../../src/space/space-json.ts";
import type { Contender } from "./contender.ts";
import type { PeerCommand } from "./peers.ts";

export interface PeerSetup {
  readonly seed: number;
  readonly budget: number;
  /** Trials under way at once. */
  readonly pending: number;
}

interface Reply {
  readonly params?: Params | null;
  /** Spent on this message. */
  readonly seconds: number;
  /** The processor's share of them. */
  readonly cpuSeconds: number;
}

/** One thread each: that is how times are compared. */
const ONE_THREAD = {
  OMP_NUM_THREADS: "1",
  OPENBLAS_NUM_THREADS: "1",
  MKL_NUM_THREADS: "1",
  PYTHONWARNINGS: "ignore",
  PYTHONUNBUFFERED: "1",
};

/**
 * A peer in a Python process of its own, one line of JSON for each message and each answer. It takes its own time, from the
 * message read to the answer ready, so that pipes are not counted.
 */
export class PeerContender implements Contender {
  readonly #child: ChildProcess;
  readonly #answers: AsyncIterator<string>;
  #complaints = "";
  seconds = 0;
  cpuSeconds = 0;

  constructor([program, ...words]: PeerCommand) {
    const environment = { ...process.env, ...ONE_THREAD };
    this.#child = spawn(program!, words, { env: environment, stdio: ["pipe", "pipe", "pipe"] });
    this.#child.on("error", (error) => {
      this.#complaints += error.message;
    });
    // A peer that has died is noticed by its missing answer, which tells more than a broken pipe.
    this.#child.stdin!.on("error", (error) => {
      this.#complaints += error.message;
    });
    this.#child.stderr!.setEncoding("utf8").on("data", (text: string) => {
      this.#complaints = (this.#complaints + text).slice(-4000);
    });
    this.#answers = createInterface({ input: this.#child.stdout! })[Symbol.asyncIterator]();
  }

  /** Tells the peer the space, before all else. */
  async open(space: Space, setup: PeerSetup): Promise<void> {
    const parameters = space.parameters.map(parameterToJson);
    await this.#send({ op: "open", parameters, ...setup });
    this.seconds = 0;
    this.cpuSeconds = 0;
  }

  async ask(trial: number): Promise<Params | null> {
    return (await this.#send({ op: "ask", trial })).params ?? null;
  }

  async tell(trial: number, params: Params, value: number): Promise<void> {
    await this.#send({ op: "tell", trial, params, value: Number.isFinite(value) ? value : null });
  }

  close(): void {
    this.#child.stdin!.end();
    this.#child.kill();
  }

  async #send(message: JsonValue): Promise<Reply> {
    this.#child.stdin!.write(`${JSON.stringify(message)}\n`);
    const { value, done } = await this.#answers.next();
    if (done === true) throw new Error(`the peer ended without an answer: ${this.#complaints.trim()}`);
    const reply: Reply = JSON.parse(value);
    this.seconds += reply.seconds;
    this.cpuSeconds += reply.cpuSeconds;
    return reply;
  }
}

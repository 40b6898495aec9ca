import { Worker } from "node:worker_threads";
import { compileCacheVariables } from "../storage/compile-cache-variables.ts";
import type { ProposedTrial } from "../trial/command.ts";
import { stateToParts } from "../trial/evolve/snapshot.ts";
import type { StudyLog } from "./study-log.ts";
import type { SuggestionPlace } from "./suggest.ts";
import type { FromSuggestionThread, SuggestionThreadData, ToSuggestionThread } from "./suggestion-messages.ts";

type Waiting = (trials: readonly ProposedTrial[] | null) => void;

/** In sources this file ends in .ts and so does the thread's; once built, both end in .js. */
const THREAD = new URL(`./suggestion-thread${import.meta.url.endsWith(".ts") ? ".ts" : ".js"}`, import.meta.url);

/** A thread that follows a study's log and computes suggestions, so that no model holds up the caller's event loop. */
export class SuggestionWorker {
  readonly #worker: Worker;
  readonly #unfollow: () => void;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #ended = false;
  #closing = false;

  constructor(log: StudyLog) {
    const workerData: SuggestionThreadData = stateToParts(log.state, 0);
    const execArgv = ["--disable-warning=ExperimentalWarning"];
    const env = { ...process.env, ...compileCacheVariables() };
    this.#worker = new Worker(THREAD, { workerData, execArgv, env, name: "attune-suggestions" });
    this.#worker.on("message", (answer: FromSuggestionThread) => this.#answer(answer));
    this.#worker.on("error", (error: unknown) => this.#end(error instanceof Error ? error.message : String(error)));
    this.#worker.on("exit", (code) => this.#end(`it exited with code ${code}`));
    this.#worker.unref();
    this.#unfollow = log.follow((events) => this.#send({ type: "news", events }));
  }

  /** True once the thread is gone, whether it was closed or died. */
  get ended(): boolean {
    return this.#ended;
  }

  /** True while it computes a suggestion that somebody waits for. */
  get busy(): boolean {
    return this.#waiting.size > 0;
  }

  /** As `JointSuggester.suggest`; null when the thread ends before it answers. */
  suggest(
    place: SuggestionPlace,
    count: number,
    inputs: Readonly<Record<string, number>>,
  ): Promise<readonly ProposedTrial[] | null> {
    if (this.#ended) return Promise.resolve(null);
    const id = ++this.#lastId;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.#worker.ref();
      this.#send({ type: "suggest", id, place, count, inputs });
    });
  }

  async close(): Promise<void> {
    this.#closing = true;
    await this.#worker.terminate();
  }

  #send(message: ToSuggestionThread): void {
    this.#worker.postMessage(message);
  }

  #answer({ id, trials }: FromSuggestionThread): void {
    this.#waiting.get(id)?.(trials);
    this.#waiting.delete(id);
    // A thread that nobody waits for must not keep the process alive.
    if (this.#waiting.size === 0) this.#worker.unref();
  }

  #end(cause: string): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#unfollow();
    if (!this.#closing) {
      process.emitWarning(
        `There is no thread for suggestions any more (${cause}); the main thread computes them, and waits while it does.`,
      );
    }
    for (const resolve of this.#waiting.values()) resolve(null);
    this.#waiting.clear();
  }
}

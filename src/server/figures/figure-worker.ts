import { Worker } from "node:worker_threads";
import { AttuneError } from "../../errors.ts";
import { compileCacheVariables } from "../../storage/compile-cache-variables.ts";
import type { LoggedEvent } from "../../trial/event.ts";
import type { Asked, FigureMaker, SentStudy } from "./figure-maker.ts";
import type { FigureReply, FigureWork } from "./figure-messages.ts";

/** In sources this file ends in .ts and so does the thread's; once built, both end in .js. */
const THREAD = new URL(`./figure-thread${import.meta.url.endsWith(".ts") ? ".ts" : ".js"}`, import.meta.url);

/**
 * Three semispaces, in which lies what is made and forgotten: much smaller ones take more time, larger ones as much. And a bound that a heap grows more
 * slowly under, far above what figures of a million trials take.
 */
const LIMITS = { maxYoungGenerationSizeMb: 6, maxOldGenerationSizeMb: 1_000 } as const;

/** As a maker of figures, in a thread of its own: it holds up nobody, and at its end all of its memory is given back. */
export class FigureWorker implements Pick<FigureMaker, "take" | "learn" | "forget" | "make"> {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, PromiseWithResolvers<Uint8Array<ArrayBuffer>>>();
  #lastId = 0;
  #ended: string | null = null;

  /** Throws where no thread can be started. */
  constructor() {
    const execArgv = ["--disable-warning=ExperimentalWarning"];
    const env = { ...process.env, ...compileCacheVariables() };
    this.#worker = new Worker(THREAD, { execArgv, env, resourceLimits: LIMITS, name: "attune-figures" });
    this.#worker.on("message", (reply: FigureReply) => this.#answer(reply));
    this.#worker.on("error", (error: unknown) => this.#end(error instanceof Error ? error.message : String(error)));
    this.#worker.on("exit", () => this.#end("the thread of figures has ended"));
    this.#worker.unref();
  }

  /** True once the thread is gone. */
  get ended(): boolean {
    return this.#ended !== null;
  }

  take(study: string, sent: SentStudy): void {
    const buffers = new Set(sent.blocks.map(({ buffer }) => buffer));
    this.#send(
      { type: "take", study, sent },
      [...buffers].filter((buffer) => buffer instanceof ArrayBuffer),
    );
  }

  learn(study: string, events: readonly LoggedEvent[]): void {
    this.#send({ type: "learn", study, events });
  }

  forget(study: string): void {
    this.#send({ type: "forget", study });
  }

  make(asked: Asked): Promise<Uint8Array<ArrayBuffer>> {
    const waiting = Promise.withResolvers<Uint8Array<ArrayBuffer>>();
    if (this.#ended !== null) waiting.reject(broken(this.#ended));
    else {
      const id = ++this.#lastId;
      this.#waiting.set(id, waiting);
      this.#worker.ref();
      this.#send({ type: "make", id, asked });
    }
    return waiting.promise;
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #send(work: FigureWork, buffers: readonly ArrayBuffer[] = []): void {
    this.#worker.postMessage(work, buffers);
  }

  #answer(reply: FigureReply): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    // A thread that nobody waits for must not keep the process alive.
    if (this.#waiting.size === 0) this.#worker.unref();
    if ("json" in reply) waiting?.resolve(reply.json);
    else waiting?.reject(new AttuneError(reply.error.code, reply.error.message, { data: reply.error.data }));
  }

  #end(cause: string): void {
    this.#ended ??= cause;
    for (const { reject } of this.#waiting.values()) reject(broken(cause));
    this.#waiting.clear();
  }
}

function broken(cause: string): AttuneError {
  return new AttuneError("internal", `The figure could not be made (${cause}); ask again.`);
}

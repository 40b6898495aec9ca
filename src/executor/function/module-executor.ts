import module from "node:module";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { Executor, Job, JobControl, JobEvents, JobResult, MemoryState } from "../executor.ts";
import { JobRelay } from "../job-relay.ts";
import { preempted, resultOfError, resultOfValue } from "./function-result.ts";
import { FLAG, type FromThread, type ToThread } from "./module-messages.ts";
import { answerQuestions } from "./module-questions.ts";
import { moduleUrl } from "./module-url.ts";
import { roomFor } from "./room-for.ts";
import { ThreadHold } from "./thread-hold.ts";

export interface ModuleExecutorOptions {
  /** Path of a module whose default export, or export `objective`, is the function; relative to the working folder. */
  readonly modulePath: string;
  /** Threads at most; default: the number of processors. */
  readonly workers?: number;
}

/** In sources this file ends in .ts and so does the thread's; once built, both end in .js. */
const THREAD = new URL(`./module-thread${import.meta.url.endsWith(".ts") ? ".ts" : ".js"}`, import.meta.url);

/**
 * Runs a module's function in worker threads, so that busy functions run at the same time. Threads are used again; one that
 * dies (`process.exit`, out of memory) ends its attempt with outcome `error` and is replaced; `kill` ends the thread.
 */
export class ModuleExecutor implements Executor {
  readonly name = "module";
  readonly #url: string;
  readonly #limit: number;
  readonly #idle: Worker[] = [];
  readonly #waiting: ((worker: Worker) => void)[] = [];
  readonly #all = new Set<Worker>();
  /** Of these, those whose function is held back in a report. */
  readonly #held = new Set<Worker>();
  readonly #closing = new AbortController();

  /** @throws AttuneError `invalid-argument` where there is no such module. */
  constructor(options: ModuleExecutorOptions) {
    this.#url = moduleUrl(options.modulePath);
    this.#limit = Math.max(1, options.workers ?? availableParallelism());
  }

  async run(job: Job, events: JobEvents, control: JobControl): Promise<JobResult> {
    const relay = new JobRelay(events, control);
    return await relay.run(async () => await this.#run(job, relay));
  }

  /** What a thread holds cannot be told from what this process does. */
  async memory(): Promise<MemoryState> {
    return { total: Number.POSITIVE_INFINITY, available: Number.POSITIVE_INFINITY, frozen: 0 };
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all([...this.#all].map((worker) => worker.terminate()));
    this.#all.clear();
  }

  async #run(job: Job, relay: JobRelay): Promise<JobResult> {
    const kill = AbortSignal.any([relay.control.kill, this.#closing.signal]);
    const stop = AbortSignal.any([relay.control.stop, kill]);
    if (stop.aborted) return preempted({});
    const worker = await this.#take();
    if (stop.aborted) {
      this.#give(worker);
      return preempted({});
    }
    const hold = new ThreadHold((held) => this.#onHold(worker, held));
    relay.begun(hold);
    const { result, usable } = await runInThread(worker, job, relay.events, hold, stop, kill);
    // The thread's last word and its end may come in one turn.
    if (usable && this.#all.has(worker)) this.#give(worker);
    else await this.#drop(worker);
    return result;
  }

  /** A thread that is held back takes no place: another may be started meanwhile. */
  #onHold(worker: Worker, held: boolean): void {
    if (held) this.#held.add(worker);
    else this.#held.delete(worker);
    if (held && this.#hasPlace) this.#waiting.shift()?.(this.#startThread());
  }

  get #hasPlace(): boolean {
    return this.#all.size - this.#held.size < this.#limit;
  }

  #take(): Promise<Worker> {
    const idle = this.#idle.pop();
    if (idle !== undefined) return Promise.resolve(idle);
    if (this.#hasPlace) return Promise.resolve(this.#startThread());
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #give(worker: Worker): void {
    const next = this.#waiting.shift();
    if (next !== undefined) next(worker);
    else if (this.#closing.signal.aborted || this.#all.size - this.#held.size > this.#limit) {
      this.#all.delete(worker);
      void worker.terminate();
    } else this.#idle.push(worker);
  }

  async #drop(worker: Worker): Promise<void> {
    this.#all.delete(worker);
    this.#held.delete(worker);
    await worker.terminate();
    if (!this.#hasPlace) return;
    const next = this.#waiting.shift();
    if (next !== undefined) next(this.#startThread());
  }

  #startThread(): Worker {
    const worker = new Worker(THREAD, { workerData: { url: this.#url, compiled: module.getCompileCacheDir() } });
    // Nobody listens between two jobs; the next job finds the thread dead by its exit.
    worker.on("error", () => this.#all.delete(worker));
    worker.on("exit", () => {
      this.#all.delete(worker);
      const at = this.#idle.indexOf(worker);
      if (at >= 0) this.#idle.splice(at, 1);
    });
    worker.unref();
    this.#all.add(worker);
    return worker;
  }
}

interface ThreadRun {
  readonly result: JobResult;
  /** False when the thread is dead or must die. */
  readonly usable: boolean;
}

async function runInThread(
  worker: Worker,
  job: Job,
  events: JobEvents,
  hold: ThreadHold,
  stop: AbortSignal,
  kill: AbortSignal,
): Promise<ThreadRun> {
  const { promise, resolve } = Promise.withResolvers<ThreadRun>();
  let last: Readonly<Record<string, number>> = {};
  const { close, ...questions } = answerQuestions((parameter) => events.ask(parameter));
  const { flags } = hold;
  const onMessage = (message: FromThread): void => {
    if (message.kind === "report") {
      last = { ...last, ...message.values };
      events.report(message.step, message.values);
      void roomFor(events).then(() => {
        Atomics.add(flags, FLAG.taken, 1);
        Atomics.notify(flags, FLAG.taken);
      });
    } else if (message.kind === "held") hold.isHeld();
    else if (message.kind === "returned") {
      const result = message.told && stop.aborted ? preempted(last) : resultOfValue(job, message.value);
      resolve({ result, usable: true });
    } else {
      resolve({ result: stop.aborted ? preempted(last) : resultOfError(message.text), usable: true });
    }
  };
  const onError = (error: unknown): void => resolve({ result: resultOfError(error), usable: false });
  const onExit = (code: number): void =>
    resolve({ result: resultOfError(`the thread ended with code ${code} before the function did`), usable: false });
  const onStop = (): void => {
    Atomics.store(flags, FLAG.stop, 1);
    hold.thaw();
    // Also where it waits for room. What it sees there may not be the number it went to sleep on.
    Atomics.add(flags, FLAG.taken, 1);
    Atomics.notify(flags, FLAG.taken);
    worker.postMessage({ kind: "stop" } satisfies ToThread);
  };
  const onKill = (): void => resolve({ result: preempted(last), usable: false });
  worker.ref();
  worker.on("message", onMessage).on("error", onError).on("exit", onExit);
  stop.addEventListener("abort", onStop, { once: true });
  kill.addEventListener("abort", onKill, { once: true });
  worker.postMessage({ kind: "run", job, flags, questions } satisfies ToThread, [questions.port]);
  try {
    return await promise;
  } finally {
    close();
    worker.off("message", onMessage).off("error", onError).off("exit", onExit);
    stop.removeEventListener("abort", onStop);
    kill.removeEventListener("abort", onKill);
    worker.unref();
  }
}

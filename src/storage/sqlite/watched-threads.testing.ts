import { syncBuiltinESMExports } from "node:module";
import workerThreads, { type Worker, type WorkerOptions } from "node:worker_threads";

const { Worker: RealWorker } = workerThreads;

/** The threads that are started until it is stopped, real ones, with what each was started by. */
export class WatchedThreads {
  readonly started: { readonly worker: Worker; readonly options: WorkerOptions }[] = [];
  /** Whether what threads say of what is kept comes through. */
  tellsKept = true;

  constructor() {
    const { started } = this;
    const isHeld = (reply: unknown): boolean =>
      !this.tellsKept && typeof reply === "object" && reply !== null && "kept" in reply;
    workerThreads.Worker = class extends RealWorker {
      constructor(name: string | URL, options: WorkerOptions = {}) {
        super(name, options);
        started.push({ worker: this, options });
      }

      override emit(name: string | symbol, ...args: readonly unknown[]): boolean {
        return isHeld(args[0]) || super.emit(name, ...args);
      }
    };
    syncBuiltinESMExports();
  }

  async stop(): Promise<void> {
    workerThreads.Worker = RealWorker;
    syncBuiltinESMExports();
    await Promise.all(this.started.map(({ worker }) => worker.terminate()));
  }
}

import { AttuneError } from "../../errors.ts";

/** Which GPUs there are to hand out, and how. */
export interface GpuPlan {
  /** As `CUDA_VISIBLE_DEVICES` names them: numbers or identifiers. */
  readonly gpus: readonly string[];
  /** Trials that may run on one GPU at a time, from 1 up. */
  readonly trialsPerGpu: number;
  /** GPUs that each trial gets, from 1 up. */
  readonly gpusPerTrial: number;
}

/** GPUs handed to one trial, until they are given back. */
export interface GpuLease {
  readonly gpus: readonly string[];
  readonly release: () => void;
}

interface Waiter {
  readonly resolve: (lease: GpuLease | null) => void;
}

/** Hands GPUs out to trials, the least used ones first; who comes when none is free waits its turn. */
export class GpuSlots {
  readonly plan: GpuPlan;
  /** Trials running on each GPU. */
  readonly #used: Map<string, number>;
  readonly #waiting: Waiter[] = [];

  /** @throws AttuneError `invalid-argument` when a trial wants more GPUs than there are, or one is named twice. */
  constructor(plan: GpuPlan) {
    const { gpus, gpusPerTrial } = plan;
    const twice = gpus.find((gpu, place) => gpus.indexOf(gpu) !== place);
    if (twice !== undefined) throw new AttuneError("invalid-argument", `GPU ${twice} is given twice; name each once.`);
    if (gpusPerTrial > gpus.length) {
      const there = `${gpus.length} ${gpus.length === 1 ? "is" : "are"} given (${gpus.join(", ")})`;
      const message = `Each trial is to get ${gpusPerTrial} GPUs, but ${there}; name more.`;
      throw new AttuneError("invalid-argument", message);
    }
    this.plan = plan;
    this.#used = new Map(gpus.map((gpu) => [gpu, 0]));
  }

  /** Trials that can run at a time. */
  get capacity(): number {
    const { gpus, trialsPerGpu, gpusPerTrial } = this.plan;
    return Math.floor((gpus.length * trialsPerGpu) / gpusPerTrial);
  }

  /** Waits until GPUs are free; null when `signal` is aborted before. */
  async take(signal: AbortSignal): Promise<GpuLease | null> {
    if (signal.aborted) return null;
    // While others wait nothing is free: each lease that ends is handed on until that is so.
    const lease = this.#lease();
    if (lease !== null) return lease;
    const { promise, resolve } = Promise.withResolvers<GpuLease | null>();
    const waiter = { resolve };
    this.#waiting.push(waiter);
    const give = (): void => {
      const at = this.#waiting.indexOf(waiter);
      if (at >= 0) this.#waiting.splice(at, 1);
      resolve(null);
    };
    signal.addEventListener("abort", give, { once: true });
    return await promise.finally(() => signal.removeEventListener("abort", give));
  }

  #lease(): GpuLease | null {
    const { trialsPerGpu, gpusPerTrial } = this.plan;
    const free = [...this.#used].filter(([, used]) => used < trialsPerGpu).sort(([, a], [, b]) => a - b);
    if (free.length < gpusPerTrial) return null;
    const gpus = free.slice(0, gpusPerTrial).map(([gpu]) => gpu);
    for (const gpu of gpus) this.#used.set(gpu, this.#used.get(gpu)! + 1);
    let held = true;
    const release = (): void => {
      if (!held) return;
      held = false;
      for (const gpu of gpus) this.#used.set(gpu, this.#used.get(gpu)! - 1);
      this.#serve();
    };
    return { gpus, release };
  }

  #serve(): void {
    while (this.#waiting.length > 0) {
      const lease = this.#lease();
      if (lease === null) return;
      this.#waiting.shift()!.resolve(lease);
    }
  }
}

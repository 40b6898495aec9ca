import type { ParzenKernel } from "./parzen-kernel.ts";

/** Numbers in a kernel's memory, as many as they are grown to. */
export class KernelArray {
  readonly #kernel: ParzenKernel;
  #pointer = 0;
  #length = 0;
  #view: Float64Array;

  constructor(kernel: ParzenKernel) {
    this.#kernel = kernel;
    this.#view = kernel.floats(0, 0);
  }

  get length(): number {
    return this.#length;
  }

  /** Where the kernel finds them, until they grow. */
  get pointer(): number {
    return this.#pointer;
  }

  /** The numbers; to be asked for again after anything was given out of the kernel's memory. */
  get view(): Float64Array {
    const kernel = this.#kernel;
    if (this.#view.buffer !== kernel.buffer) this.#view = kernel.floats(this.#pointer, this.#length);
    return this.#view;
  }

  /** Makes room for `length` numbers; those beyond the old ones are 0. */
  grow(length: number): void {
    const pointer = this.#kernel.alloc(8 * length);
    const larger = this.#kernel.floats(pointer, length);
    larger.set(this.view);
    this.#pointer = pointer;
    this.#length = length;
    this.#view = larger;
  }
}

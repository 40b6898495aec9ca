import { KERNEL_WASM } from "./kernel-wasm.ts";

/** Functions of the compiled kernel; pointers are bytes, see kernel/kernel.as. */
interface KernelExports {
  readonly memory: WebAssembly.Memory;
  exp(x: number): number;
  log(x: number): number;
  cholesky(a: number, from: number, n: number, ld: number): number;
  solveLower(l: number, n: number, ld: number, b: number, m: number, ldb: number): void;
  solveUpper(l: number, n: number, ld: number, b: number, m: number, ldb: number): void;
  subtractInverse(l: number, n: number, ld: number, v: number, c: number): void;
  covariance(
    xa: number,
    lda: number,
    i0: number,
    i1: number,
    xb: number,
    ldb: number,
    columns: number,
    numeric: number,
    nominal: number,
    weights: number,
    scale: number,
    k: number,
    slope: number,
    ld: number,
    lower: number,
  ): void;
  featureSums(
    x: number,
    ldx: number,
    n: number,
    numeric: number,
    nominal: number,
    c: number,
    h: number,
    ld: number,
    row: number,
    out: number,
  ): void;
  outer(a: number, n: number, c: number, ld: number): void;
  dot(a: number, b: number, n: number): number;
  dots(a: number, lda: number, m: number, b: number, ldb: number, q: number, n: number, out: number, ldo: number): void;
  squares(a: number, lda: number, m: number, n: number, out: number): void;
  pull(x: number, ldx: number, n: number, numeric: number, point: number, w: number, h: number, out: number): void;
}

const PAGE = 65536;
/** Room that reads past the end of a row may touch. */
const SLACK = 64;

let compiled: WebAssembly.Module | null = null;

function kernelModule(): WebAssembly.Module {
  compiled ??= new WebAssembly.Module(Uint8Array.from(atob(KERNEL_WASM), (c) => c.charCodeAt(0)));
  return compiled;
}

/**
 * One instance of the SIMD kernel with a memory of its own, given out as a stack: `mark`, `alloc`, `release`. Equal bits on every
 * machine and Node version.
 */
export class DenseKernel {
  readonly run: KernelExports;
  #top: number;

  constructor() {
    this.run = new WebAssembly.Instance(kernelModule()).exports as unknown as KernelExports;
    this.#top = PAGE;
  }

  /** The smallest even length that holds `n` numbers: the leading dimension of a matrix with n columns. */
  static stride(n: number): number {
    return n + (n & 1);
  }

  mark(): number {
    return this.#top;
  }

  /** Gives back all that was given out since the mark. */
  release(mark: number): void {
    this.#top = mark;
  }

  /** Room for `count` numbers, all 0; a byte pointer. Makes earlier `view`s unusable. */
  alloc(count: number): number {
    const pointer = this.#top;
    this.#top += 16 * Math.ceil(count / 2);
    const { memory } = this.run;
    const missing = this.#top + SLACK - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.max(Math.ceil(missing / PAGE), memory.buffer.byteLength / PAGE));
    new Uint8Array(memory.buffer, pointer, this.#top - pointer).fill(0);
    return pointer;
  }

  /** The numbers at a pointer, to be used before the next `alloc`. */
  view(pointer: number, count: number): Float64Array {
    return new Float64Array(this.run.memory.buffer, pointer, count);
  }

  /** `alloc` filled with numbers. */
  put(numbers: ArrayLike<number>): number {
    const pointer = this.alloc(numbers.length);
    this.view(pointer, numbers.length).set(numbers);
    return pointer;
  }
}

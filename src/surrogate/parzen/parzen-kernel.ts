import { PARZEN_WASM } from "./parzen-wasm.ts";

/** Functions of the compiled kernel; pointers are bytes, see kernel/parzen.as. */
interface KernelExports {
  readonly memory: WebAssembly.Memory;
  exp(x: number): number;
  expTwo(pair: number): void;
  ln(x: number): number;
  normalMass(a: number, b: number): number;
  truncatedNormal(u: number, mean: number, inverse: number): number;
  fitAll(
    axes: number,
    width: number,
    values: number,
    gaps: number,
    inverse: number,
    norms: number,
    bases: number,
    slots: number,
    floor: number,
  ): void;
  fitSome(
    axes: number,
    width: number,
    values: number,
    gaps: number,
    inverse: number,
    norms: number,
    bases: number,
    places: number,
    kinds: number,
    count: number,
    floor: number,
  ): void;
  addKernels(
    axes: number,
    width: number,
    values: number,
    inverse: number,
    bases: number,
    order: number,
    members: number,
    chances: number,
    points: number,
    lower: number,
    upper: number,
    stride: number,
    top: number,
    sum: number,
    floor: number,
    memo: number,
    mask: number,
  ): number;
}

const PAGE = 65536;
/** Bytes at the start that are given to nobody. */
const HEAD = 1024;

let compiled: WebAssembly.Module | null = null;

function kernelModule(): WebAssembly.Module {
  compiled ??= new WebAssembly.Module(Uint8Array.from(atob(PARZEN_WASM), (c) => c.charCodeAt(0)));
  return compiled;
}

/**
 * An instance of the SIMD kernel of densities, with a memory that the tables of several densities share. What is given out is
 * never taken back: a table that grows leaves its old place.
 */
export class ParzenKernel {
  readonly run: KernelExports;
  #top = HEAD;
  #buffer: ArrayBuffer;
  #scratch = { pointer: 0, bytes: 0 };

  constructor() {
    this.run = new WebAssembly.Instance(kernelModule()).exports as unknown as KernelExports;
    this.#buffer = this.run.memory.buffer as ArrayBuffer;
  }

  /** The memory as it is now; another one after the next `alloc` or `scratch`. */
  get buffer(): ArrayBuffer {
    return this.#buffer;
  }

  /** Room for that many bytes, all 0; a byte pointer. */
  alloc(bytes: number): number {
    const pointer = this.#top;
    this.#top += 16 * Math.ceil(bytes / 16);
    const missing = this.#top - this.#buffer.byteLength;
    if (missing > 0) {
      const { memory } = this.run;
      memory.grow(Math.max(Math.ceil(missing / PAGE), this.#buffer.byteLength / PAGE / 2));
      this.#buffer = memory.buffer as ArrayBuffer;
    }
    return pointer;
  }

  /** Room for one calculation, whatever was in it before; the next call gives out the same. */
  scratch(bytes: number): number {
    if (bytes > this.#scratch.bytes) {
      const larger = Math.max(4096, 2 * bytes);
      this.#scratch = { pointer: this.alloc(larger), bytes: larger };
    }
    return this.#scratch.pointer;
  }

  floats(pointer: number, count: number): Float64Array {
    return new Float64Array(this.#buffer, pointer, count);
  }

  ints(pointer: number, count: number): Int32Array {
    return new Int32Array(this.#buffer, pointer, count);
  }
}

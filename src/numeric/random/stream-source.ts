/** A deterministic stream of random numbers; equal bits on every Node version and in browsers. */
export interface RandomStream {
  /** Next 32 bits as a whole number in [0, 2^32). */
  uint32(): number;
  /** Uniform in [0, 1), 53 bits. */
  float(): number;
  /** Uniform whole number in [0, n), without modulo bias; n in [1, 2^32]. */
  int(n: number): number;
  /** Standard normal. */
  normal(): number;
}

/** Independent streams by key: the same key gives the same stream, however many others were drawn before. */
export interface StreamSource {
  stream(key: string): RandomStream;
}

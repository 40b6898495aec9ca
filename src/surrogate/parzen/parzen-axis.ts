/** One axis of a density: all of [0, 1], cells that share [0, 1], or choices without order. */
export type ParzenAxis =
  | { readonly type: "continuous" }
  | { readonly type: "cells" }
  | { readonly type: "choice"; readonly size: number };

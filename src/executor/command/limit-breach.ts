/** A limit that an attempt went over. `allowed` is in seconds, of memory in bytes as `used` is. */
export type LimitBreach =
  | { readonly limit: "time" | "idle"; readonly allowed: number }
  | { readonly limit: "memory"; readonly allowed: number; readonly used: number };

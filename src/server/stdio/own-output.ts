import type { Writable } from "node:stream";

/**
 * Standard output for one writer alone: whatever else this process would print there goes to standard error from now on, be it by
 * `console.log`, a thread or a library.
 */
export function ownOutput(): Writable {
  const output = process.stdout;
  Object.defineProperty(process, "stdout", { get: () => process.stderr, configurable: true });
  const elsewhere = globalThis.console;
  for (const method of ["log", "info", "debug", "table", "dir"] as const)
    elsewhere[method] = (...words: readonly unknown[]) => elsewhere.error(...words);
  return output;
}

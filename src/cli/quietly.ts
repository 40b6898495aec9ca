import type { CliContext } from "./context.ts";

/** The context as a command with `--quiet` uses it: its remarks are dropped, its result and its errors are not. */
export function quietly(context: CliContext, options: { readonly quiet?: boolean }): CliContext {
  if (options.quiet !== true) return context;
  return { ...context, output: { ...context.output, err: () => undefined } };
}

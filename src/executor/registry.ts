import type { CommandExecutorOptions } from "./command/command-executor.ts";
import type { Executor } from "./executor.ts";
import type { FunctionExecutorOptions } from "./function/function-executor.ts";
import type { ModuleExecutorOptions } from "./function/module-executor.ts";

/** Options of each executor, by its name. */
export interface ExecutorOptions {
  readonly function: FunctionExecutorOptions;
  readonly module: ModuleExecutorOptions;
  readonly command: CommandExecutorOptions;
}

export type ExecutorName = keyof ExecutorOptions;

const EXECUTORS: { readonly [N in ExecutorName]: (options: ExecutorOptions[N]) => Promise<Executor> } = {
  function: async (options) => new (await import("./function/function-executor.ts")).FunctionExecutor(options),
  module: async (options) => new (await import("./function/module-executor.ts")).ModuleExecutor(options),
  command: async (options) => new (await import("./command/command-executor.ts")).CommandExecutor(options),
};

export const EXECUTOR_NAMES = Object.keys(EXECUTORS) as readonly ExecutorName[];

/** Makes the executor of that name, loading its code only now. */
export function createExecutor<N extends ExecutorName>(name: N, options: ExecutorOptions[N]): Promise<Executor> {
  return EXECUTORS[name](options);
}

/** Text of the module that holds the compiled kernel. */
export function compileKernel(): Promise<string>;

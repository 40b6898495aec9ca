export interface KernelFiles {
  readonly source: string;
  readonly target: string;
  readonly name: string;
}
export const KERNELS: { readonly dense: KernelFiles; readonly parzen: KernelFiles };
export function compileKernel(kernel: KernelFiles): Promise<string>;

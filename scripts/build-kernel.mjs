// Compiles src/numeric/linalg/kernel/kernel.as into src/numeric/linalg/kernel-wasm.ts: node scripts/build-kernel.mjs
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

const SOURCE = new URL("../src/numeric/linalg/kernel/kernel.as", import.meta.url);
const TARGET = new URL("../src/numeric/linalg/kernel-wasm.ts", import.meta.url);

/** Text of the module that holds the compiled kernel. */
export async function compileKernel() {
  let binary = null;
  const { error, stderr } = await asc.main(
    ["kernel.ts", "--outFile", "kernel.wasm", "-O3", "--noAssert", "--runtime", "stub", "--enable", "simd"],
    {
      readFile: (name) => (name === "kernel.ts" ? readFileSync(SOURCE, "utf8") : null),
      writeFile: (name, contents) => {
        if (name === "kernel.wasm") binary = contents;
      },
      listFiles: () => [],
    },
  );
  if (error || binary === null) throw new Error(`the kernel does not compile: ${stderr.toString()}`, { cause: error });
  const base64 = Buffer.from(binary).toString("base64");
  return `// Made by scripts/build-kernel.mjs from kernel/kernel.as.
/** The compiled kernel, base64. */
export const KERNEL_WASM =
  "${base64}";
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(TARGET, await compileKernel());

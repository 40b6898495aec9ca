// Compiles the WebAssembly kernels in src/ into the modules beside them: node scripts/build-kernel.mjs
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

/** Sources with what they are compiled into. */
export const KERNELS = {
  dense: { source: "numeric/linalg/kernel/kernel.as", target: "numeric/linalg/kernel-wasm.ts", name: "KERNEL_WASM" },
  parzen: {
    source: "surrogate/parzen/kernel/parzen.as",
    target: "surrogate/parzen/parzen-wasm.ts",
    name: "PARZEN_WASM",
  },
};

const pathOf = (file) => new URL(`../src/${file}`, import.meta.url);

/** Text of the module that holds a compiled kernel. */
export async function compileKernel({ source, name }) {
  let binary = null;
  const { error, stderr } = await asc.main(
    ["kernel.ts", "--outFile", "kernel.wasm", "-O3", "--noAssert", "--runtime", "stub", "--enable", "simd"],
    {
      readFile: (file) => (file === "kernel.ts" ? readFileSync(pathOf(source), "utf8") : null),
      writeFile: (file, contents) => {
        if (file === "kernel.wasm") binary = contents;
      },
      listFiles: () => [],
    },
  );
  if (error || binary === null) throw new Error(`the kernel does not compile: ${stderr.toString()}`, { cause: error });
  const base64 = Buffer.from(binary).toString("base64");
  const shown = source.split("/").slice(-2).join("/");
  return `// Made by scripts/build-kernel.mjs from ${shown}.
/** The compiled kernel, base64. */
export const ${name} =
  "${base64}";
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const kernel of Object.values(KERNELS)) writeFileSync(pathOf(kernel.target), await compileKernel(kernel));

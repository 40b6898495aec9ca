import { AttuneError } from "../errors.ts";

const OLDEST = 24;

requireNode();

/** Browsers have no such version. */
function requireNode(): void {
  const version: string | undefined = (globalThis as { readonly process?: Partial<NodeJS.Process> }).process?.versions
    ?.node;
  if (version === undefined || Number.parseInt(version, 10) >= OLDEST) return;
  const way = 'run your program with "npx -p node@24 node ...", or install Node 24 (for example "nvm install 24").';
  const error = new AttuneError(
    "unsupported",
    `attune needs Node ${OLDEST} or later and this is Node ${version}; ${way}`,
  );
  // Where in Attune it was noticed helps nobody.
  error.stack = `${error.name}: ${error.message}`;
  throw error;
}

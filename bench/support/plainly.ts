import { AttuneError } from "../../src/errors.ts";

/** Runs a script. What its user caused is a line on standard error and exit code 2; any other error keeps its stack. */
export async function plainly(script: () => void | Promise<void>): Promise<void> {
  try {
    await script();
  } catch (error) {
    if (!isUsers(error)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  }
}

function isUsers(error: unknown): error is Error {
  if (error instanceof AttuneError) return true;
  return error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS_");
}

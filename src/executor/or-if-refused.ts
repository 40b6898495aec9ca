/** Gone, or never there; a part of its path is no folder. */
const GONE = ["ENOENT", "ENOTDIR"];

/**
 * What `act` answers, or what `fallback` makes of the system's code where the system refused it with one of `codes` (default: with any). All
 * else is a fault of ours, and thrown on.
 */
export function orIfRefused<T>(act: () => T, fallback: (code: string) => T, codes?: readonly string[]): T {
  try {
    return act();
  } catch (error) {
    return fallback(codeOf(error, codes));
  }
}

/** The same of what is under way. */
export async function orIfRefusedLater<T>(act: Promise<T>, fallback: (code: string) => T): Promise<T> {
  try {
    return await act;
  } catch (error) {
    return fallback(codeOf(error));
  }
}

/** What `read` answers, or `fallback` where the file or folder is gone, or was none. */
export function orIfGone<T>(read: () => T, fallback: T): T {
  return orIfRefused(read, () => fallback, GONE);
}

function codeOf(error: unknown, codes?: readonly string[]): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : null;
  if (code === null || codes?.includes(code) === false) throw error;
  return code;
}

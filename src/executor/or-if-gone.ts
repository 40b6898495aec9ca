/** What `read` answers, or `fallback` where the file or folder is gone, or was none. */
export function orIfGone<T>(read: () => T, fallback: T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR"))
      return fallback;
    throw error;
  }
}

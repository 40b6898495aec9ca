type Write = (line: string) => void;

/** Warnings of Node about itself: nothing that a user could mend. */
const OF_NODE: ReadonlySet<string> = new Set(["ExperimentalWarning", "DeprecationWarning"]);

const writers: Write[] = [];

/**
 * Shows the process's warnings (a storage that waits for a lock, a thread that died) as lines of the command line, through the
 * newest writer, until the answer is called.
 */
export function showNotices(write: Write): () => void {
  if (writers.length === 0) {
    process.removeAllListeners("warning");
    process.on("warning", ({ name, message }) => {
      if (!OF_NODE.has(name)) writers.at(-1)?.(message);
    });
  }
  writers.push(write);
  return () => {
    writers.splice(writers.indexOf(write), 1);
  };
}

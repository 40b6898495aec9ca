/** Who wants to know; one listener for all, since Node warns of many. */
const acts = new Set<() => void>();

function tell(): void {
  for (const act of acts) act();
}

/** Calls back each time this process goes on after it was stopped (SIGCONT), until the answer is called. */
export function onContinue(act: () => void): () => void {
  if (process.platform === "win32") return () => undefined;
  if (acts.size === 0) process.on("SIGCONT", tell);
  acts.add(act);
  return () => {
    if (acts.delete(act) && acts.size === 0) process.off("SIGCONT", tell);
  };
}

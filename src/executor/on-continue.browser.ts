/** A page gets no signals. */
export function onContinue(_act: () => void): () => void {
  return () => undefined;
}

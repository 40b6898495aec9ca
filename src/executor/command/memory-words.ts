/** What programs print when an allocation was refused to them; on the processor or on a GPU. */
const WORDS: readonly RegExp[] = [
  /\b(?:torch\.(?:cuda\.)?)?OutOfMemoryError\b[^\n]{0,160}/,
  /\bCUDA out of memory\b[^\n]{0,120}/,
  /\bCUDA_ERROR_OUT_OF_MEMORY\b|\bcudaErrorMemoryAllocation\b/,
  /\bRESOURCE_EXHAUSTED: Out of memory\b[^\n]{0,120}/,
  /\bResourceExhaustedError\b[^\n]{0,120}/,
  /^(?:numpy[.\w]*\.)?(?:_ArrayMemoryError|MemoryError)\b[^\n]{0,160}/m,
  /\bstd::bad_alloc\b/,
  /\bJavaScript heap out of memory\b/,
  /\bjava\.lang\.OutOfMemoryError\b[^\n]{0,120}/,
  /\bcannot allocate (?:vector of size|memory)\b[^\n]{0,80}/i,
  /\bOutOfMemoryError\(\)/,
];

/** The words in the last lines of an output that tell of memory that was refused, or null. */
export function memoryWords(tail: string): string | null {
  for (const words of WORDS) {
    const found = words.exec(tail);
    if (found !== null) return found[0].trim();
  }
  return null;
}

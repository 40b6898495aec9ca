/** True when a word of the command line names a study file by its ending. */
export function isStudyFileName(word: string): boolean {
  return /\.(ya?ml|json)$/i.test(word);
}

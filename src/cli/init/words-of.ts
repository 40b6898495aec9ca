/** The words of a name in small letters: `maxDepth`, `max-depth` and `--MAX_DEPTH` are `max`, `depth`. */
export function wordsOf(name: string): readonly string[] {
  const spaced = name.replace(/^-+/, "").replace(/([a-z])([A-Z])/g, "$1 $2");
  return spaced
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
}

/** A place in a text: what it names, and what the user wrote there. */
export interface FoundPlace {
  readonly name: string;
  readonly source: string;
}

const USE = /\$\{([\p{L}\p{N}_][\p{L}\p{N}_.-]*)\}/uy;
const FILE = /\$\{file:([^{}]+)\}/uy;

/** The `${name}` that begins at `at`, or null. */
export function matchUse(text: string, at: number): FoundPlace | null {
  return matchAt(USE, text, at);
}

/** The `${file:NAME}` that begins at `at`, of one of these files; any other belongs to the shell or the program. */
export function matchFilePlace(text: string, at: number, files: ReadonlySet<string>): FoundPlace | null {
  const found = matchAt(FILE, text, at);
  return found !== null && files.has(found.name) ? found : null;
}

function matchAt(pattern: RegExp, text: string, at: number): FoundPlace | null {
  if (text[at] !== "$") return null;
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  return match === null ? null : { name: match[1]!, source: match[0] };
}

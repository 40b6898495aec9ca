/** A string that never ends is taken to the end of the text: to look for its end from every quote takes the square of its length. */
const STRING_OR_WORD = /"(?:[^"\\]|\\[\s\S])*"?|-?\b(?:NaN|Infinity)\b/g;

/** JSON as programs write it: Python's `NaN` and `Infinity` become those words in quotes. Undefined for anything else. */
export function parseJson(text: string): unknown {
  return parse(text) ?? parse(text.replace(STRING_OR_WORD, (part) => (part.startsWith('"') ? part : `"${part}"`)));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** A text that may stand in a comment: one line. */
export function commentText(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f\u0085\u2028\u2029]+/g, " ");
}

/** A name as a key of a mapping. */
export function yamlKey(name: string): string {
  return /^[A-Za-z_]/.test(name) && !/^(?:y|n|on|off|yes|no|true|false|null)$/i.test(name)
    ? name
    : JSON.stringify(name);
}

/** A text as a value, in quotes where it would be read as something else. */
export function yamlText(text: string): string {
  return /^[A-Za-z0-9./_-][A-Za-z0-9./_ -]*$/.test(text) && !/^[\d.-]|^(?:true|false|null|yes|no|on|off|~)$/i.test(text)
    ? text
    : JSON.stringify(text);
}

/** At most `most` characters. */
export function shortened(text: string, most = 100): string {
  return text.length <= most ? text : `${text.slice(0, most - 3).trimEnd()}...`;
}

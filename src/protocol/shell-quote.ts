const SAFE = /^[A-Za-z0-9_.,:=+@%/-]+$/;
/** As a first word these would be a keyword or an assignment. */
const NEEDS_QUOTES_FIRST =
  /=|^(?:case|coproc|do|done|elif|else|esac|fi|for|function|if|in|select|then|time|until|while)$/;

/**
 * One word of a POSIX shell that the shell reads back as exactly `text`.
 *
 * @example
 * quoteWord("it's"); // `'it'\''s'`
 */
export function quoteWord(text: string): string {
  return SAFE.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** A line ready to paste into a POSIX shell that runs exactly this list. */
export function quoteCommand(argv: readonly string[]): string {
  const first = argv[0] ?? "";
  const head = NEEDS_QUOTES_FIRST.test(first) ? `'${first.replaceAll("'", "'\\''")}'` : quoteWord(first);
  return [head, ...argv.slice(1).map(quoteWord)].join(" ");
}

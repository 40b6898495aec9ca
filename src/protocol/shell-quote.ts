import { HIDDEN, hasHidden } from "./hidden-characters.ts";

const HIDDEN_RUN = new RegExp(`(${HIDDEN.source}+)`);
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
  return SAFE.test(text) ? text : inQuotes(text);
}

/** What a terminal would obey is left to `printf`, so that the line can be looked at and pasted. */
function inQuotes(text: string): string {
  if (!hasHidden(text)) return `'${text.replaceAll("'", "'\\''")}'`;
  return text
    .split(HIDDEN_RUN)
    .map((part, place) => (place % 2 === 1 ? `"$(printf '${octal(part)}')"` : part === "" ? "" : inQuotes(part)))
    .join("");
}

function octal(text: string): string {
  return [...new TextEncoder().encode(text)].map((byte) => `\\${byte.toString(8).padStart(3, "0")}`).join("");
}

/** A line ready to paste into a POSIX shell that runs exactly this list. */
export function quoteCommand(argv: readonly string[]): string {
  const first = argv[0] ?? "";
  const head = NEEDS_QUOTES_FIRST.test(first) ? inQuotes(first) : quoteWord(first);
  return [head, ...argv.slice(1).map(quoteWord)].join(" ");
}

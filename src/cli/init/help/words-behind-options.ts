/**
 * How many of a program's words stand behind its options: where its usage line puts `[options]` before its operands, those of the
 * user stay behind (many C programs stop at the first operand). Words that the usage line repeats (a subcommand) stay before.
 */
export function wordsBehindOptions(help: string, words: readonly string[]): number {
  const usage = /^[^\S\r\n]*usage:?\s*(.+)$/im.exec(help)?.[1];
  if (usage === undefined) return 0;
  const [, ...parts] = usage.trim().split(/\s+/);
  let matched = 0;
  while (matched < words.length && parts[matched] === words[matched]) matched++;
  const [options = "", ...operands] = parts.slice(matched);
  const isOptions = /^[[<(]?-?-?(?:options?|opts?|flags?|switches)[\])>]?(?:\.\.\.|…)?\]?$/i.test(options);
  const hasOperands = operands.some((part) => !part.startsWith("-") && !/^\[?-/.test(part));
  return isOptions && hasOperands ? words.length - matched : 0;
}

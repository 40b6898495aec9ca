/** Flags that print more than `--help` does, where the help itself names them. */
const MORE =
  /(?:^|[\s,[|])(--(?:full-?help|hhelp|help-?full|long-?help|help-?long|help-?all|all-?help|help-?extended|extended-?help|help-?advanced|help-?verb|verbose-?help|help-?hidden|help-?more))(?=[\s,\]|:=]|$)/m;

/** What to ask a program for to see the options that its short help leaves out; null when it names no such thing. */
export function fullerHelp(text: string): string | null {
  const flag = MORE.exec(text)?.[1];
  if (flag !== undefined) return flag;
  // HMMER: `To see more help on other available options, do:` and a line below `hmmbuild -h`.
  const told =
    /\b(?:more|full|all|other|complete)\b[^.\n]*\b(?:help|options)\b[^.\n]*:?\s*\n?\s*[`'"]?[\w./-]+ (--?h(?:elp)?)[`'"]?\.?\s*$/m.exec(
      text,
    );
  if (told !== null) return told[1]!;
  // clasp: `--help[=<n>],-h : Print {1=basic|2=more|3=full} help and exit`.
  const level = /--help\[?=[^\n]*?\{[^}\n]*?(\d+)=(?:full|all)[^}\n]*\}/.exec(text)?.[1];
  return level === undefined ? null : `--help=${level}`;
}

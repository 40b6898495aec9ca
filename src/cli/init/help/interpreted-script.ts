import { headOf, isFile } from "../python/find-executable.ts";

const INTERPRETERS =
  /(?:^|\/)(?:(?:ba|da|k|z|fi)?sh|node|nodejs|deno|bun|tsx|ts-node|Rscript|R|perl|ruby|php|lua|julia|octave|guile|racket|tclsh|groovy|elixir|awk|gawk)[\d.]*$/;
/** Starters that must not be run without what they start. */
const STARTERS =
  /(?:^|\/)(?:java|mono|dotnet|env|sudo|docker|podman|make|cmake|cargo|npm|npx|uv|poetry|conda|mpirun|srun|time)$/;
/** What a script that looks at its options mentions. */
const SIGNS =
  /--help|\busage\b|getopt|optparse|argparse|ArgParse|docopt|commander|yargs|minimist|parseArgs|\bcac\b|\bmeow\b|oclif|commandArgs|GetOptions|Getopt|OptionParser|pod2usage|\$@|\$\*|\bARGV\b|\bARGS\b|\bargv\b|arguments\(\)/i;

/** Whether a program only runs what its words name: it is never asked, or run, without them. */
export function isInterpreter(name: string): boolean {
  return INTERPRETERS.test(name) || STARTERS.test(name);
}

/** The script of an interpreter that shows no sign of looking at its options, and would begin its work; null when it does, or is no script. */
export async function scriptWithoutOptions(program: readonly string[]): Promise<string | null> {
  const [name = "", ...words] = program;
  if (!INTERPRETERS.test(name)) return null;
  for (const word of words) {
    if (word.startsWith("-")) {
      if (/^-[ce]$/.test(word)) return null;
      continue;
    }
    if (!(await isFile(word))) continue;
    return SIGNS.test(await headOf(word, 1_000_000)) ? null : word;
  }
  return null;
}

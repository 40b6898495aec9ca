import { expect, it } from "vitest";
import { readHelp } from "./read-help.ts";

const HELP = `--evalue (-e)     maximum e-value to report (default=0.001)
--hits (-k)       maximum number of hits (default=25)
--block (-b)      block size in letters (default=2.0)
--min-score       minimum score to report
--masking         masking algorithm (none, seg, tantan=default)
--strand          strands to search (both/minus/plus)
--stats           statistics mode (0-4)
--unal            report unaligned (0=no, 1=yes)
--gapopen         gap open penalty
--tmpdir (-t)     directory for temporary files
--matrix          score matrix (default=BLOSUM62)
--id              minimum identity% to report
--titles          include full titles in the file
--no-unlink       no removal of the file
--fast            enable fast mode
`;

it("tells values from flags where a program names no value", () => {
  expect(readHelp(HELP).map(({ flag, kind, default: value }) => [flag, kind, value])).toEqual([
    ["--evalue", "float", 0.001],
    ["--hits", "int", 25],
    ["--block", "float", 2],
    ["--min-score", "int", null],
    ["--masking", "choice", "tantan"],
    ["--strand", "choice", null],
    ["--stats", "int", null],
    ["--unal", "int", null],
    ["--gapopen", "text", null],
    ["--tmpdir", "text", null],
    ["--matrix", "text", "BLOSUM62"],
    ["--id", "float", null],
    ["--titles", "boolean", false],
    ["--no-unlink", "boolean", false],
    ["--fast", "boolean", false],
  ]);
});

it("takes the same words for flags where values have names", () => {
  const [option] = readHelp("  --min-size      minimum size only\n  --n N   count (default=3)\n");
  expect(option).toMatchObject({ flag: "--min-size", kind: "boolean" });
});

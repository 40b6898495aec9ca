/** What programs say between their lines. */
const SAID = [
  "Saved checkpoint to best.pt",
  "",
  "Fold 2",
  "a word of the program",
  "Validation results:",
  "-".repeat(20),
];

type Disturbance = (
  lines: readonly string[],
  names: readonly string[],
) => readonly [lines: readonly string[], names: readonly string[]];

/** What an output may be like besides, and how names may be asked for. */
export const DISTURBANCES: Readonly<Record<string, Disturbance>> = {
  "without every third line": (lines, names) => [lines.filter((_, n) => n % 3 !== 1), names],
  "lines the other way round": (lines, names) => [lines.toReversed(), names],
  "blanks doubled, and some lines empty": (lines, names) => [
    lines.flatMap((line, n) => [line.replaceAll(" ", "  "), ...(n % 4 === 3 ? [""] : [])]),
    names,
  ],
  "numbers with commas": (lines, names) => [lines.map((line) => line.replace(/(\d)\.(\d)/g, "$1,$2")), names],
  "whole numbers, and words between lines": (lines, names) => [
    lines.flatMap((line, n) => [
      n % 3 === 0 ? line.replace(/(\d)\.\d+/g, "$1") : line,
      ...(n % 5 === 4 ? [SAID[n % SAID.length]!] : []),
    ]),
    names,
  ],
  "some lines twice, some indented, some cut": (lines, names) => [
    lines.flatMap((line, n) => {
      if (n % 4 === 0) return [line, line];
      return [n % 4 === 1 ? `  ${line}` : n % 4 === 2 ? line.slice(0, Math.ceil(line.length / 2)) : line];
    }),
    names,
  ],
  "signs of equality for colons, and rates for numbers": (lines, names) => [
    lines.map((line, n) => (n % 2 === 0 ? line.replaceAll(": ", "=") : line.replace(/(\.\d+)(?=\s|$)/, "$1%"))),
    names,
  ],
  "names spelled otherwise": (lines, names) => [
    lines,
    names.map((name) => (/[_ -]/.test(name) ? name.replace(/[_ -]/g, "_").toUpperCase() : `val_${name}`)),
  ],
};

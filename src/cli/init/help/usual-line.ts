/** A line of a library with a form of its own: how it begins, and the same in the usual form. */
const FORMS: readonly (readonly [RegExp, string])[] = [
  // Boost: `-l [ --learning_rate ] arg (=0.5)  text`.
  [/^(\s*)(-\w) \[ (--[\w-]+) \]/, "$1$2, $3"],
  [/^(\s*-[\w-]+(?:, --[\w-]+)?) arg \(=([^()]*)\)(.*)$/, "$1 ARG  $3 (default: $2)"],
  [/^(\s*-[\w-]+(?:, --[\w-]+)?) arg(?=\s|$)/, "$1 ARG"],
  // Boost, of a value that may be left out: `--steps [=arg(=3)] (=10)  text`; without a value it is 3, without the option 10.
  [/^(\s*-[\w-]+(?:, --[\w-]+)?) \[=arg\(=[^()]*\)\] \(=([^()]*)\)(.*)$/, "$1=ARG  $3 (default: $2)"],
  [/^(\s*-[\w-]+(?:, --[\w-]+)?) \[=arg\(=-?\d+\)\](?=\s|$)/, "$1=NUM"],
  [/^(\s*-[\w-]+(?:, --[\w-]+)?) \[=arg\(=-?\d*\.\d+\)\](?=\s|$)/, "$1=FLOAT"],
  [/^(\s*-[\w-]+(?:, --[\w-]+)?) \[=arg(?:\(=[^()]*\))?\](?=\s|$)/, "$1=ARG"],
  // cmdline.h: `-q, --quality  text (int [=15])`.
  [/^(\s*-[\w-]+(?:, --[\w-]+)?)\s+(\S.*) \((\w[\w ]*) \[=\]\)\s*$/, "$1 <$3>  $2"],
  [/^(\s*-[\w-]+(?:, --[\w-]+)?)\s+(\S.*) \((\w[\w ]*) \[=([^[\]]*)\]\)\s*$/, "$1 <$3>  $2 (default: $4)"],
  // mlpack: `--num_trees (-N) [int]  text`.
  [/^(\s*--[\w-]+) \((-\w)\)(?: \[(\w+)\])?/, "$1, $2 <$3>"],
  [/^(\s*--[\w-]+) \[(double|float|int|string|int vector|string vector)\](?=\s)/, "$1 <$2>"],
  // OpenCV: `[-numPos <number_of_positive_samples = 2000>]`.
  [/^(\s*)\[(--?[\w-]+) <([\w-]+)\s*=\s*([^<>=]+?)>\]\s*$/, "$1$2 <$3>  (default: $4)"],
  // gflags: `-lr (learning rate) type: double default: 0.1`; of a boolean `-amp=false` is right.
  [/^(\s*-[\w-]+) \((.*)\) type: bool\b(.*)$/, "$1=BOOL  $2$3"],
  [/^(\s*-[\w-]+) \((.*)\) type: (\w+)(.*)$/, "$1=$3  $2$4"],
];

/** A line of a help text in the usual form, `-n, --name VALUE  text (default: 1)`, where it has a form known for another. */
export function usualLine(line: string): string {
  return FORMS.reduce((text, [form, usual]) => text.replace(form, usual), line).replace(/ <>(?=\s|$)/, "");
}

/** `17.71 seconds per pass`, `3.5 tokens/s`; the unit may have been read with the number. */
const RATE =
  /\s{0,2}(?:(?:[a-zµ]{1,14}\s{1,2})?per\s[a-z]{2,}|[a-zµ]{1,14}\/[a-z]{1,12}(?![\p{L}\p{N}_/]))(?!\s{0,3}[=:]?\s{0,3}[-+]?\.?\d)/iuy;
const COUNTED =
  /\s{1,2}((?:epoch|step|iteration|sample|example|image|token|sentence|word|batche|row|file|document|fold|trial|classe|param|parameter|feature|retrie|querie|error|warning|line|worker|gpu)s?)(?![\p{L}\p{N}_])(?!\s{0,3}[=:]?\s{0,3}[-+]?\.?\d)/iuy;
/** Names of what is measured by the second or the piece. */
const MEASURED =
  /time|latenc|speed|through|rate|tps|qps|rps|fps|ips|ops|durat|elapsed|bandwidth|perf|\bper\b|\/|sec|cost|wall|runtime|clock|flop|bench|delay|took|usage|mem|size|bytes|mean|avg|average|min|max|median|total|value|result|score/i;

const WHOLE = /(?<![.\d])\d{1,15}$/;

/** True when the words behind a number say that it is of something else: `perplexity: 17.71 seconds per pass`, `loss: 3 samples skipped`. */
export function saidOfOther(line: string, end: number, name: string): boolean {
  if (line[end] === undefined || !/[\s\p{L}µ]/u.test(line[end]!)) return false;
  RATE.lastIndex = end;
  if (RATE.test(line)) return !MEASURED.test(name);
  COUNTED.lastIndex = end;
  const counted = COUNTED.exec(line)?.[1];
  if (counted === undefined || !WHOLE.test(line.slice(Math.max(0, end - 17), end))) return false;
  return !name.toLowerCase().includes(counted.toLowerCase().replace(/s$/, ""));
}

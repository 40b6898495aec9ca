/** Trial numbers in words, neighbours joined: `trials 3, 5-8 and 12`. */
export function listTrials(numbers: readonly number[]): string {
  const runs: string[] = [];
  for (let i = 0; i < numbers.length; ) {
    let end = i;
    while (numbers[end + 1] === numbers[end]! + 1) end += 1;
    runs.push(end === i ? `${numbers[i]}` : end === i + 1 ? `${numbers[i]}` : `${numbers[i]}-${numbers[end]}`);
    i = end === i + 1 ? end : end + 1;
  }
  const shown = runs.length > 12 ? [...runs.slice(0, 11), `${runs.length - 11} more`] : runs;
  const last = shown.at(-1) ?? "";
  const list = shown.length > 1 ? `${shown.slice(0, -1).join(", ")} and ${last}` : last;
  return `${numbers.length === 1 ? "trial" : "trials"} ${list}`;
}

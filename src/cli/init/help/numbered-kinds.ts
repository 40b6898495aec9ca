/** `0 -- C-SVC`, `1: sum`, `2 = mean`, `(3) last`: a number, a mark and what it stands for. */
const ITEM = /(?:^|[\s,;([{])(-?\d{1,2})(?:\)\s*|\s*(?:--|=>|[:=–])\s*|\s+-\s+)(?=[\p{L}"'`])/gu;

/**
 * The kinds that whole numbers stand for, when a description lists them one after the other from 0, 1 or -1 on; null when it does not.
 */
export function numberedKinds(description: string): readonly (readonly [number, string])[] | null {
  const items = [...description.matchAll(ITEM)];
  let best: readonly (readonly [number, string])[] | null = null;
  for (const [at, first] of items.entries()) {
    if (!/^(?:-1|0|1)$/.test(first[1]!)) continue;
    const run = [first];
    for (const item of items.slice(at + 1)) {
      if (Number(item[1]) !== Number(run.at(-1)![1]) + 1) break;
      run.push(item);
    }
    if (run.length < 2 || run.length <= (best?.length ?? 0)) continue;
    best = run.map((item, index) => {
      const end = run[index + 1]?.index ?? description.length;
      return [Number(item[1]), meaning(description.slice(item.index + item[0].length, end))] as const;
    });
  }
  return best;
}

/** The first words of what a number stands for. */
function meaning(text: string): string {
  const [first = ""] = text.trim().split(/\s{2,}|[,;)\]}]|\.\s|\t|\s\(/);
  return first.trim().slice(0, 40).trim();
}

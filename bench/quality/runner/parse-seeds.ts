/** Seeds of a list such as `0-9,20`. */
export function parseSeeds(text: string): readonly number[] {
  return text.split(",").flatMap((part) => {
    const [, from, to = from] = /^(\d+)(?:-(\d+))?$/.exec(part) ?? [];
    const [first, last] = [Number(from), Number(to)];
    if (!(first <= last)) throw new Error(`--seeds ${text}: whole numbers and ranges such as 0-9,20 are allowed`);
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  });
}

/** Seeds of a list such as `0-9,20`. */
export function parseSeeds(text: string): readonly number[] {
  return text.split(",").flatMap((part) => {
    const [first, last = first] = part.split("-").map(Number);
    if (!(Number.isSafeInteger(first) && Number.isSafeInteger(last) && first! <= last!))
      throw new Error(`--seeds ${text}: whole numbers and ranges such as 0-9,20 are allowed`);
    return Array.from({ length: last! - first! + 1 }, (_, i) => first! + i);
  });
}

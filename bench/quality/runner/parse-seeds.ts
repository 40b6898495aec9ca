import { AttuneError } from "../../../src/errors.ts";

/** Seeds of a list such as `0-9,20`. Throws AttuneError `invalid-argument`. */
export function parseSeeds(text: string): readonly number[] {
  return text.split(",").flatMap((part) => {
    const [, from, to = from] = /^(\d+)(?:-(\d+))?$/.exec(part) ?? [];
    const [first, last] = [Number(from), Number(to)];
    if (!(first <= last && last - first < 100_000))
      throw new AttuneError("invalid-argument", `--seeds ${text}: whole numbers and ranges such as 0-9,20 are allowed`);
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  });
}

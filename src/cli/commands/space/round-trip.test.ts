import { expect, it } from "vitest";
import { stringify } from "yaml";
import { declaredParameters, parameterToJson, spaceToJson } from "../../../space/index.ts";
import { randomConstrainedSpace, randomSpace } from "../../../space/random-space.testing.ts";
import { formatParameterText } from "../../../space/text/format-parameter-text.ts";
import { readSpaceText } from "./read-space-file.ts";

const SEEDS = Array.from({ length: process.env.ATTUNE_LONG_TESTS === "1" ? 10_000 : 30 }, (_, seed) => seed);
const SIZE = { depth: 5, parameters: 60 };

/** A space made by builders; every second one has constraints. */
const spaceOf = (seed: number) => (seed % 2 === 0 ? randomSpace(seed, SIZE) : randomConstrainedSpace(seed, SIZE));

/** A study file with the space in it, where parameters are written one way or another. */
function studyFile(seed: number, write: (seed: number) => Readonly<Record<string, unknown>>): string {
  const { where } = spaceOf(seed);
  return stringify({ minimize: "loss", space: write(seed), ...(where.length > 0 ? { where } : {}) }, { lineWidth: 0 });
}

it.each([
  {
    form: "texts",
    write: (seed: number) =>
      Object.fromEntries(declaredParameters(spaceOf(seed)).map((p) => [p.name, formatParameterText(p)])),
  },
  {
    form: "fields",
    write: (seed: number) =>
      Object.fromEntries(
        declaredParameters(spaceOf(seed)).map((p) => {
          const { name, ...fields } = parameterToJson(p) as { readonly name: string };
          return [name, fields];
        }),
      ),
  },
])("a space of builders comes back from $form in a YAML study file as it was", ({ write }) => {
  for (const seed of SEEDS)
    expect(readSpaceText(studyFile(seed, write), "f.yaml").space, `seed ${seed}`).toEqual(spaceOf(seed));
});

it.each(["YAML", "JSON"])("a space comes back from its canonical form as a %s file as it was", (language) => {
  for (const seed of SEEDS) {
    const json = spaceToJson(spaceOf(seed));
    const text = language === "YAML" ? stringify(json) : JSON.stringify(json);
    const { kind, space } = readSpaceText(text, "f");
    expect(kind).toBe("space");
    expect(space, `seed ${seed}`).toEqual(spaceOf(seed));
  }
});

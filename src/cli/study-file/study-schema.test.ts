import { expect, it } from "vitest";
import { STUDY_KEYS } from "./study-keys.ts";
import { studySchema } from "./study-schema.ts";

it("describes every key of a study file, and no others", () => {
  const { properties, additionalProperties } = studySchema();
  const described = properties as Readonly<Record<string, { readonly description?: string }>>;
  expect(Object.keys(described).sort()).toEqual([...Object.keys(STUDY_KEYS), "space"].sort());
  expect(Object.keys(described).filter((key) => described[key]!.description === undefined)).toEqual([]);
  expect(additionalProperties).toBe(false);
});

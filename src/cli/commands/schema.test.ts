import { expect, it } from "vitest";
import { FILE_SETTINGS } from "../settings/table.ts";
import { studySchema } from "./schema.ts";

it("describes every key of a study file, and no others", () => {
  const { properties, additionalProperties } = studySchema();
  const described = properties as Readonly<Record<string, { readonly description?: string }>>;
  expect(Object.keys(described).sort()).toEqual([...FILE_SETTINGS.keys()].sort());
  expect(Object.keys(described).filter((key) => described[key]!.description === undefined)).toEqual([]);
  expect(additionalProperties).toBe(false);
});

import { expect, it } from "vitest";
import { samplerNames } from "../../../../src/sampler/registry.ts";
import { SAMPLERS } from "./sampler-names.ts";

it("offers the samplers that there are", () => {
  expect([...SAMPLERS, "program"].toSorted()).toEqual([...samplerNames()].toSorted());
});

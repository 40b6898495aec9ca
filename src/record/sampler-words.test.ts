import { expect, it } from "vitest";
import { samplerNames } from "../sampler/registry.ts";
import { samplerWords } from "./sampler-words.ts";

/** They explain each suggestion themselves, or are programs that alone know. */
const WITH_REASONS = ["auto", "gp", "program"];

it.each(samplerNames().filter((name) => !WITH_REASONS.includes(name)))("says how %s chooses", (name) => {
  expect(samplerWords(name)).toMatch(/^(it|after some)\b(?!.*no account).*[a-z]$/);
});

it("says of another that nothing is known", () => {
  expect(samplerWords("own")).toBe("it keeps no account of its reasons");
});

import { expect, it } from "vitest";
import { detachedOwner, leasedOwner } from "./new-owner.ts";

it("draws tokens of 32 digits, each of its own, in which every digit comes at every place", () => {
  const tokens = Array.from({ length: 600 }, (_, k) => (k % 2 === 0 ? leasedOwner("0") : detachedOwner()).token);
  expect(new Set(tokens).size).toBe(600);
  for (const token of tokens) expect(token).toMatch(/^[0-9a-f]{32}$/);
  for (let place = 0; place < 32; place++) expect(new Set(tokens.map((token) => token[place])).size).toBe(16);
});

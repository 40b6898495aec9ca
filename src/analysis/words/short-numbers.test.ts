import { expect, it } from "vitest";
import { shortNumbers } from "./short-numbers.ts";

it.each([
  ["loss 0.9035939410847746 at step 2: 1st of 2 there", "loss 0.903594 at step 2: 1st of 2 there"],
  ["at step 9: -12.345678901, where the median was 1.5e-7", "at step 9: -12.3457, where the median was 1.5e-7"],
  ["loss 1.2345678901e-9.", "loss 1.23457e-9."],
  ["loss 3.0000000001 is 3rd of 11 at step 9", "loss 3 is 3rd of 11 at step 9"],
  // What is no number of its own stays.
  ["v1.23456789012.3 of model-0.12345678b", "v1.23456789012.3 of model-0.12345678b"],
  ["loss 0.5, 1234567890, step 1.25", "loss 0.5, 1234567890, step 1.25"],
])("%j is shown as %j", (kept, shown) => expect(shortNumbers(kept)).toBe(shown));

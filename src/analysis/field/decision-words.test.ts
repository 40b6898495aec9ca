import { expect, it } from "vitest";
import { decisionWords } from "./decision-words.ts";

it.each([
  [
    "stop",
    "at step 9: loss 0.41, where the median of 14 was 0.33",
    "stopped at step 9: loss 0.41, where the median of 14 was 0.33",
  ],
  ["stop", "loss worse by 2 on average", "stopped: loss worse by 2 on average"],
  ["stop", "attic: at last", "stopped: attic: at last"],
  ["pause", "loss 0.5 at step 3: 7th of 9 there", "paused: loss 0.5 at step 3: 7th of 9 there"],
  ["pass", "loss 0.1 at step 3: 1st of 9 there", "ran on: loss 0.1 at step 3: 1st of 9 there"],
  [
    "resume",
    "promoted to step 27: loss 0.3 is 3rd of 11 at step 9",
    "promoted to step 27: loss 0.3 is 3rd of 11 at step 9",
  ],
  ["resume", "the budget's last full run", "run on: the budget's last full run"],
  ["pass", "loss 0.9035939410847746 at step 3: 1st of 9 there", "ran on: loss 0.903594 at step 3: 1st of 9 there"],
  ["start", "", "began"],
] as const)("%s because of %j", (action, reason, words) => expect(decisionWords({ action, reason })).toBe(words));

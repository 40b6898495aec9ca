import { createSampler } from "./registry.ts";
import { type GoldenCase, goldenSuggestions } from "./testing/golden-suggestions.testing.ts";

const create =
  (name: string) => (options: GoldenCase["options"] & object, space: Parameters<typeof createSampler>[1]) =>
    createSampler({ name, options }, space);
const POINTS = { x: 4, rate: 3, units: 3, share: 2 };

goldenSuggestions("random", create("random"), [
  ["each scale", { space: "branched", rows: 0, asked: 12 }, "acce2274e9f6"],
  ["constraints, at once", { space: "constrained", rows: 3, asked: 2, count: 6 }, "6dfcd670a902"],
]);
goldenSuggestions("qmc", create("qmc"), [
  ["each scale", { space: "branched", rows: 0, asked: 40 }, "833f79fd7b2c"],
  ["constraints, at once", { space: "constrained", rows: 3, asked: 2, count: 12 }, "29d074b85f48"],
  ["many parameters", { space: "wide", rows: 0, asked: 20 }, "19dfacb85153"],
]);
goldenSuggestions("grid", create("grid"), [
  ["each scale", { space: "branched", rows: 0, asked: 40, options: { points: POINTS } }, "64b32829f241"],
  [
    "constraints, at once",
    { space: "constrained", rows: 9, asked: 2, count: 12, options: { points: POINTS } },
    "1d0ac3f87ef1",
  ],
  ["to its end", { space: "discrete", rows: 30, pending: 2, asked: 42 }, "8ff346c95f3a"],
]);
goldenSuggestions("auto", create("auto"), [
  ["few trials", { space: "flat", rows: 12, asked: 2 }, "1aeb2a918a44"],
  ["a thousand trials", { space: "flat", rows: 1_000, asked: 2 }, "10791d010495"],
  ["trials that climb from rung to rung", { space: "shared", rows: 24, climbing: true, asked: 2 }, "acf5e228d691"],
  ["a thousand rows of these", { space: "shared", rows: 1_000, climbing: true, asked: 2 }, "f0ca091705a8"],
  ["some values stand", { space: "flat", rows: 1_000, asked: 2, given: ["x"] }, "8a092fc566e1"],
]);
goldenSuggestions("nsga2", create("nsga2"), [
  ["before the first child", { space: "branched", rows: 19, asked: 3 }, "2dc3f9dc5905"],
  [
    "several objectives, conditions, trials under way",
    { space: "branched", objectives: 3, rows: 90, pending: 3, asked: 6 },
    "7331a64a3a41",
  ],
  [
    "constraints and limits, at once",
    { space: "constrained", objectives: 2, limits: ["ms <= 0.4"], rows: 60, asked: 2, count: 6 },
    "45abbaacf208",
  ],
  [
    "one objective",
    { space: "wide", rows: 200, direction: "maximize", asked: 6, options: { population: 20 } },
    "a7605c012573",
  ],
  [
    "some values stand",
    { space: "constrained", objectives: 2, rows: 80, asked: 4, given: ["x", "model"] },
    "b35a047cfdf6",
  ],
]);
goldenSuggestions("nsga3", create("nsga3"), [
  [
    "several objectives, conditions, trials under way",
    { space: "branched", objectives: 3, rows: 120, pending: 3, asked: 6 },
    "b4dbb0253965",
  ],
  [
    "constraints and limits, at once",
    { space: "constrained", objectives: 5, limits: ["ms <= 2"], rows: 90, asked: 2, count: 6 },
    "32b28c7fccef",
  ],
  ["one objective", { space: "flat", rows: 60, asked: 6, options: { divisions: 3, population: 12 } }, "a80409758c11"],
]);

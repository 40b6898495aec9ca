import { goldenSuggestions } from "../testing/golden-suggestions.testing.ts";
import { createTpe } from "./tpe.ts";

goldenSuggestions("tpe", createTpe, [
  ["before the first model", { space: "branched", rows: 9, asked: 3 }, "cc1059faeeb4"],
  ["the first model", { space: "flat", rows: 10, asked: 3 }, "697414c52eaa"],
  ["conditions, and trials under way", { space: "branched", rows: 45, pending: 3, asked: 4 }, "2f533ba36548"],
  ["constraints, at once", { space: "constrained", rows: 60, asked: 1, count: 4 }, "790e0e6f2b79"],
  ["large is good", { space: "flat", rows: 120, direction: "maximize", asked: 6 }, "9ba676b77c99"],
  ["thousands of trials", { space: "constrained", rows: 3_000, pending: 40, asked: 3 }, "da66482a3ec1"],
  ["hundreds of trials", { space: "branched", rows: 400, asked: 6 }, "7347b99183e8"],
  [
    "few candidates, and a late start",
    { space: "wide", rows: 30, asked: 3, options: { candidates: 3, startup: 30 } },
    "4b95502b55c3",
  ],
  ["trials that climb from rung to rung", { space: "flat", rows: 40, climbing: true, asked: 6 }, "5cf1c850d6ca"],
  [
    "many of them, with conditions and trials under way",
    { space: "shared", rows: 300, climbing: true, pending: 3, direction: "maximize", asked: 6 },
    "580d41c6189f",
  ],
  ["some values stand", { space: "constrained", rows: 80, asked: 4, given: ["x", "model"] }, "3a85eacb0473"],
  ["two objectives", { space: "branched", objectives: 2, rows: 120, pending: 3, asked: 4 }, "5a2373817928"],
  ["a limit, at once", { space: "constrained", limits: ["ms <= 0.4"], rows: 60, asked: 1, count: 4 }, "a53a75824b74"],
  [
    "many objectives and limits",
    { space: "flat", objectives: 6, limits: ["ms <= 2", "loss1 >= -4"], rows: 300, asked: 4 },
    "dea4474972b0",
  ],
]);

import { goldenSuggestions } from "../testing/golden-suggestions.testing.ts";
import { createGp } from "./gp.ts";

const FEW = { random: 40, mutations: 20, climbs: 2 };

goldenSuggestions("gp", createGp, [
  ["before the first model", { space: "branched", rows: 0, asked: 1, count: 4 }, "da86fdb13563"],
  ["a few trials", { space: "branched", rows: 4, asked: 2 }, "344b598ee575"],
  ["the first model", { space: "flat", rows: 8, asked: 3 }, "5cd6ec01a6c4"],
  [
    "conditions, and trials under way",
    { space: "branched", rows: 20, pending: 2, asked: 2, options: FEW },
    "86b50ba845b2",
  ],
  ["constraints, at once", { space: "constrained", rows: 17, asked: 1, count: 3, options: FEW }, "a087d02894bb"],
  ["large is good", { space: "flat", rows: 33, direction: "maximize", asked: 6, options: FEW }, "5d8a60eba809"],
  ["refits now and then", { space: "flat", rows: 67, asked: 2, options: FEW }, "02fa487dab40"],
  ["refits ever fewer", { space: "flat", rows: 131, asked: 1, options: FEW }, "0a5d5012cdd7"],
  ["all of the usual work", { space: "branched", rows: 40, pending: 1, asked: 2 }, "5f5cd1b075fc"],
  [
    "little time to think",
    { space: "branched", rows: 30, asked: 2, options: { operations: 3_000_000 } },
    "6854537f550a",
  ],
  ["many parameters", { space: "wide", rows: 26, asked: 3, options: FEW }, "cacb9f8493bd"],
  ["some values stand", { space: "branched", rows: 24, asked: 3, given: ["x", "model"], options: FEW }, "6c97abdbd32a"],
  [
    "some values stand within constraints",
    { space: "constrained", rows: 24, asked: 3, given: ["x", "model"], options: FEW },
    "648ddee26250",
  ],
  ["trials that climb from rung to rung", { space: "flat", rows: 30, climbing: true, asked: 3 }, "f1b619dd27f1"],
  ["few of them, none run whole yet", { space: "flat", rows: 9, climbing: true, asked: 3 }, "69885ace29aa"],
  [
    "shares of a declared fidelity, with conditions and trials under way",
    { space: "shared", rows: 70, climbing: true, pending: 2, direction: "maximize", asked: 3, options: FEW },
    "5b2808675100",
  ],
  [
    "more results of rungs than a model is made of",
    { space: "shared", rows: 430, climbing: true, asked: 1, options: FEW },
    "977990d1a2d5",
  ],
  ["hardly anything is left", { space: "discrete", rows: 60, asked: 3, options: FEW }, "0761eda7db81"],
  [
    "two objectives, and trials under way",
    { space: "branched", objectives: 2, rows: 24, pending: 2, asked: 3, options: FEW },
    "f79c3cceaa23",
  ],
  ["a limit", { space: "flat", limits: ["ms <= 0.4"], rows: 30, asked: 2, options: FEW }, "c180bee17763"],
  [
    "three objectives and limits, at once",
    {
      space: "constrained",
      objectives: 3,
      limits: ["ms <= 0.4 or loss1 >= 1", "loss2 <= 3"],
      rows: 30,
      asked: 1,
      count: 3,
      options: FEW,
    },
    "f0839c95d4c5",
  ],
  [
    "nothing keeps the limit",
    { space: "flat", objectives: 2, limits: ["ms <= -99"], rows: 30, asked: 2, options: FEW },
    "d63dd531fc3a",
  ],
  ["six objectives", { space: "branched", objectives: 6, rows: 30, asked: 2, options: FEW }, "f02f31256492"],
]);

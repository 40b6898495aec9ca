import { expect, it } from "vitest";
import { readSpace } from "../read-space.ts";
import { spaceTree } from "./space-tree.ts";

it("spaceTree draws children under their parents", () => {
  const space = readSpace(
    {
      lr: "1e-3..1.0 log",
      opt: "adam | sgd | lion",
      momentum: "0.0..1 when opt in [sgd, lion]",
      model: {
        oneOf: { mlp: { layers: "1..6", act: { oneOf: { relu: null, leaky: { slope: "0.0..1" } } } }, none: null },
      },
      both: "1..2 when opt == adam and model == mlp",
      steps: ":= lr * 2",
    },
    () => null,
    { where: ["lr < 0.5"] },
  );
  expect(spaceTree(space)).toEqual([
    "lr     0.001..1 log",
    "opt    adam | sgd | lion",
    "└─ sgd, lion: momentum  0.0..1",
    "model  mlp | none",
    "├─ mlp: layers                         1..6",
    "├─ mlp: act                            relu | leaky",
    "│  └─ leaky: slope  0.0..1",
    "└─ model == mlp and opt == adam: both  1..2",
    "steps  := lr * 2",
    "where lr < 0.5",
  ]);
});

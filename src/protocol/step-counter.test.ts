import { describe, expect, it } from "vitest";
import { StepCounter } from "./step-counter.ts";
import type { StepOrigin } from "./step-origin.ts";

type Line = readonly [step: number | null, values: Readonly<Record<string, number>>];

function reportsOf(lines: readonly Line[], end = true): readonly Line[] {
  const reports: Line[] = [];
  const counter = new StepCounter((step, values) => reports.push([step, values]));
  for (const [step, values] of lines) counter.take(step, values);
  if (end) counter.end();
  return reports;
}

describe("steps of values that come without one", () => {
  it("count from 1, once a name comes again", () => {
    expect(reportsOf([[null, { loss: 3 }]])).toEqual([]);
    const lines: readonly Line[] = [3, 2, 1].map((loss) => [null, { loss }]);
    expect(reportsOf(lines.slice(0, 2))).toEqual([
      [1, { loss: 3 }],
      [2, { loss: 2 }],
    ]);
    expect(reportsOf(lines)).toEqual([
      [1, { loss: 3 }],
      [2, { loss: 2 }],
      [3, { loss: 1 }],
    ]);
  });

  it("are one for lines with different metrics, and each step is told when it is whole", () => {
    const lines: readonly Line[] = [
      [null, { loss: 3 }],
      [null, { acc: 0.1 }],
      [null, { loss: 2 }],
      [null, { acc: 0.2 }],
    ];
    const steps = [
      [1, { loss: 3, acc: 0.1 }],
      [2, { loss: 2, acc: 0.2 }],
    ];
    expect(reportsOf(lines, false)).toEqual(steps);
    expect(reportsOf(lines.slice(0, 3), false)).toEqual(steps.slice(0, 1));
    expect(reportsOf(lines.slice(0, 3))).toEqual([steps[0], [2, { loss: 2 }]]);
  });

  it("fall before a step that is named, and go on behind it", () => {
    const named: Line = [7, { loss: 1 }];
    expect(reportsOf([[null, { loss: 9 }], named])).toEqual([[1, { loss: 9 }], named]);
    expect(
      reportsOf([
        [null, { loss: 9 }],
        [1, { loss: 1 }],
      ]),
    ).toEqual([
      [0, { loss: 9 }],
      [1, { loss: 1 }],
    ]);
    expect(
      reportsOf([
        [null, { loss: 9 }],
        [0, { loss: 1 }],
      ]),
    ).toEqual([
      [0, { loss: 9 }],
      [0, { loss: 1 }],
    ]);
    expect(reportsOf([named, [null, { loss: 2 }], [9, { loss: 3 }]])).toEqual([
      named,
      [8, { loss: 2 }],
      [9, { loss: 3 }],
    ]);
    expect(reportsOf([named, [null, { loss: 2 }], [30, { loss: 3 }]])).toEqual([
      named,
      [8, { loss: 2 }],
      [30, { loss: 3 }],
    ]);
  });

  it("behind the program's own last step are told at it, and say so of what was counted", () => {
    const lines: readonly Line[] = [
      [1, { loss: 3 }],
      [2, { loss: 2 }],
      [null, { loss: 9, acc: 1 }],
    ];
    expect(reportsOf(lines)).toEqual([...lines.slice(0, 2), [2, { loss: 9, acc: 1 }]]);
    expect(reportsOf(lines, false)).toEqual(lines.slice(0, 2));
    // The second one shows that the program goes on without steps.
    const more: readonly Line[] = [...lines, [null, { loss: 8, acc: 2 }]];
    expect(reportsOf(more).slice(2)).toEqual([
      [3, { loss: 9, acc: 1 }],
      [4, { loss: 8, acc: 2 }],
    ]);
    const told: (readonly [number, StepOrigin])[] = [];
    const counter = new StepCounter((step, _values, origin) => told.push([step, origin]));
    for (const [step, values] of [[null, { loss: 9 }] as const, ...more]) counter.take(step, values);
    counter.end();
    expect(told).toEqual([
      [0, "counted"],
      [1, "own"],
      [2, "own"],
      [3, "counted"],
      [4, "counted"],
    ]);
  });

  it("are more of the same where a line reads like the one before and has a value of its own", () => {
    const origins = (lines: readonly (readonly [number, string | null])[]): readonly StepOrigin[] => {
      const told: StepOrigin[] = [];
      const counter = new StepCounter((_step, _values, origin) => told.push(origin));
      for (const [loss, shape] of lines) counter.take(null, { loss }, shape);
      counter.end();
      return told;
    };
    const lines = [3, 2, 1.5].map((loss) => [loss, "loss=#"] as const);
    expect(origins(lines)).toEqual(["counted", "another", "another"]);
    // A result repeats what was told: the last, the best, the worst.
    for (const again of [1.5, 3]) expect(origins([...lines, [again, "loss=#"]]).at(-1)).toBe("counted");
    expect(origins([...lines, [1.4, "final loss=#"]]).at(-1)).toBe("counted");
    expect(origins([...lines, [2.5, "loss=#"], [1.5, "loss=#"]]).at(-1)).toBe("counted");
    expect(origins([3, 2, 1].map((loss) => [loss, null] as const))).toEqual(["counted", "counted", "counted"]);
    // Of several lines a step, all have to.
    const pairs: StepOrigin[] = [];
    const counter = new StepCounter((_step, _values, origin) => pairs.push(origin));
    const take = (loss: number, acc: number, shape: string): void => {
      counter.take(null, { loss }, "loss: #");
      counter.take(null, { acc }, shape);
    };
    take(3, 0.1, "acc: #");
    take(2, 0.2, "acc: #");
    take(1, 0.3, "in all acc: #");
    counter.end();
    expect(pairs).toEqual(["counted", "another", "counted"]);
  });

  it("are not told of what was forgotten", () => {
    const reports: Line[] = [];
    const counter = new StepCounter((step, values) => reports.push([step, values]));
    counter.take(null, { loss: 1, acc: 2 });
    counter.forget("loss");
    counter.take(3, { loss: 5 });
    counter.take(null, { loss: 6 });
    counter.forget("loss");
    counter.end();
    expect(reports).toEqual([
      [1, { acc: 2 }],
      [3, { loss: 5 }],
    ]);
  });
});

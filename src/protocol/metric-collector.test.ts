import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MetricCollector } from "./metric-collector.ts";
import { METRIC_WAYS, type MetricWay } from "./metric-way.ts";

type Said = readonly [way: MetricWay, step: number | null, values: Record<string, number>];

function collect(said: readonly Said[]) {
  const reports: [number, Record<string, number>][] = [];
  const onReport = (step: number, values: Readonly<Record<string, number>>): void => {
    reports.push([step, { ...values }]);
  };
  const collector = new MetricCollector({ tuned: new Map(), onReport });
  for (const [way, step, values] of said) collector.take(way, step, values);
  collector.end();
  return { reports, values: Object.fromEntries(collector.values) };
}

describe("MetricCollector", () => {
  const converted = (
    said: Readonly<Record<string, string>>,
    units: Readonly<Record<string, string | null>>,
    ...printed: readonly (readonly [value: number, unit: string | null])[]
  ) => {
    const collector = new MetricCollector({
      tuned: new Map(),
      units: new Map(Object.entries(units)),
      said: new Map(Object.entries(said)),
    });
    for (const [ms, unit] of printed)
      collector.take("output", null, { ms }, unit === null ? {} : { units: { ms: unit } });
    const fault = collector.faults.get("ms");
    return fault ?? [collector.values.get("ms"), collector.units.get("ms") ?? null];
  };

  it("converts what comes with a unit to the one that is said, or that the study's values have, of the same kind", () => {
    expect(converted({ ms: "ms" }, {}, [0.0123, "s"])).toEqual([12.3, "ms"]);
    expect(converted({}, { ms: "ms" }, [0.0123, "s"])).toEqual([12.3, "ms"]);
    expect(converted({ ms: "min" }, { ms: "ms" }, [0.0123, "s"])).toEqual([12.3, "ms"]);
    expect(converted({ ms: "MB" }, {}, [0.0123, "s"])).toEqual([0.0123, "s"]);
    expect(converted({ ms: "%" }, {}, [0.0123, "s"])).toEqual([0.0123, "s"]);
    expect(converted({ other: "ms" }, {}, [0.0123, "s"])).toEqual([0.0123, "s"]);
  });

  it("takes a number without a unit for what it is, and not beside one with a unit, whatever is said", () => {
    expect(converted({ ms: "ms" }, {}, [12, null])).toEqual([12, null]);
    expect(converted({ ms: "ms" }, {}, [12, null], [0.012, "s"])).toContain(
      "it came in ms here, and without a unit elsewhere",
    );
    expect(converted({ ms: "ms" }, { ms: null }, [0.012, "s"])).toContain(
      "it came in ms here, and without a unit in trials before",
    );
    expect(converted({ ms: "ms" }, { ms: "ms" }, [12, null])).toContain(
      "it came without a unit here, and in ms in trials before",
    );
  });

  it("knows what was reported thousands of steps ago when it comes again", () => {
    const steps = Array.from({ length: 25_000 }, (_, step) => ["output", step, { loss: step / 7 }] as const);
    const again = steps.slice(-10_000).map(([, step, values]) => ["report-file", step, values] as const);
    expect(collect([...steps, ...again]).reports).toHaveLength(25_000);
  });

  it("counts a value once that comes by two ways, whichever is first", () => {
    const once = {
      reports: [
        [1, { loss: 3 }],
        [2, { loss: 2 }],
      ],
      values: { loss: 2 },
    };
    const twice = (a: MetricWay, b: MetricWay): readonly Said[] => [
      [a, 1, { loss: 3 }],
      [b, 1, { loss: 3 }],
      [a, 2, { loss: 2 }],
      [b, 2, { loss: 2 }],
    ];
    expect(collect(twice("report-file", "output"))).toEqual(once);
    expect(collect(twice("output", "report-file"))).toEqual(once);
  });

  it("lets the better way win, for each metric by itself", () => {
    const { values } = collect([
      ["output", null, { loss: 0.3, acc: 0.9 }],
      ["report-file", null, { loss: 0.31 }],
      ["output", null, { loss: 0.2 }],
    ]);
    expect(values).toEqual({ loss: 0.31, acc: 0.9 });
  });

  it("drops a value that waits for its step when a better way brings it", () => {
    expect(
      collect([
        ["output", null, { loss: 3 }],
        ["http", 10, { loss: 3 }],
        ["output", null, { loss: 2 }],
        ["http", 20, { loss: 2 }],
      ]).reports,
    ).toEqual([
      [10, { loss: 3 }],
      [20, { loss: 2 }],
    ]);
  });

  it("ends with the last value of the best way, whatever the order", () => {
    const said = fc.tuple(fc.constantFrom(...METRIC_WAYS), fc.option(fc.nat(5)), fc.integer());
    fc.assert(
      fc.property(fc.array(said, { minLength: 1 }), (all) => {
        const best = Math.min(...all.map(([way]) => METRIC_WAYS.indexOf(way)));
        const last = all.findLast(([way]) => METRIC_WAYS.indexOf(way) === best)![2];
        expect(collect(all.map(([way, step, value]) => [way, step, { loss: value }])).values).toEqual({ loss: last });
      }),
    );
  });
});

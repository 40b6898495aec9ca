import { expect, it } from "vitest";
import { keyedStreams } from "../../../numeric/random/keyed-streams.ts";
import { choice, defineSpace, float } from "../../../space/index.ts";
import { weightInputs } from "../../preferred-weights.ts";
import { makeView } from "../../testing/make-view.testing.ts";
import { findsTradeOffs } from "../../testing/many-objectives.testing.ts";
import { valuesOfRun } from "../../testing/values-of-run.testing.ts";
import { createGp } from "../gp.ts";

/** Little effort: what is tested does not depend on how much it is. */
const SHORT = { operations: 4e6 };

findsTradeOffs("gp", { make: (space) => createGp(SHORT, space), trials: 30, wins: 5 });

const space = defineSpace({ x: float(0, 1), y: float(0, 1) });
const metrics = (count: number) =>
  Array.from({ length: count }, (_none, k) => ({ name: `m${k}`, direction: "minimize" as const }));

it.each([3, 6])("spreads over the front of %i objectives", (count) => {
  const run = { space, metrics: metrics(count), trials: 25, seed: 2 };
  const off = (params: Readonly<Record<string, unknown>>): number => (Number(params.y) - 0.4) ** 2;
  const places: number[] = [];
  valuesOfRun(createGp(SHORT, space), run, (params) => {
    if (off(params) < 0.01) places.push(Number(params.x));
    return run.metrics.map((_metric, k) => (Number(params.x) - k / (count - 1)) ** 2 + off(params));
  });
  expect(places.length).toBeGreaterThan(8);
  expect(Math.max(...places) - Math.min(...places)).toBeGreaterThan(0.6);
});

it("keeps out of the way of trials under way, by what models expect of them", () => {
  const place = keyedStreams(3).stream("place");
  const rows = Array.from({ length: 24 }, (_none, trial) => {
    const params = { x: place.float(), y: place.float() };
    const values = [params.x + (params.y - 0.5) ** 2, 1 - params.x + (params.y - 0.5) ** 2];
    return { trial, params, values, state: "complete" as const, outcome: "ok" as const, segment: 0, step: Number.NaN };
  });
  const request = { space, metrics: metrics(2), seed: 1, remaining: null, inputs: {} };
  const view = makeView({ space, metrics: metrics(2), rows, pending: [], revision: 100 });
  const streams = (trial: number) => keyedStreams(1, trial);
  const batch = createGp(SHORT, space).suggest(view, { ...request, number: 24, index: 24, streams }, 6);
  const distances = batch.flatMap(({ params: a }, i) =>
    batch.slice(0, i).map(({ params: b }) => Math.hypot(Number(a.x) - Number(b.x), Number(a.y) - Number(b.y))),
  );
  expect(Math.min(...distances)).toBeGreaterThan(0.01);
  for (const { why } of batch) expect(why?.phase).toBe("model");
  const [{ why }] = batch as [(typeof batch)[number]];
  expect(why!.predicted!.low).toBeLessThan(why!.predicted!.high);
});

it("tries a choice with which trials fail a few times only", () => {
  let failed = 0;
  const kinds = defineSpace({ x: float(0, 1), y: float(0, 1), kind: choice(["a", "b", "c", "d"]) });
  const run = { space: kinds, metrics: metrics(2), trials: 40, seed: 1 };
  valuesOfRun(createGp(SHORT, kinds), run, ({ x, y, kind }) => {
    if (kind === "d") failed += 1;
    return kind === "d" ? [Number.NaN, Number.NaN] : [Number(x) + Number(y), 1 - Number(x)];
  });
  expect(failed).toBeLessThan(8);
});

it.each([2, 6])("looks more where people want to be, of %i objectives, and on along the front", (count) => {
  const run = { space, metrics: metrics(count), trials: 36, seed: 4 };
  const placesOf = (weights: readonly number[] | null): readonly number[] => {
    const inputs = weights === null ? {} : weightInputs(run.metrics, weights);
    const places: number[] = [];
    valuesOfRun(createGp(SHORT, space), { ...run, inputs }, ({ x, y }) => {
      places.push(Number(x));
      return run.metrics.map((_metric, k) => (Number(x) - k / (count - 1)) ** 2 + (Number(y) - 0.4) ** 2);
    });
    return places.slice(12);
  };
  const nearFirst = (places: readonly number[]): number => places.filter((x) => x < 0.25).length;
  const wanted = placesOf(run.metrics.map((_metric, k) => (k === 0 ? 20 : 1)));
  expect(nearFirst(wanted)).toBeGreaterThan(nearFirst(placesOf(null)) + 2);
  expect(Math.max(...wanted)).toBeGreaterThan(0.6);
});

it("says of a suggestion that goes by what was chosen what each objective weighs", () => {
  const rows = Array.from({ length: 20 }, (_none, trial) => {
    const params = { x: trial / 20, y: ((trial * 7) % 20) / 20 };
    const values = [params.x + params.y, 1 - params.x + params.y];
    return { trial, params, values, state: "complete" as const, outcome: "ok" as const, segment: 0, step: Number.NaN };
  });
  const view = makeView({ space, metrics: metrics(2), rows, pending: [], revision: 50 });
  const whysOf = (inputs: Readonly<Record<string, number>>) =>
    Array.from({ length: 8 }, (_none, k) => {
      const number = 20 + k;
      const streams = (trial: number) => keyedStreams(1, trial);
      const request = { space, metrics: metrics(2), seed: 1, remaining: null, inputs, number, index: number, streams };
      return createGp(SHORT, space).suggest(view, request, 1)[0]!.why!.preferred;
    });
  const whys = whysOf(weightInputs(metrics(2), [3, 1]));
  const said = whys.filter((preferred) => preferred !== undefined);
  expect(said.length).toBeGreaterThan(0);
  expect(said.length).toBeLessThan(8);
  expect(said[0]).toEqual({ m0: 0.75, m1: 0.25 });
  expect(whysOf({}).every((preferred) => preferred === undefined)).toBe(true);
});

import { describe, expect, it } from "vitest";
import { readSpace } from "../../space/index.ts";
import type { JsonValue, Params } from "../../space/json.ts";
import { Presence } from "./presence.ts";

const { parameters } = readSpace({
  layers: "1..5",
  kind: "a | b | c",
  rate: "0.0..1",
  many: "1..1000",
  flag: "true | false",
});

/** Trials in their order, each with whether it had the child; the last revision is their number. */
function seen(trials: readonly (readonly [Params, boolean])[], whole = true): Presence {
  const presence = new Presence();
  const parents = parameters.map(({ name }) => name);
  for (const [n, [params, there]] of trials.entries())
    presence.add(n + 1, there ? { ...params, child: 0.5 } : params, ["child"], parents, whole);
  return presence;
}

function conditionOf(trials: readonly (readonly [Params, boolean])[], revision = trials.length) {
  return seen(trials).condition("child", parameters, revision);
}

const byLayers = (...trials: readonly (readonly [number, boolean])[]) =>
  conditionOf(trials.map(([layers, there]) => [{ layers }, there]));

describe("what ended trials say about a parameter", () => {
  it("is a condition on the parent whose values tell it apart", () => {
    const trials = [
      [{ kind: "a", flag: true }, true],
      [{ kind: "b", flag: true }, false],
      [{ kind: "c", flag: false }, true],
    ] as const;
    expect(conditionOf(trials)).toEqual({ parent: "kind", in: ["a", "c"] });
  });

  it("goes on to values not seen yet where a count divides at one place", () => {
    expect(byLayers([2, false], [3, true])).toEqual({ parent: "layers", in: [3, 4, 5] });
    expect(byLayers([4, true], [1, false], [3, true])).toEqual({ parent: "layers", in: [3, 4, 5] });
    expect(byLayers([2, true], [4, false])).toEqual({ parent: "layers", in: [1, 2] });
    expect(byLayers([1, false], [3, true], [5, false])).toEqual({ parent: "layers", in: [3] });
    expect(byLayers([2, true], [3, false], [4, true])).toEqual({ parent: "layers", in: [2, 4] });
  });

  it("is nothing where the values do not tell, or only one side was seen", () => {
    expect(byLayers([2, true], [2, false])).toBeNull();
    expect(byLayers([2, true], [3, true])).toBeNull();
    expect(byLayers([2, false], [3, false])).toBeNull();
    expect(byLayers()).toBeNull();
  });

  it("is nothing of a parent that was absent while the parameter was there, or that has more than 64 values", () => {
    const absent = [
      [{ kind: "a" }, true],
      [{ kind: "b" }, false],
      [{}, true],
    ] as const;
    expect(conditionOf(absent)).toBeNull();
    expect(conditionOf(absent, 2)).toEqual({ parent: "kind", in: ["a"] });
    // Absent with the parameter absent says nothing against it.
    expect(conditionOf([...absent.slice(0, 2), [{}, false]])).toEqual({ parent: "kind", in: ["a"] });
    const many = [
      [{ many: 1 }, true],
      [{ many: 2 }, false],
    ] as const;
    expect(conditionOf(many)).toBeNull();
    expect(conditionOf(many.map(([, there], n) => [{ rate: n / 2 }, there]))).toBeNull();
  });

  it("is nothing of a parent of which 65 values were seen, from that revision on", () => {
    const [parent] = readSpace({ n: "1..64" }).parameters;
    const presence = new Presence();
    for (let n = 1; n <= 65; n++) {
      const params: Record<string, JsonValue> = n > 32 ? { n, child: 0 } : { n };
      presence.add(n, params, ["child"], ["n"], true);
    }
    const from33 = Array.from({ length: 32 }, (_, n) => 33 + n);
    expect(presence.condition("child", [parent!], 64)).toEqual({ parent: "n", in: from33 });
    expect(presence.condition("child", [parent!], 65)).toBeNull();
  });

  it("is told as of any revision", () => {
    const trials = [
      [{ kind: "a" }, true],
      [{ kind: "b" }, true],
      [{ kind: "c" }, false],
      [{ kind: "b" }, false],
    ] as const;
    expect([1, 2].map((revision) => conditionOf(trials, revision))).toEqual([null, null]);
    expect(conditionOf(trials, 3)).toEqual({ parent: "kind", in: ["a", "b"] });
    expect(conditionOf(trials, 4)).toBeNull();
    const presence = seen(trials);
    expect([1, 2, 3, 4].map((revision) => presence.isConstant("child", revision))).toEqual([true, true, false, false]);
    expect(presence.isConstant("stranger", 4)).toBe(true);
  });

  it("prefers the parent that fits with fewer values, the later one among equals", () => {
    const trials = [
      [{ kind: "a", flag: true }, true],
      [{ kind: "b", flag: true }, true],
      [{ kind: "c", flag: false }, false],
    ] as const;
    expect(conditionOf(trials)).toEqual({ parent: "flag", in: [true] });
    const lopsided = [
      [{ kind: "a", flag: true }, true],
      [{ kind: "b", flag: false }, false],
      [{ kind: "c", flag: false }, false],
    ] as const;
    expect(conditionOf(lopsided)).toEqual({ parent: "flag", in: [true] });
    expect(seen(lopsided).condition("child", parameters.toReversed(), 3)).toEqual({ parent: "flag", in: [true] });
    const equal = trials.slice(1);
    expect(conditionOf(equal)).toEqual({ parent: "flag", in: [true] });
    expect(seen(equal).condition("child", parameters.toReversed(), 2)).toEqual({ parent: "kind", in: ["b"] });
  });

  it("takes values that the parent has no more for no condition", () => {
    const gone = [
      [{ kind: "gone" }, true],
      [{ kind: "a" }, false],
    ] as const;
    expect(conditionOf(gone)).toBeNull();
    expect(conditionOf([...gone, [{ kind: "b" }, true]])).toEqual({ parent: "kind", in: ["b"] });
  });

  it("does not take it from a trial that broke off that the parameter was not asked for", () => {
    const trials = [
      [{ kind: "a" }, true],
      [{ kind: "b" }, false],
    ] as const;
    const broken = seen(trials, false);
    expect(broken.condition("child", parameters, 2)).toBeNull();
    expect(broken.isConstant("child", 2)).toBe(true);
  });

  it("never explains a parameter by itself", () => {
    const presence = new Presence();
    presence.add(1, { kind: "a" }, ["kind"], ["kind"], true);
    presence.add(2, {}, ["kind"], ["kind"], true);
    expect(presence.condition("kind", parameters, 2)).toBeNull();
  });
});

import fc from "fast-check";
import { parse as parseToml } from "smol-toml";
import { describe, expect, it } from "vitest";
import { parse as parseYaml } from "yaml";
import type { JsonValue, Params } from "../space/json.ts";
import { SpelledNumber } from "../space/spelled.ts";
import { formatParams } from "./format-params.ts";

const key = fc.oneof(
  fc.constantFrom("on", "null", "1", "y", "lr", "é", "true", "a-b", "E40"),
  fc.stringMatching(/^\w{1,4}$/),
);
const name = fc.array(key, { minLength: 1, maxLength: 3 }).map((keys) => keys.join("."));
const value = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.string());
const params = fc.dictionary(name, value, { maxKeys: 6 }).map((all) => JSON.parse(JSON.stringify(all)) as Params);

describe("formatParams", () => {
  it("writes the same tree in each format, and nothing is lost", () => {
    fc.assert(
      fc.property(params, (all) => {
        const tree = JSON.parse(formatParams(all, "json")) as Record<string, JsonValue>;
        expect(parseYaml(formatParams(all, "yaml"), { version: "1.1" })).toEqual(tree);
        expect(JSON.parse(JSON.stringify(parseToml(formatParams(all, "toml"))))).toEqual(tree);
        for (const [path, wanted] of Object.entries(all)) {
          const nested = path.split(".").reduce<unknown>((node, part) => (node as Params | undefined)?.[part], tree);
          expect([nested, tree[path], inMixed(tree, path)]).toContainEqual(wanted);
        }
      }),
    );
  });

  it("keeps floats floats and nests names with dots", () => {
    const all = { "model.lr": new SpelledNumber(1, "1.0"), "model.name": "a", epochs: 3 };
    expect(formatParams(all, "yaml")).toBe('model:\n  lr: 1.0\n  name: "a"\nepochs: 3\n');
    expect(formatParams(all, "toml")).toBe('epochs = 3\n\n[model]\nlr = 1.0\nname = "a"\n');
    expect(formatParams(all, "json")).toBe(
      '{\n  "model": {\n    "lr": 1.0,\n    "name": "a"\n  },\n  "epochs": 3\n}\n',
    );
  });

  it("keeps a name whole where its table would stand in the place of a parameter", () => {
    expect(JSON.parse(formatParams({ model: "mlp", "model.lr": 1 }, "json"))).toEqual({
      model: "mlp",
      "model.lr": 1,
    });
  });

  it("leaves null out in TOML", () => {
    expect(formatParams({ a: null, b: 1 }, "toml")).toBe("b = 1\n");
  });
});

/** A name whose last part was kept whole below a table. */
function inMixed(tree: unknown, path: string): unknown {
  if (typeof tree !== "object" || tree === null) return undefined;
  if (Object.hasOwn(tree, path)) return (tree as Params)[path];
  const at = path.indexOf(".");
  return at < 0 ? undefined : inMixed((tree as Params)[path.slice(0, at)], path.slice(at + 1));
}

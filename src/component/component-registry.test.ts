import { expect, it } from "vitest";
import { ComponentRegistry } from "./component-registry.ts";

it("holds each name once, in the order of coming, and finds them", () => {
  const registry = new ComponentRegistry("thing", [{ name: "one" }, { name: "two-2" }]);
  expect(() => registry.add({ name: "one" })).toThrow("A thing named one is registered already; choose another name.");
  registry.add({ name: "three" });
  expect(registry.names()).toEqual(["one", "two-2", "three"]);
  expect([registry.get("two-2"), registry.find("three"), registry.find("four")]).toEqual([
    { name: "two-2" },
    { name: "three" },
    undefined,
  ]);
  expect(() => registry.get("thre")).toThrow(/There is no thing named "thre"; .*Did you mean "three"\?/);
});

it.each(["", "One", "1a", "a_b", "a--b", "-a", "a-", "a b", "ä"])("takes no name such as %j", (name) => {
  expect(() => new ComponentRegistry("thing", [{ name }])).toThrow(
    `"${name}" cannot name a thing: use lower-case letters, digits and single dashes.`,
  );
});

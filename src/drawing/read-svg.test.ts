import { expect, it } from "vitest";
import { readColour } from "./read-colour.ts";
import { readSvg } from "./read-svg.ts";

it("reads elements, attributes and text", () => {
  const root = readSvg(
    '<svg width="8">\n<g clip-path="url(#a)"><path d="M0 0L1 1"/></g><text x="1">a &lt; b &amp;&#233;</text></svg>',
  );
  expect(root).toMatchObject({ name: "svg", attributes: { width: "8" } });
  expect(root.children[0]).toMatchObject({ name: "g", children: [{ name: "path", attributes: { d: "M0 0L1 1" } }] });
  expect(root.children[1]!.text).toBe("a < b &é");
});

it.each(["", "<svg>", "<svg></svg><", "<svg a=b></svg>", "<!-- x --><svg></svg>"])("refuses %j", (svg) => {
  expect(() => readSvg(svg)).toThrow("no SVG");
});

it("reads colours", () => {
  expect(readColour("#0072b2")).toEqual({ hex: "#0072b2", opacity: 1 });
  expect(readColour("#fff")).toEqual({ hex: "#ffffff", opacity: 1 });
  expect(readColour("rgb(253, 231, 37)")).toEqual({ hex: "#fde725", opacity: 1 });
  expect(readColour("rgba(0,0,0,0.3)")).toEqual({ hex: "#000000", opacity: 0.3 });
  for (const none of ["none", "transparent"]) expect(readColour(none)).toBeNull();
  for (const wrong of ["#12", "rgb(1,2)", "rgb(a,b,c)", "mauve"]) expect(() => readColour(wrong)).toThrow("no colour");
});

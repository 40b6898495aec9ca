/** An element of an SVG. */
export interface SvgElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly SvgElement[];
  /** What stands in it, of a text. */
  readonly text: string;
}

interface Open {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: SvgElement[];
  text: string;
}

const PARTS = /<(\/?)([A-Za-z]+)((?:\s+[\w:-]+="[^"]*")*)\s*(\/?)>|([^<]+)/gy;
const ATTRIBUTES = /([\w:-]+)="([^"]*)"/g;
const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };

/**
 * Reads an SVG as charts are written: elements, attributes in double quotes, text; no comments, no declarations.
 *
 * @throws Error for anything else.
 */
export function readSvg(svg: string): SvgElement {
  const root: Open = { name: "", attributes: {}, children: [], text: "" };
  const stack = [root];
  let end = 0;
  for (const match of svg.matchAll(PARTS)) {
    end = match.index + match[0].length;
    const [, closing, name, attributes, alone, text] = match;
    const top = stack.at(-1)!;
    if (text !== undefined) top.text += unescaped(text);
    else if (closing === "/") stack.pop();
    else {
      const element: Open = { name: name!, attributes: attributesOf(attributes!), children: [], text: "" };
      top.children.push(element);
      if (alone !== "/") stack.push(element);
    }
  }
  const [found] = root.children;
  if (end < svg.length || stack.length !== 1 || found === undefined)
    throw new Error(`this is no SVG that can be read, from its sign ${end} on: ${svg.slice(end, end + 60)}`);
  return found;
}

function attributesOf(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(Array.from(text.matchAll(ATTRIBUTES), ([, name, value]) => [name!, unescaped(value!)]));
}

function unescaped(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([\da-fA-F]+)|(\w+));/g, (whole, decimal, hex, name) => {
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    return ENTITIES[name] ?? whole;
  });
}

import type { Pdf } from "./new-pdf.ts";
import { readColour } from "./read-colour.ts";
import { readSvg, type SvgElement } from "./read-svg.ts";

/** From the middle of a line of text to its base, in sizes of the font. */
const MIDDLE = 0.355;

type Attributes = SvgElement["attributes"];
type Named = ReadonlyMap<string, SvgElement>;

/** How wide and high an SVG is, in its pixels. */
export function sizeOfSvg(svg: string): { readonly width: number; readonly height: number } {
  const { attributes } = readSvg(svg);
  return { width: numberOf(attributes, "width", 0), height: numberOf(attributes, "height", 0) };
}

/** Draws an SVG of a chart from the origin of the page on, a pixel a unit, in the font of the document. */
export function drawSvgOn(document: Pdf, svg: string): void {
  const root = readSvg(svg);
  const named: Named = new Map(
    root.children
      .filter(({ name }) => name === "defs")
      .flatMap(({ children }) => children.map((child) => [child.attributes.id ?? "", child] as const)),
  );
  for (const child of root.children) draw(document, child, named);
}

function draw(document: Pdf, element: SvgElement, named: Named): void {
  const { name, attributes, children } = element;
  if (name === "defs" || name === "title" || name === "desc") return;
  document.save();
  if (attributes.transform !== undefined) transform(document, attributes.transform);
  if (attributes["clip-path"] !== undefined) clip(document, attributes["clip-path"], named);
  switch (name) {
    case "g":
      for (const child of children) draw(document, child, named);
      break;
    case "path":
    case "rect":
    case "polyline":
    case "polygon":
      drawShape(document, element, named);
      break;
    case "text":
      drawText(document, element);
      break;
    default:
      throw new Error(`the element <${name}> of an SVG is not known to the drawing of PDF`);
  }
  document.restore();
}

/** Rows of a transformation: (x, y) becomes (a x + c y + e, b x + d y + f). */
type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

function transform(document: Pdf, text: string): void {
  for (const matrix of matricesOf(text)) document.transform(...matrix);
}

function matricesOf(text: string): readonly Matrix[] {
  return Array.from(text.matchAll(/(\w+)\(([^)]*)\)/g), ([, name, list]) => {
    const numbers = list!.split(/[\s,]+/).map(Number);
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = numbers;
    if (name === "matrix") return [a, b, c, d, e, f];
    if (name === "translate") return [1, 0, 0, 1, a, b];
    if (name === "scale") return [a, 0, 0, numbers.length > 1 ? b : a, 0, 0];
    if (name === "rotate") return rotation((a * Math.PI) / 180, b, c);
    throw new Error(`the transformation ${name} of an SVG is not known to the drawing of PDF`);
  });
}

function rotation(angle: number, x: number, y: number): Matrix {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return [cos, sin, -sin, cos, x - cos * x + sin * y, y - sin * x - cos * y];
}

function inverse([a, b, c, d, e, f]: Matrix): Matrix {
  const size = a * d - b * c;
  return [d / size, -b / size, -c / size, a / size, (c * f - d * e) / size, (b * e - a * f) / size];
}

/** The one outline of a clipping path, which may stand elsewhere than what it clips. */
function clip(document: Pdf, link: string, named: Named): void {
  const { children } = found(link, named);
  const [shape] = children;
  if (shape === undefined || children.length > 1)
    throw new Error(`${link} clips by ${children.length} shapes; the drawing of PDF knows one`);
  const matrices = matricesOf(shape.attributes.transform ?? "");
  for (const matrix of matrices) document.transform(...matrix);
  outline(document, shape.attributes, shape.name);
  document.clip();
  for (const matrix of matrices.toReversed()) document.transform(...inverse(matrix));
}

function found(link: string, named: Named): SvgElement {
  const element = named.get(/^url\(#(.+)\)$/.exec(link)?.[1] ?? "");
  if (element === undefined) throw new Error(`${link} is nothing that the SVG holds`);
  return element;
}

/** The line through the points of a polyline, closed of a polygon. */
function lineOf(name: string, points: string): string {
  return `M${points.trim()}${name === "polygon" ? "Z" : ""}`;
}

function outline(document: Pdf, attributes: Attributes, name = "path"): void {
  if (attributes.points !== undefined) document.path(lineOf(name, attributes.points));
  else if (attributes.d !== undefined) document.path(attributes.d);
  else
    document.rect(
      ...(["x", "y", "width", "height"].map((key) => numberOf(attributes, key, 0)) as [number, number, number, number]),
    );
}

function drawShape(document: Pdf, { name, attributes }: SvgElement, named: Named): void {
  const whole = numberOf(attributes, "opacity", 1);
  const { fill: fillText = "black", stroke: strokeText = "none" } = attributes;
  const fill = fillText.startsWith("url(") ? null : readColour(fillText);
  const stroke = readColour(strokeText);
  if (fillText.startsWith("url(")) {
    // Before the outline: within one no colour may be set, and readers leave out what has one that is no plain one.
    document.fillColor(gradient(document, found(fillText, named), attributes) as unknown as string);
    outline(document, attributes, name);
    document.fill();
  } else if (fill !== null) {
    document.fillColor(fill.hex, fill.opacity * whole * numberOf(attributes, "fill-opacity", 1));
    outline(document, attributes, name);
    document.fill();
  }
  const thick = numberOf(attributes, "stroke-width", 1);
  // A line of no width is none here; in a PDF it would be as thin as can be.
  if (stroke === null || thick === 0) return;
  const dash = attributes["stroke-dasharray"];
  document.lineWidth(thick);
  document.lineCap((attributes["stroke-linecap"] ?? "butt") as "butt");
  document.lineJoin((attributes["stroke-linejoin"] ?? "miter") as "miter");
  if (dash !== undefined && dash !== "none") {
    const [length = 4, space = length] = dash.split(/[\s,]+/).map(Number);
    document.dash(length, { space });
  }
  document.strokeColor(stroke.hex, stroke.opacity * whole * numberOf(attributes, "stroke-opacity", 1));
  outline(document, attributes, name);
  document.stroke();
}

/** Along the box of what it fills: from (x1, y1) to (x2, y2), each from 0 to 1. */
function gradient(document: Pdf, { attributes, children }: SvgElement, box: Attributes) {
  const [x, y, width, height] = boxOf(box);
  const at = (key: string, usual: number): number => numberOf(attributes, key, usual);
  const made = document.linearGradient(
    x + at("x1", 0) * width,
    y + at("y1", 0) * height,
    x + at("x2", 1) * width,
    y + at("y2", 0) * height,
  );
  for (const { attributes: stop } of children) {
    const colour = readColour(stop["stop-color"] ?? "black");
    const offset = stop.offset ?? "0";
    made.stop(offset.endsWith("%") ? Number(offset.slice(0, -1)) / 100 : Number(offset), colour?.hex ?? "#000000");
  }
  return made;
}

function boxOf(attributes: Attributes): readonly [x: number, y: number, width: number, height: number] {
  const { points, d } = attributes;
  if (points !== undefined) return boxAround(pairsOf(numbersIn(points)));
  if (d === undefined)
    return ["x", "y", "width", "height"].map((key) => numberOf(attributes, key, 0)) as [number, number, number, number];
  // The last two numbers of each command are the place where it ends.
  const ends = Array.from(d.matchAll(/[A-Za-z]([^A-Za-z]+)/g), ([, list]) => numbersIn(list!).slice(-2));
  return boxAround(ends.filter((end) => end.length === 2) as unknown as readonly Pair[]);
}

type Pair = readonly [x: number, y: number];

function numbersIn(text: string): readonly number[] {
  return text
    .trim()
    .split(/[\s,]+/)
    .map(Number);
}

function pairsOf(numbers: readonly number[]): readonly Pair[] {
  return Array.from({ length: numbers.length >> 1 }, (_, k) => [numbers[2 * k]!, numbers[2 * k + 1]!]);
}

function boxAround(ends: readonly Pair[]): readonly [x: number, y: number, width: number, height: number] {
  const [xs, ys] = [ends.map(([x]) => x), ends.map(([, y]) => y)];
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  return [left, top, Math.max(...xs) - left, Math.max(...ys) - top];
}

function drawText(document: Pdf, { attributes, text }: SvgElement): void {
  const size = Number(/font-size:\s*([\d.]+)px/.exec(attributes.style ?? "")?.[1] ?? attributes["font-size"] ?? 12);
  const colour = readColour(attributes.fill ?? "black");
  if (colour === null || text.trim() === "") return;
  document.fontSize(size).fillColor(colour.hex, colour.opacity * numberOf(attributes, "fill-opacity", 1));
  const anchor = attributes["text-anchor"] ?? "start";
  const wide = document.widthOfString(text);
  const left = numberOf(attributes, "x", 0) - (anchor === "middle" ? wide / 2 : anchor === "end" ? wide : 0);
  const baseline = attributes["dominant-baseline"] ?? "alphabetic";
  const down = baseline === "central" || baseline === "middle" ? MIDDLE * size : 0;
  document.text(text, left, numberOf(attributes, "y", 0) + down, { lineBreak: false, baseline: "alphabetic" });
}

function numberOf(attributes: Attributes, key: string, usual: number): number {
  const number = Number.parseFloat(attributes[key] ?? "");
  return Number.isNaN(number) ? usual : number;
}

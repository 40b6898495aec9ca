import { CURVE_SHARES } from "./score-suite.ts";

const [WIDTH, HEIGHT] = [760, 420];
const BOX = { left: 60, right: 590, top: 20, bottom: 370 };
/** Okabe and Ito's colours, which colour-blind readers tell apart, then darker ones. */
const COLOURS = "#0072b2 #d55e00 #009e73 #cc79a7 #e69f00 #56b4e9 #000000 #7f7f7f #8c564b #17becf".split(" ");

export interface Curves {
  readonly suite: string;
  /** What the values are. */
  readonly loss: string;
  /** Each with the mean loss after each share of the budget in CURVE_SHARES. */
  readonly methods: readonly { readonly method: string; readonly curve: readonly number[] }[];
}

/** Anytime curves of all methods: mean loss over the share of the budget, on a logarithmic axis where the values allow it. */
export function curvesSvg({ suite, loss, methods }: Curves): string {
  const values = methods.flatMap(({ curve }) => curve);
  const logarithmic = values.every((value) => value > 0) && Math.max(...values) / Math.min(...values) > 4;
  const scale = logarithmic ? Math.log10 : (value: number) => value;
  const [low, high] = [scale(Math.min(...values)), scale(Math.max(...values))];
  const span = high - low || 1;
  const y = (value: number) => BOX.bottom - ((scale(value) - low) / span) * (BOX.bottom - BOX.top);
  const x = (share: number) => BOX.left + share * (BOX.right - BOX.left);
  const places = spread(methods.map(({ curve }) => y(curve.at(-1)!)));
  const lines = methods.map(({ method, curve }, i) => {
    const points = curve.map((value, k) => `${x(CURVE_SHARES[k]!).toFixed(1)},${y(value).toFixed(1)}`).join(" ");
    const colour = COLOURS[i % COLOURS.length]!;
    const label = `<text x="${BOX.right + 8}" y="${(places[i]! + 4).toFixed(1)}" fill="${colour}">${xmlText(method)}</text>`;
    return `<polyline fill="none" stroke="${colour}" stroke-width="2" points="${points}"/>${label}`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="13">`,
    `<title>${xmlText(loss)} on ${xmlText(suite)} over the share of the budget</title>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    ...ticks(low, high, logarithmic).map((value) => tick(y(value), value)),
    ...[0, 0.25, 0.5, 0.75, 1].map(
      (share) => `<text x="${x(share)}" y="${BOX.bottom + 20}" text-anchor="middle">${100 * share} %</text>`,
    ),
    `<text x="${x(0.5)}" y="${BOX.bottom + 40}" text-anchor="middle">share of the budget</text>`,
    ...lines,
    "</svg>\n",
  ].join("\n");
}

function tick(at: number, value: number): string {
  const line = `<line x1="${BOX.left}" x2="${BOX.right}" y1="${at.toFixed(1)}" y2="${at.toFixed(1)}" stroke="#ddd"/>`;
  return `${line}<text x="${BOX.left - 6}" y="${(at + 4).toFixed(1)}" text-anchor="end">${Number(value.toPrecision(2))}</text>`;
}

/** Values to mark: 1, 2, 5 and their tens on a logarithmic axis, fifths of the range otherwise. */
function ticks(low: number, high: number, logarithmic: boolean): readonly number[] {
  if (!logarithmic) return Array.from({ length: 6 }, (_, i) => low + ((high - low) * i) / 5);
  const decades = Array.from({ length: 24 }, (_, i) => 10 ** (i - 18));
  const marks = decades.flatMap((decade) => [decade, 2 * decade, 5 * decade]);
  return marks.filter((mark) => Math.log10(mark) >= low && Math.log10(mark) <= high);
}

/** Heights of labels moved apart to at least a line's height, order kept. */
function spread(heights: readonly number[]): readonly number[] {
  const moved = [...heights];
  const order = Array.from(heights.keys()).sort((a, b) => heights[a]! - heights[b]!);
  for (const [k, place] of order.entries()) {
    if (k > 0) moved[place] = Math.max(moved[place]!, moved[order[k - 1]!]! + 15);
  }
  const overflow = Math.max(0, Math.max(...moved) - BOX.bottom);
  return moved.map((height) => height - overflow);
}

function xmlText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

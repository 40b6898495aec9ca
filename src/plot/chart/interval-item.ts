import type { ItemDrawing } from "./item-drawing.ts";

const CAP = 4;

type Place = readonly [x: number, y: number];

/**
 * Draws an item of (x, mean, low, high) as an upright interval with caps, and a diamond at its mean, as far as they lie between the ends of
 * the axis: a clip would cut the caps of what stands at its first place.
 */
export function intervalItem(min: number, max: number): (params: unknown, api: ItemDrawing) => object | null {
  return (_params, api) => {
    const [mean, low, high] = [api.value(1), api.value(2), api.value(3)];
    if (high < min || low > max) return null;
    const at = (value: number): Place => api.coord([api.value(0), value]);
    const bottom = low >= min ? at(low) : null;
    const top = high <= max ? at(high) : null;
    const colour = api.visual("color");
    return {
      type: "group",
      children: [
        line(bottom ?? at(min), top ?? at(max), colour),
        ...[bottom, top].flatMap((end) => (end === null ? [] : [cap(end, colour)])),
        ...(mean < min || mean > max ? [] : [diamond(at(mean), colour)]),
      ],
    };
  };
}

function line([x1, y1]: Place, [x2, y2]: Place, colour: string): object {
  return { type: "line", shape: { x1, y1, x2, y2 }, style: { stroke: colour, lineWidth: 1.5 } };
}

function cap([x, y]: Place, colour: string): object {
  return line([x - CAP, y], [x + CAP, y], colour);
}

function diamond([x, y]: Place, colour: string): object {
  const points = [
    [x, y - CAP],
    [x + CAP, y],
    [x, y + CAP],
    [x - CAP, y],
  ];
  return { type: "polygon", shape: { points }, style: { fill: colour } };
}

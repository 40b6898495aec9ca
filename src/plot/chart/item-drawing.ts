/** What ECharts hands to the drawing of one item of a series of our own. */
export interface ItemDrawing {
  value(dimension: number): number;
  coord(place: readonly [number, number]): readonly [number, number];
  visual(name: string): string;
}

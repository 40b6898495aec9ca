import type { Trial } from "../../../trial/trial.ts";
import { columnWidths, tableLines } from "../../render/text.ts";
import { defaultColumns, isTold, type TrialField } from "../../study/trial-fields.ts";

/** Some of the trials that are wanted, and whether others follow. */
export interface ShownPage {
  readonly trials: readonly Trial[];
  readonly more: boolean;
}

/** The study whose trials they are. */
type TableStudy = Parameters<typeof defaultColumns>[0];

interface Layout {
  readonly fields: readonly TrialField[];
  readonly widths: readonly number[];
}

/**
 * Trials as the lines of one table, its headings with the first page, nothing of no trials. Columns are as wide as their widest cell: pages are read
 * twice where there are several, so that no more than one is in memory.
 */
export async function* tablePages(
  study: TableStudy,
  known: ReadonlyMap<string, TrialField>,
  pages: () => AsyncIterable<ShownPage>,
  columns: readonly TrialField[] | undefined,
  width: number,
): AsyncGenerator<{ readonly page: ShownPage; readonly lines: readonly string[] }> {
  const asked = columns ?? defaultColumns(study, known);
  let heads = true;
  const { layout, only } = await layOut(asked, pages, columns === undefined);
  const { fields, widths } = layout;
  const shape = fields.map(({ align, name }) => ({ align, title: name }));
  const rowsOf = (page: ShownPage): readonly (readonly string[])[] => cellsOf(page.trials, fields);
  for await (const page of only === null ? pages() : [only]) {
    if (page.trials.length === 0) continue;
    const titles = heads ? [shape.map(({ title }) => title)] : [];
    heads = false;
    yield { page, lines: tableLines(shape, [...titles, ...rowsOf(page)], widths, width) };
  }
}

/** The columns that are shown, and the page where there is but one. */
async function layOut(
  asked: readonly TrialField[],
  pages: () => AsyncIterable<ShownPage>,
  isDefault: boolean,
): Promise<{ readonly layout: Layout; readonly only: ShownPage | null }> {
  const told = new Set<TrialField>();
  let widths: readonly number[] = columnWidths([asked.map(({ name }) => name)]);
  let [only, count] = [null as ShownPage | null, 0];
  for await (const page of pages()) {
    only = count++ === 0 ? page : null;
    widths = columnWidths(cellsOf(page.trials, asked), widths);
    for (const field of asked) if (!isDefault || (!told.has(field) && isTold(field, page.trials))) told.add(field);
  }
  const places = asked.flatMap((field, place) => (told.has(field) ? [place] : []));
  return { layout: { fields: places.map((at) => asked[at]!), widths: places.map((at) => widths[at]!) }, only };
}

function cellsOf(trials: readonly Trial[], fields: readonly TrialField[]): readonly (readonly string[])[] {
  return trials.map((trial) => fields.map((field) => field.text(trial)));
}

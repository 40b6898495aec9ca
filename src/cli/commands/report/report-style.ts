/** How a report looks, on a screen in light and dark and on paper. */
export const REPORT_STYLE = `
:root { color-scheme: light; --text: #1f2933; --faint: #5f6b7a; --line: #e1e5ea; --ground: #ffffff; --soft: #f5f7f9; --mark: #0072b2; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2.5rem 1.5rem 4rem; max-width: 54rem; color: var(--text); background: var(--ground);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 .5rem; }
h2 { font-size: 1.15rem; margin: 2.2rem 0 .6rem; padding-top: .8rem; border-top: 1px solid var(--line); }
p { margin: 0 0 .6rem; }
.kind { color: var(--faint); text-transform: uppercase; letter-spacing: .08em; font-size: .8rem; margin: 0 0 .3rem; }
.question { font-size: 1.1rem; color: var(--faint); }
.first, .large { font-size: 1.15rem; }
.first { font-weight: 600; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .35rem .9rem .35rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
thead th { color: var(--faint); font-weight: 500; }
tbody th { font-weight: 500; }
figure { margin: 0 0 1.4rem; }
figure img { width: 100%; height: auto; display: block; }
figcaption { color: var(--faint); font-size: .95rem; }
pre { background: var(--soft); border: 1px solid var(--line); border-radius: 4px; padding: .6rem .8rem; margin: .4rem 0;
  font: .85rem/1.5 ui-monospace, "DejaVu Sans Mono", monospace; white-space: pre-wrap; }
li { margin-bottom: .5rem; }
footer { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--line); color: var(--faint); font-size: .8rem; }
@media print {
  @page { margin: 16mm; }
  body { padding: 0; max-width: none; font-size: 10.5pt; }
  section, figure, table, pre, li { break-inside: avoid; }
  h2 { break-after: avoid; }
}
`;

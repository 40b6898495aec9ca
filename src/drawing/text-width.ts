/** Widths of the signs from the space to the tilde in DejaVu Sans, in thousandths of the size. */
const WIDTHS =
  "318 401 460 838 636 950 780 275 390 390 500 838 318 361 318 337 636 636 636 636 636 636 636 636 " +
  "636 636 337 337 838 838 838 531 1000 684 686 698 770 632 575 775 752 295 295 656 557 863 748 787 " +
  "603 787 695 635 611 732 684 989 685 611 685 390 337 390 838 500 500 613 635 550 635 615 352 635 " +
  "634 278 278 579 278 974 634 612 635 635 411 521 392 634 592 818 592 592 525 636 337 636 838 ";

const ADVANCES = WIDTHS.trim().split(" ").map(Number);
/** Of all others: most are narrower, those of ideograms as wide as high. */
const OTHER = 640;
const WIDE = 1000;

/** How wide a text is in the font that is shipped, in pixels at a size in pixels. */
export function textWidth(text: string, size: number): number {
  let sum = 0;
  for (const sign of text) {
    const code = sign.codePointAt(0)!;
    sum += ADVANCES[code - 32] ?? (code >= 0x2e80 ? WIDE : OTHER);
  }
  return (sum * size) / 1000;
}

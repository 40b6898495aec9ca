/**
 * Bundles an entry, or the text of a module that stands for it, for browsers. Answers the code (unless it goes to `outfile`) and the
 * files that are in it.
 */
export function bundleForBrowser(options: {
  readonly entry: string;
  readonly contents?: string;
  readonly outfile?: string;
  readonly minify?: boolean;
}): Promise<{ readonly code: string; readonly inputs: readonly string[] }>;

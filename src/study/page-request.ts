/** Variable of the environment that hands a {@link PageRequest} to the process that serves the page. */
export const PAGE_REQUEST = "ATTUNE_PAGE_REQUEST";

/** What is to be shown, as JSON. */
export interface PageRequest {
  readonly location: string;
  /** What is shown first. */
  readonly study: string;
  /** Whether a browser is opened, where there is a screen. */
  readonly open: boolean;
  /** A free one where this one is in use. */
  readonly port: number;
}

/** What the process that serves the page says once it does, as a line of JSON. */
export interface PageTold {
  readonly address: string;
  /** The same with a code that is good once. */
  readonly link: string;
}

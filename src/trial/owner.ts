/** Names one process beyond reuse of its id: which boot of which machine, which pid namespace, which start. */
export interface ProcessIdentity {
  readonly boot: string;
  readonly namespace: string;
  readonly pid: number;
  /** Start time as the system tells it (ticks since boot on Linux). */
  readonly started: string;
}

/**
 * Who may write to an attempt. *leased*: holds `token` while its process lives (same namespace) or its lease is renewed;
 * *detached*: whoever shows `token`, no expiry; *foreign*: another tool's protocol, by compare-and-set on the state.
 */
export type Owner =
  | {
      readonly kind: "leased";
      readonly token: string;
      readonly process: ProcessIdentity | null;
      readonly worker: string;
    }
  | { readonly kind: "detached"; readonly token: string }
  | { readonly kind: "foreign"; readonly token: string; readonly source: string };

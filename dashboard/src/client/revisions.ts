import { named, tellKnown } from "./call.ts";
import { readEvents } from "./event-text.ts";
import { severalStorages, studyRef } from "./storages.ts";

/** Revisions of all studies by name; null of one that was deleted. */
type Revisions = Readonly<Record<string, number | null>>;

interface RevisionTold {
  readonly storage?: string;
  readonly study: string;
  readonly revision: number | null;
}

type Said =
  | { readonly type: "hello" }
  | { readonly type: "revisions"; readonly revisions: Revisions }
  | { readonly type: "line"; readonly open: boolean };

const CHANNEL = "attune-revisions";
const LOCK = "attune-revisions";
const RETRY_MS = 2_000;

/**
 * Hears of changes of studies, by one stream of events for all tabs of the browser: the tab that holds a lock reads it and tells the others,
 * and when it is closed the next one does. With six streams open, a seventh tab of a browser would not even load.
 */
export class RevisionFeed {
  readonly #channel = new BroadcastChannel(CHANNEL);
  readonly #listeners = new Set<(changed: readonly string[]) => void>();
  readonly #lines = new Set<() => void>();
  readonly #known = new Map<string, number | null>();
  #open = true;
  #leads = false;

  constructor() {
    this.#channel.addEventListener("message", ({ data }: MessageEvent<Said>) => this.#hear(data));
  }

  /** Begins to hear, for as long as the page is there. */
  start(): void {
    this.#channel.postMessage({ type: "hello" } satisfies Said);
    // Without locks (an address that is no loopback and has no TLS) each tab has a stream of its own.
    if (navigator.locks === undefined) void this.#lead();
    else void navigator.locks.request(LOCK, async () => await this.#lead());
  }

  /** Whether this tab is the one that reads the stream. */
  get leads(): boolean {
    return this.#leads;
  }

  /** Whether the stream is open, in this tab or another one. */
  get isOpen(): boolean {
    return this.#open;
  }

  revisionOf(study: string): number | null {
    return this.#known.get(study) ?? null;
  }

  /** Told of studies that changed. Answers what ends that. */
  onChange(listener: (changed: readonly string[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Told whenever the stream opens or ends. Answers what ends that. */
  onLine(listener: () => void): () => void {
    this.#lines.add(listener);
    return () => this.#lines.delete(listener);
  }

  #hear(said: Said): void {
    if (said.type === "hello") {
      if (!this.#leads) return;
      this.#say({ type: "revisions", revisions: Object.fromEntries(this.#known) });
      this.#say({ type: "line", open: this.#open });
    } else if (said.type === "line") this.#setOpen(said.open);
    else this.#learn(said.revisions);
  }

  #say(said: Said): void {
    this.#channel.postMessage(said);
  }

  #learn(revisions: Revisions): void {
    const changed: string[] = [];
    for (const [study, revision] of Object.entries(revisions)) {
      if (this.#known.get(study) === revision) continue;
      this.#known.set(study, revision);
      changed.push(study);
    }
    if (changed.length > 0) for (const listener of this.#listeners) listener(changed);
  }

  #setOpen(open: boolean): void {
    if (this.#open === open) return;
    this.#open = open;
    for (const listener of this.#lines) listener();
  }

  async #lead(): Promise<void> {
    this.#leads = true;
    for (;;) {
      await this.#read().catch(() => undefined);
      this.#setOpen(false);
      this.#say({ type: "line", open: false });
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }

  async #read(): Promise<void> {
    const isOfAll = severalStorages().length > 0;
    const answer = await fetch(isOfAll ? "v1/events?storages=all" : "v1/events", { headers: named() });
    if (answer.status === 401) tellKnown(false);
    if (!answer.ok || answer.body === null) return;
    this.#setOpen(true);
    this.#say({ type: "line", open: true });
    for await (const { event, data } of readEvents(answer.body)) {
      if (event !== "study") continue;
      const { storage = null, study, revision } = JSON.parse(data) as RevisionTold;
      const revisions = { [studyRef(isOfAll ? storage : null, study)]: revision };
      this.#learn(revisions);
      this.#say({ type: "revisions", revisions });
    }
  }
}

/** The feed of this page. */
export const feed = new RevisionFeed();

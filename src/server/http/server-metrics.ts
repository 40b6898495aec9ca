import type { Storage } from "../../storage/storage.ts";

/** Counts what a server does, for Prometheus (its text format, version 0.0.4). */
export class ServerMetrics {
  readonly #operations = new Map<string, { readonly byStatus: Map<number, number>; seconds: number }>();
  streams = 0;

  /** A request was answered, after so many seconds. */
  answered(operation: string, status: number, seconds: number): void {
    const counts = this.#operations.get(operation) ?? { byStatus: new Map<number, number>(), seconds: 0 };
    this.#operations.set(operation, counts);
    counts.byStatus.set(status, (counts.byStatus.get(status) ?? 0) + 1);
    counts.seconds += seconds;
  }

  /** All of them as text, with those of the studies in a storage. */
  async text(storage: Storage): Promise<string> {
    const studies = (await storage.overview()).filter(({ parts }) => parts !== null);
    const ofStudies = (read: (parts: NonNullable<(typeof studies)[number]["parts"]>) => number) =>
      studies.map(({ name, parts }) => [`study="${escaped(name)}"`, read(parts!)] as const);
    const operations = [...this.#operations].map(([name, counts]) => ({ label: `operation="${name}"`, ...counts }));
    const requests = operations.flatMap(({ label, byStatus }) =>
      [...byStatus].map(([status, count]) => [`${label},status="${status}"`, count] as const),
    );
    const seconds = operations.map((one) => [one.label, one.seconds] as const);
    return [
      family("attune_requests_total", "counter", "Requests answered.", requests),
      family("attune_request_seconds_total", "counter", "Time that answers took.", seconds),
      family("attune_event_streams", "gauge", "Streams of events that are open.", [["", this.streams]]),
      family("attune_studies", "gauge", "Studies in the storage.", [["", studies.length]]),
      family(
        "attune_study_trials",
        "gauge",
        "Trials of a study.",
        ofStudies(({ trials }) => trials),
      ),
      family(
        "attune_study_trials_spent",
        "gauge",
        "Trials that the budget was spent on.",
        ofStudies(({ trialsSpent }) => trialsSpent),
      ),
      family("process_resident_memory_bytes", "gauge", "Memory of the server.", [["", process.memoryUsage.rss()]]),
      family("process_uptime_seconds", "gauge", "How long the server runs.", [["", process.uptime()]]),
    ].join("");
  }
}

function family(name: string, type: string, help: string, values: readonly (readonly [string, number])[]): string {
  const lines = values.map(([labels, value]) => `${name}${labels === "" ? "" : `{${labels}}`} ${value}\n`);
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join("")}`;
}

function escaped(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}

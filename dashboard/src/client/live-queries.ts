import { QueryClient, type QueryKey } from "@tanstack/react-query";
import { Refusal } from "./call.ts";
import { feed } from "./revisions.ts";

/** Ms between two looks at what changed; and how many times as long as a look took the next one waits. */
const PACE_MS = 1_000;
const REST = 4;
const RETRIES = 3;

/** When the last look of each kind ended, and how long it took in ms. */
const looks = new Map<string, { readonly end: number; readonly ms: number }>();

/** Does a look and remembers what it took. */
export async function took<T>(key: QueryKey, look: () => Promise<T>): Promise<T> {
  const begun = performance.now();
  try {
    return await look();
  } finally {
    const end = performance.now();
    looks.set(JSON.stringify(key), { end, ms: end - begun });
  }
}

/** The answers of the server that views show. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // A change of the study tells when an answer is old.
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 60_000,
      refetchOnWindowFocus: false,
      retry: (failures, error) => error instanceof Refusal && error.status === 0 && failures < RETRIES,
    },
  },
});

/** Studies with changes that views do not show yet. */
const changed = new Set<string>();
let timer: ReturnType<typeof setTimeout> | null = null;

/** Has views look again at studies that changed: at a pace, as long as somebody sees them. */
export function startLiveQueries(): void {
  feed.onChange((studies) => {
    for (const study of studies) changed.add(study);
    plan();
  });
  document.addEventListener("visibilitychange", plan);
  feed.onLine(() => {
    if (feed.isOpen) for (const query of queries.getQueryCache().getAll()) changed.add(studyOf(query.queryKey));
    plan();
  });
}

function plan(): void {
  if (timer === null && changed.size > 0 && !document.hidden) timer = setTimeout(lookAgain, PACE_MS);
}

function lookAgain(): void {
  timer = null;
  const now = performance.now();
  const late = new Set<string>();
  void queries.invalidateQueries(
    {
      predicate: (query) => {
        const { queryKey, state } = query;
        const study = studyOf(queryKey);
        if (study === ALL ? changed.size === 0 : !changed.has(study)) return false;
        const look = looks.get(JSON.stringify(queryKey));
        const isEarly = look !== undefined && now - look.end < look.ms * REST;
        if (state.fetchStatus !== "fetching" && !isEarly) return true;
        if (query.isActive()) late.add(study);
        return false;
      },
    },
    { cancelRefetch: false },
  );
  changed.clear();
  for (const study of late) changed.add(study);
  plan();
}

/** Queries about no one study are old whenever any changes. */
const ALL = "";

function studyOf([, input]: QueryKey): string {
  return (input as { readonly study?: string } | undefined)?.study ?? ALL;
}

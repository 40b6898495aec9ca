import { createHashHistory, createRootRoute, createRoute, createRouter } from "@tanstack/react-router";
import { Shell } from "./shell.tsx";
import { StudiesPage } from "./studies-page.tsx";
import { StudyOverview } from "./study/overview.tsx";
import { StudyFrame } from "./study/study-frame.tsx";
import { TrialPage } from "./trial/trial-page.tsx";
import { readTrialsSearch, TrialsPage } from "./trials/trials-page.tsx";

const root = createRootRoute({ component: Shell });

const studies = createRoute({
  getParentRoute: () => root,
  path: "/",
  component: StudiesPage,
  validateSearch: ({ search }: Record<string, unknown>): { search?: string } =>
    typeof search === "string" && search !== "" ? { search } : {},
});

const study = createRoute({ getParentRoute: () => root, path: "/studies/$study", component: StudyFrame });
const overview = createRoute({ getParentRoute: () => study, path: "/", component: StudyOverview });
const trials = createRoute({
  getParentRoute: () => study,
  path: "/trials",
  component: TrialsPage,
  validateSearch: readTrialsSearch,
});
const trial = createRoute({ getParentRoute: () => study, path: "/trials/$trial", component: TrialPage });

/** Every view is an address: all of it stands behind the `#`, which browsers send nowhere. */
export const router = createRouter({
  routeTree: root.addChildren([studies, study.addChildren([overview, trials, trial])]),
  history: createHashHistory(),
  scrollRestoration: false,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}

import { createHashHistory, createRootRoute, createRoute, createRouter } from "@tanstack/react-router";
import { CompareStudies, readCompareSearch } from "./compare/compare-studies.tsx";
import { CompareTrials, readCompareTrials } from "./compare/compare-trials.tsx";
import { Shell } from "./shell.tsx";
import { NewStudyPage } from "./space/new-study-page.tsx";
import { SpacePage } from "./space/space-page.tsx";
import { StudiesPage } from "./studies-page.tsx";
import { FigurePage, FiguresPage, readFigureSearch } from "./study/figures-page.tsx";
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
const compare = createRoute({
  getParentRoute: () => root,
  path: "/compare",
  component: CompareStudies,
  validateSearch: readCompareSearch,
});
const figures = createRoute({ getParentRoute: () => study, path: "/figures", component: FiguresPage });
const figure = createRoute({
  getParentRoute: () => study,
  path: "/figures/$figure",
  component: FigurePage,
  validateSearch: readFigureSearch,
});
const beside = createRoute({
  getParentRoute: () => study,
  path: "/compare",
  component: CompareTrials,
  validateSearch: readCompareTrials,
});
const made = createRoute({ getParentRoute: () => root, path: "/new", component: NewStudyPage });
const space = createRoute({ getParentRoute: () => study, path: "/space", component: SpacePage });
const trial = createRoute({ getParentRoute: () => study, path: "/trials/$trial", component: TrialPage });

/** Every view is an address: all of it stands behind the `#`, which browsers send nowhere. */
export const router = createRouter({
  routeTree: root.addChildren([
    studies,
    made,
    compare,
    study.addChildren([overview, trials, trial, figures, figure, beside, space]),
  ]),
  history: createHashHistory(),
  scrollRestoration: false,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}

import { useParams } from "@tanstack/react-router";
import { lazy, type ReactElement, Suspense } from "react";
import { useCall } from "../../client/use-call.ts";
import { useTitle } from "../../widgets/use-title.ts";

const SpaceEditor = lazy(async () => ({ default: (await import("./space-editor.tsx")).SpaceEditor }));

/** The space of a study, to look at and to change. */
export function SpacePage(): ReactElement | null {
  const { study: name } = useParams({ from: "/studies/$study" });
  useTitle(`Space of ${name}`);
  const { data: study } = useCall("study", { study: name });
  if (study === undefined) return null;
  return (
    <Suspense fallback={<p>One moment…</p>}>
      <SpaceEditor key={study.spaceVersion} study={study} />
    </Suspense>
  );
}

import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { learnStorages } from "./client/learn-storages.ts";
import { queries, startLiveQueries } from "./client/live-queries.ts";
import { feed } from "./client/revisions.ts";
import { beginSession, secretOf } from "./client/session.ts";
import { allowEmptyMarkup } from "./client/trusted-markup.ts";
import { Entrance } from "./views/entrance.tsx";
import { router } from "./views/router.tsx";
import { applyTheme } from "./widgets/theme.ts";

allowEmptyMarkup();
applyTheme();
await beginSession();

const root = createRoot(document.getElementById("root")!);
const show = async (): Promise<void> => {
  await learnStorages();
  feed.start();
  startLiveQueries();
  root.render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </StrictMode>,
  );
};
if (secretOf() === null) root.render(<Entrance onKnown={() => void show()} />);
else await show();

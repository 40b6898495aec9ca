import { jsonText } from "../../../record/json-text.ts";
import { watchParent } from "../../../server/stdio/parent-watch.ts";
import { openStorageToLook } from "../../../storage/registry.ts";
import { findStudy } from "../../../study/find-study.ts";
import type { PageRequest, PageTold } from "../../../study/page-request.ts";
import type { CliContext } from "../../context.ts";
import { openPage } from "./open-page.ts";
import { fromElsewhere, tellLinks } from "./serve-http.ts";
import { type HttpServer, signalled, startHttp } from "./start-http.ts";

interface UiSetup {
  readonly study: string | null;
  readonly port: number;
  readonly open: boolean;
  readonly allowCommands: boolean;
}

const DAY_MS = 86_400_000;
const GOOD = "once, within a day";
const HOST = "127.0.0.1";
/** The server beside a process that is gone stays for as long as somebody looks, and so long after. */
const LINGER_MS = 60_000;
const LOOK_MS = 2_000;

/** Shows the page of storages until a signal ends it; a study is one of the first. */
export async function showUi(
  locations: readonly [string, ...string[]],
  setup: UiSetup,
  { output }: CliContext,
): Promise<void> {
  const view = await viewOf(locations[0], setup.study);
  const { port, allowCommands } = setup;
  const server = await startHttp(locations, { host: HOST, port, otherPort: true, basePath: "", allowCommands }, output);
  try {
    output.err(`showing ${locations.join(", ")} at ${server.address} (Ctrl-C ends it)`);
    output.err(fromElsewhere(server.port));
    const link = (): string => server.link(view, DAY_MS);
    const closePage =
      setup.open && hasScreen()
        ? openPage(link(), (why) => output.err(`attune: the page was not opened: ${why}.`))
        : () => undefined;
    const untold = tellLinks(link, GOOD, output);
    await signalled();
    untold();
    closePage();
  } finally {
    await server.close();
  }
}

/** The same for a process that asked for it: says the address on standard output as a line of JSON, and ends some time after that process. */
export async function showUiBeside(asked: PageRequest, { output }: CliContext): Promise<void> {
  const { location, study, open, port } = asked;
  const server = await startHttp([location], { host: HOST, port, otherPort: true, basePath: "" }, output);
  const lookout = lookOut(server);
  try {
    const view = viewAt(study);
    const told: PageTold = { address: server.address, link: server.link(view, DAY_MS) };
    output.out(jsonText({ ...told }), "exact");
    if (open && hasScreen()) openPage(server.link(view, DAY_MS), () => undefined);
    await Promise.race([signalled(), lookout.isOver]);
  } finally {
    lookout.end();
    await server.close();
  }
}

/** A look-out for the time when nobody needs a page any more. */
interface Lookout {
  /** Resolves once whoever asked is gone, and nobody has looked for a while. */
  readonly isOver: Promise<void>;
  /** Ends it: it would keep the process alive. */
  readonly end: () => void;
}

function lookOut(server: HttpServer): Lookout {
  const over = Promise.withResolvers<void>();
  let isAlone = false;
  let since = Date.now();
  const unwatch = watchParent(() => {
    isAlone = true;
    since = Date.now();
  });
  const timer = setInterval(() => {
    if (server.streams > 0) since = Date.now();
    if (isAlone && Date.now() - since >= LINGER_MS) over.resolve();
  }, LOOK_MS);
  const end = (): void => {
    clearInterval(timer);
    unwatch();
  };
  return { isOver: over.promise, end };
}

/** @throws AttuneError `unknown-study` naming the nearest there is. */
async function viewOf(location: string, study: string | null): Promise<string | undefined> {
  if (study === null) return undefined;
  const storage = await openStorageToLook(location);
  try {
    return viewAt((await findStudy(storage, study)).name);
  } finally {
    await storage.close();
  }
}

function viewAt(study: string): string {
  return `/studies/${encodeURIComponent(study)}`;
}

/** Whether a browser could show itself here. */
function hasScreen(): boolean {
  if (process.platform === "darwin" || process.platform === "win32") return true;
  return (process.env.DISPLAY ?? "") !== "" || (process.env.WAYLAND_DISPLAY ?? "") !== "";
}

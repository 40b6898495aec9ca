/** A bare server of hono that answers what it was sent; prints where. */
import { serve } from "@hono/node-server";
import { Hono } from "hono";

const app = new Hono();
app.post("/v1/studies", async (context) => context.json(await context.req.json()));
serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, ({ port }) => process.stdout.write(`127.0.0.1:${port}\n`));
process.once("SIGTERM", () => process.exit(0));

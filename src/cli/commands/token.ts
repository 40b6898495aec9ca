import { resolve } from "node:path";
import type { Command } from "commander";
import { AttuneError } from "../../errors.ts";
import type { CliContext } from "../context.ts";
import { renderTable } from "../render/text.ts";
import { DeclaredOption, storageOption } from "../settings/table.ts";
import { storageLocation } from "../study/storage-location.ts";

interface TokenOptions {
  readonly storage?: string;
  readonly tokens?: string;
  readonly json?: boolean;
}

/** As the server has them; not loaded for the help. */
const ROLES = ["reader", "operator", "admin"] as const;

const HELP = `
A token lets a program or person use attune serve: a reader looks, an operator works with studies (ask, tell, enqueue, create),
an admin may say what is run too, where the server allows that. It is printed once; only its hash is kept, in a file
beside the storage. A revoked one is refused at once.

Examples:
  attune token create ci --role operator
  attune token list
  attune token revoke ci`;

/** `attune token`: who may use a server. */
export function configure(command: Command, context: CliContext): void {
  command.usage("create NAME|list|revoke NAME [options]").addHelpText("after", HELP);
  withPlace(
    command.command("create").description("Makes a token, and prints it, once.").argument("<name>", "whose it is"),
  )
    .addOption(new DeclaredOption("--role <role>", "reader, operator or admin", { words: ROLES }).default("operator"))
    .action(async (name: string, options: TokenOptions & { readonly role: string }) => {
      const role = ROLES.find((known) => known === options.role);
      if (role === undefined)
        throw new AttuneError("invalid-argument", `--role is "${options.role}"; give one of ${ROLES.join(", ")}.`);
      const file = await tokenFile(options, context);
      context.output.out(file.create(name, role, new Date()), "with-secrets");
      context.output.err(
        `token ${name} (${role}) made; it is not shown again. Send it as: Authorization: Bearer TOKEN`,
      );
    });
  withPlace(command.command("list").description("The tokens there are, without what they are."))
    .option("--json", "print one JSON object a line: name, role, createdAt")
    .action(async (options: TokenOptions) => {
      const { jsonText } = await import("../../record/json-text.ts");
      const tokens = (await tokenFile(options, context)).list();
      const { output } = context;
      if (options.json)
        for (const { name, role, createdAt } of tokens) output.out(jsonText({ name, role, createdAt }), "exact");
      else if (tokens.length === 0) output.err("There is no token yet. Make one with attune token create NAME.");
      else {
        const rows = tokens.map(({ name, role, createdAt }) => [name, role, createdAt.slice(0, 16).replace("T", " ")]);
        for (const line of renderTable(COLUMNS, rows, output.outWidth)) output.out(line);
      }
    });
  withPlace(command.command("revoke").description("Takes a token back.").argument("<name>", "whose it is")).action(
    async (name: string, options: TokenOptions) => {
      (await tokenFile(options, context)).revoke(name);
      context.output.err(`token ${name} is refused from now on`);
    },
  );
}

const COLUMNS = [
  { title: "token", align: "left" },
  { title: "role", align: "left" },
  { title: "created (UTC)", align: "left" },
] as const;

function withPlace(command: Command): Command {
  return command
    .addOption(storageOption())
    .option("--tokens <file>", "where tokens are kept (default: beside the storage)");
}

async function tokenFile({ storage, tokens }: TokenOptions, { environment }: CliContext) {
  const [{ TokenFile }, { tokensFile }] = await Promise.all([
    import("../../server/auth/token-file.ts"),
    import("../../record/study-files.ts"),
  ]);
  const location = storageLocation(storage, environment);
  const path = tokens ?? tokensFile(location);
  if (path === null)
    throw new AttuneError(
      "invalid-argument",
      `Nothing is kept beside the storage ${location}; say where, with --tokens FILE.`,
    );
  return new TokenFile(resolve(path));
}

import { PAGE_SCRIPT } from "./page-script.ts";
import { PAGE_STYLE } from "./page-style.ts";

/** A file of the page that browsers show. */
export interface PageFile {
  readonly type: string;
  readonly text: string;
}

const HTML = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Attune</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="page.css">
<script type="module" src="page.js"></script>
</head>
<body>
<h1>Attune</h1>
<p id="said" role="status">One moment…</p>
<form id="enter" hidden>
<label for="token">Token</label>
<input id="token" type="password" autocomplete="off" required>
<button>Show the studies</button>
</form>
<table id="studies" hidden>
<thead><tr><th>study</th><th>goal</th><th>sampler</th><th class="number">trials</th><th>created</th></tr></thead>
<tbody></tbody>
</table>
</body>
</html>
`;

/** The page by path: the studies of the storage, as they are. Nothing in it stands in line, so that no script of others ever runs. */
export const PAGE_FILES: Readonly<Record<string, PageFile>> = {
  "/": { type: "text/html; charset=utf-8", text: HTML },
  "/page.js": { type: "text/javascript; charset=utf-8", text: PAGE_SCRIPT },
  "/page.css": { type: "text/css; charset=utf-8", text: PAGE_STYLE },
};

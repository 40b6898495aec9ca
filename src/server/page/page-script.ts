/**
 * The page's script. The code of the address is exchanged for a secret, which is kept for this tab and this port alone and sent in a header:
 * a cookie would go to every other port of the machine. All that is shown is text.
 */
export const PAGE_SCRIPT = `
const KEY = "attune-secret";
const LOOK_MS = 5000;
const element = (id) => document.getElementById(id);
const say = (text) => { element("said").textContent = text; };

async function exchanged() {
  const code = new URLSearchParams(location.hash.slice(1)).get("code");
  if (code === null) return;
  history.replaceState(null, "", location.pathname + location.search);
  const answer = await fetch("v1/session", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ code }),
  });
  if (answer.ok) sessionStorage.setItem(KEY, (await answer.json()).secret);
}

async function studies() {
  const found = [];
  let after = null;
  do {
    const query = new URLSearchParams({ limit: "1000", ...(after !== null && { after }) });
    const answer = await fetch("v1/studies?" + query, { headers: { authorization: "Bearer " + sessionStorage.getItem(KEY) } });
    if (answer.status === 401) return null;
    const told = await answer.json();
    if (!answer.ok) throw new Error(told.detail);
    found.push(...told.studies);
    after = told.next;
  } while (after !== null);
  return found;
}

function row({ name, metrics, sampler, trials, createdAt, damage, paused }) {
  const goal = damage ?? metrics.map((metric) => metric.direction + " " + metric.name).join(", ");
  const cells = [paused ? name + " (paused)" : name, goal, sampler ?? "", String(trials), createdAt.slice(0, 16).replace("T", " ")];
  const line = document.createElement("tr");
  for (const [place, text] of cells.entries()) {
    const cell = document.createElement("td");
    cell.textContent = text;
    if (place === 3) cell.className = "number";
    line.append(cell);
  }
  return line;
}

async function look() {
  if (sessionStorage.getItem(KEY) === null) return enter("Open the address that the server says, or give a token.");
  try {
    const found = await studies();
    if (found === null) return enter("The secret of this page is not known any more: open the address that the server says anew, or give a token.");
    element("enter").hidden = true;
    element("studies").hidden = found.length === 0;
    document.querySelector("#studies tbody").replaceChildren(...found.map(row));
    say(found.length === 0 ? "There is no study yet. They come here once a run begins one." : "");
  } catch (error) {
    say("The server does not answer: " + error.message);
  }
  setTimeout(look, LOOK_MS);
}

function enter(text) {
  sessionStorage.removeItem(KEY);
  element("studies").hidden = true;
  element("enter").hidden = false;
  say(text);
}

element("enter").addEventListener("submit", (event) => {
  event.preventDefault();
  sessionStorage.setItem(KEY, element("token").value.trim());
  element("token").value = "";
  void look();
});
await exchanged();
await look();
`;

"use strict";
// The explorer: rows of words, labels or speakers against outlets; each mark is a link to its sentences.
const explorer = document.getElementById("explorer");
const KINDS = { word: "Words", label: "Labels", speaker: "Speakers" };
const ROWS = 20;
const FEW = 8; // outlets in alphabetical order; of more, those with most text come first

function tallied(question) {
  const rows = new Map();
  const words = outletNames.map(() => 0);
  const count = (key, row, outlet) => {
    if (!rows.has(key)) rows.set(key, { ...row, counts: outletNames.map(() => 0) });
    rows.get(key).counts[outlet] += 1;
  };
  for (const article of articles.filter((one) => fits(question, one))) {
    const body = article.body;
    for (const passage of body.passages) {
      if (!fitsPassage(question, passage)) continue;
      words[article.outlet] += passage.end - passage.start;
      if (question.kind === "speaker" && passage.speaker >= 0) count(passage.speaker, { name: speakerNames[passage.speaker] }, article.outlet);
    }
    if (question.kind === "speaker") continue;
    for (const mark of body.marks) {
      const thing = things[mark.thing];
      if (thing.kind === question.kind && fitsPassage(question, passageAt(body, mark.start))) count(mark.thing, thing, article.outlet);
    }
  }
  return { rows: [...rows.values()].map((row) => ({ ...row, total: row.counts.reduce((a, b) => a + b, 0) })), words };
}

// How far the counts lie from what the outlets' amounts of text would give (Dunning 1993).
function unevenness(counts, words) {
  const [n, all] = [counts, words].map((numbers) => numbers.reduce((a, b) => a + b, 0));
  return counts.reduce((sum, count, i) => sum + (count ? 2 * count * Math.log((count * all) / (n * words[i])) : 0), 0);
}

function matrix() {
  const form = explorer.querySelector("form");
  const question = Object.fromEntries([...new FormData(form)].filter(([, value]) => value));
  const { rows, words } = tallied(question);
  const uneven = question.order === "uneven";
  for (const row of rows) row.rank = uneven ? unevenness(row.counts, words) : row.total;
  rows.sort((a, b) => b.rank - a.rank || (a.name < b.name ? -1 : 1));
  const most = Number(explorer.dataset.rows || ROWS);
  const top = rows.slice(0, most);
  const columns = outletNames.map((name, i) => i).filter((i) => !question.outlet || outletNames[i] === question.outlet);
  if (columns.length > FEW) columns.sort((a, b) => words[b] - words[a] || a - b);
  const share = (row, i) => (words[i] ? row.counts[i] / words[i] : 0);
  const largest = Math.max(...top.flatMap((row) => columns.map((i) => share(row, i))), 1e-12);
  const head = element("tr", {}, element("th", { scope: "col" }, KINDS[question.kind].replace(/s$/, "")), ...columns.map((i) => element("th", { scope: "col", dir: "auto" }, outletNames[i])), element("th", { scope: "col" }, "all"));
  const { voice, speaker, from, until } = question;
  const cell = (row, i) => {
    const count = i < 0 ? row.total : row.counts[i];
    if (!count) return element("td", { class: "none" }, "–");
    const outlet = i < 0 ? question.outlet : outletNames[i];
    const target = address("places", { kind: question.kind, name: row.name, group: row.group, outlet, voice, speaker, from, until });
    const link = element("a", { href: target, "aria-label": `${row.name}, ${outlet || "all outlets"}: ${count}` }, String(count));
    if (i >= 0) {
      const dot = element("i", { "aria-hidden": "true" });
      dot.style.setProperty("--size", Math.sqrt(share(row, i) / largest).toFixed(3));
      link.prepend(dot);
    }
    return element("td", {}, link);
  };
  const lines = top.map((row) => element("tr", {}, element("th", { scope: "row", dir: "auto" }, row.name, ...(row.group ? [element("small", {}, ` ${row.group}`)] : [])), ...columns.map((i) => cell(row, i)), cell(row, -1)));
  const table = explorer.querySelector("table");
  table.replaceChildren(element("thead", {}, head), element("tbody", {}, ...lines));
  const what = KINDS[question.kind].toLowerCase();
  explorer.querySelector("[role=status]").textContent = rows.length ? `${top.length} of ${rows.length} ${what}. A dot’s area is the share of the outlet’s text.` : `No ${what} with these choices.`;
  explorer.querySelector("[data-do=rows]").hidden = rows.length <= most;
}

if (explorer) {
  const form = explorer.querySelector("form");
  for (const [name, names] of [["outlet", outletNames], ["speaker", speakerNames.slice(0, 200)]]) {
    form.elements[name].append(...names.map((one) => element("option", { value: one }, one)));
  }
  form.addEventListener("input", matrix);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const name = form.elements.find.value.trim();
    if (name) go(address("places", { kind: "text", name }));
  });
  explorer.querySelector("[data-do=rows]").addEventListener("click", () => {
    explorer.dataset.rows = Number(explorer.dataset.rows || ROWS) + 2 * ROWS;
    matrix();
  });
  matrix();
}

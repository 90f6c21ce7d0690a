"use strict";
// The explorer: rows of words, labels, roles in clauses or speakers against outlets; each mark is a link to its sentences.
const explorer = document.getElementById("explorer");
const KINDS = { word: "words", label: "labels", clause: "roles", speaker: "speakers" };
const ROWS = 20;
const FEW = 8; // outlets in alphabetical order; of more, those with most text come first

const isShown = (thing, question) => (question.kind === "clause" ? thing.kind in ROLES : thing.kind === question.kind) && (!question.group || thing.group === question.group);

// The row that a thing is counted in: of clauses the actor's role, or, where an actor was chosen, the verb too.
function rowOf(thing, question) {
  if (question.kind !== "clause") return { name: thing.name, beside: thing.group, asked: thing };
  const { kind, group, name } = thing;
  if (question.group) return { name, beside: ROLES[kind], asked: thing };
  return { name: group, beside: ROLES[kind], asked: { kind, group } };
}

function counted(question) {
  const rows = new Map();
  const words = outletNames.map(() => 0);
  const bySpeaker = question.kind === "speaker";
  const row = things.map((thing) => !bySpeaker && isShown(thing, question) && rowOf(thing, question));
  const count = (made, outlet, n) => {
    const key = JSON.stringify(made);
    if (!rows.has(key)) rows.set(key, { ...made, counts: outletNames.map(() => 0) });
    rows.get(key).counts[outlet] += n;
  };
  for (const article of articles.filter((one) => fits(question, one))) {
    const [said, found] = tallyOf(article);
    for (let i = 0; i < said.length; i += 3) {
      const passage = spoken(said[i]);
      if (!fitsPassage(question, passage)) continue;
      words[article.outlet] += said[i + 2];
      const name = speakerNames[passage.speaker];
      if (bySpeaker && name) count({ name, asked: { kind: "speaker", name } }, article.outlet, said[i + 1]);
    }
    for (let i = 0; i < found.length; i += 3) {
      if (row[found[i]] && fitsPassage(question, spoken(found[i + 1]))) count(row[found[i]], article.outlet, found[i + 2]);
    }
  }
  return { rows: [...rows.values()].map((one) => ({ ...one, total: one.counts.reduce((a, b) => a + b, 0) })), words };
}

// How far the counts lie from what the outlets' amounts of text would give (Dunning 1993).
function unevenness(counts, words) {
  const [n, all] = [counts, words].map((numbers) => numbers.reduce((a, b) => a + b, 0));
  return counts.reduce((sum, count, i) => sum + (count ? 2 * count * Math.log((count * all) / (n * words[i])) : 0), 0);
}

function cellOf(row, i, question, size) {
  const count = i < 0 ? row.total : row.counts[i];
  if (!count) return element("td", { class: "none" }, "–");
  const outlet = i < 0 ? question.outlet : outletNames[i];
  const { voice, speaker, from, until } = question;
  const { kind, name, group } = row.asked;
  const target = address("places", { kind, name, group, outlet, voice, speaker, from, until });
  const of = row.beside ? `${row.name} (${row.beside})` : row.name;
  const link = element("a", { href: target, "aria-label": `${of}, ${outlet || "all outlets"}: ${count}` }, count.toLocaleString("en"));
  if (i >= 0) {
    const dot = element("i", { "aria-hidden": "true" });
    dot.style.setProperty("--size", size.toFixed(3));
    link.prepend(dot);
  }
  return element("td", {}, link);
}

// The actors that rows of a kind have; none for words and speakers.
function offerActors(select, kind) {
  for (const option of select.options) option.hidden = option.value && !things.some((thing) => thing.group && isShown(thing, { kind, group: option.value }));
  if (select.selectedOptions[0].hidden) select.value = "";
  select.closest("label").hidden = [...select.options].every((option) => option.hidden || !option.value);
}

function matrix() {
  const form = explorer.querySelector("form");
  offerActors(form.elements.group, form.elements.kind.value);
  const question = Object.fromEntries([...new FormData(form)].filter(([, value]) => value));
  const { rows, words } = counted(question);
  const uneven = question.order === "uneven";
  for (const row of rows) row.rank = uneven ? unevenness(row.counts, words) : row.total;
  const key = (row) => `${row.name} ${row.beside}`;
  rows.sort((a, b) => b.rank - a.rank || (key(a) < key(b) ? -1 : 1));
  const most = Number(explorer.dataset.rows || ROWS);
  const top = rows.slice(0, most);
  const columns = outletNames.map((name, i) => i).filter((i) => !question.outlet || outletNames[i] === question.outlet);
  if (columns.length > FEW) columns.sort((a, b) => words[b] - words[a] || a - b);
  const share = (row, i) => (words[i] ? row.counts[i] / words[i] : 0);
  const largest = Math.max(...top.flatMap((row) => columns.map((i) => share(row, i))), 1e-12);
  const first = question.kind === "clause" ? "Actor" : KINDS[question.kind].replace(/^./, (letter) => letter.toUpperCase()).replace(/s$/, "");
  const head = element("tr", {}, element("th", { scope: "col" }, first), ...columns.map((i) => element("th", { scope: "col", dir: "auto" }, outletNames[i])), element("th", { scope: "col" }, "all"));
  const lines = top.map((row) => element("tr", {},
    element("th", { scope: "row", dir: "auto" }, row.name, ...(row.beside ? [element("small", {}, ` ${row.beside}`)] : [])),
    ...columns.map((i) => cellOf(row, i, question, Math.sqrt(share(row, i) / largest))), cellOf(row, -1, question)));
  explorer.querySelector("table").replaceChildren(element("thead", {}, head), element("tbody", {}, ...lines));
  const what = KINDS[question.kind];
  const sample = question.kind === "clause" && data.sample ? ` Clauses were ${data.sample}.` : "";
  explorer.querySelector("[role=status]").textContent = (rows.length ? `${top.length} of ${rows.length} ${what}. A dot’s area is the share of the outlet’s text.` : `No ${what} with these choices.`) + sample;
  explorer.querySelector("[data-do=rows]").hidden = rows.length <= most;
}

function explore() {
  const form = explorer.querySelector("form");
  const actors = [...new Set(things.filter(({ kind }) => kind === "label" || kind in ROLES).map(({ group }) => group))].sort();
  for (const [name, names] of [["outlet", outletNames], ["speaker", speakerNames.slice(0, 200)], ["group", actors]]) {
    form.elements[name].append(...names.map((one) => element("option", { value: one }, one)));
  }
  for (const option of [...form.elements.kind.options]) {
    if (option.value !== "speaker" && !things.some((thing) => isShown(thing, { kind: option.value }))) option.remove();
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

if (explorer) {
  const chapter = explorer.closest("details");
  if (!data.per_file || !chapter) explore();
  else {
    explorer.querySelector("[role=status]").textContent = "Reading what was counted …";
    chapter.addEventListener("toggle", () => talliesRead().then(explore), { once: true });
  }
}

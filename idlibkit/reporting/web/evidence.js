"use strict";
// From a word, label, speaker or figure to its sentences, and from there to its place in the article. One script for the
// report and the explorer: what they show is asked for by the address after "#", so that links can be shared and the
// browser's way back works. All words of the corpus go in as text, never as markup.

const data = JSON.parse(document.getElementById("data").textContent);
const VOICES = ["own", "quoted", "reported"];
const SAID = { own: "the outlet itself", quoted: "quoted", reported: "reported" };
const TAGS = { headline: "h3", subheadline: "h4", heading: "h4" };
const AT_ONCE = 40; // sentences shown before one asks for more
const panel = document.getElementById("panel");
const framed = location.protocol === "about:"; // in a notebook there is no address to keep
const trail = [];
let opener = null;

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "look") dress(made, value);
    else if (value !== null && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children);
  return made;
}

// The colour of a speaker, and stripes where colours are too many to be told apart.
function dress(made, [, color, stripes] = [null, "#888888", null]) {
  made.style.setProperty("--s", color);
  if (stripes === null) return;
  made.style.setProperty("--stripes", `${stripes}deg`);
  made.classList.add("striped");
}

// ------------------------------------------------------------------------------------------------------- the articles
// An article's body: its text, and numbers one after the other, places as the gap to the one before and the length.
function unpacked(numbers, width) {
  const rows = [];
  let at = 0;
  for (let i = 0; i < numbers.length; i += width) {
    const start = at + numbers[i];
    rows.push([start, start + numbers[i + 1], ...numbers.slice(i + 2, i + width)]);
    at = start;
  }
  return rows;
}

function read(body) {
  const [text, lines, passages, marks, noted] = body;
  const notes = new Map();
  for (let i = 0; i < noted.length; i += 2) notes.set(noted[i], data.notes[noted[i + 1] - 1]);
  let sentence = -1;
  return {
    text,
    lines: unpacked(lines, 4).map(([start, end, role, reason]) => ({ start, end, role: data.roles[role], reason: data.reasons[reason - 1] })),
    passages: unpacked(passages, 3).map(([start, end, code]) => {
      sentence += code & 1;
      const said = code >> 1;
      return { start, end, sentence, voice: VOICES[said % 3], speaker: Math.floor(said / 3) - 1 };
    }),
    marks: unpacked(marks, 3).map(([start, end, thing], place) => ({ start, end, thing, note: notes.get(place) })),
  };
}

const articles = data.articles.map(([id, outlet, day, title, body], place) => ({ place, id, outlet, day, title, body: body && read(body) }));
const byId = new Map(articles.map((article) => [article.id, article]));
const things = data.things.flatMap(([kind, groups]) => groups.flatMap(([group, names]) => names.map((name) => ({ kind, group, name }))));
const outletNames = data.outlets;
const speakerNames = data.speakers.map(([name]) => name);
const coming = new Map(); // files beside the page that were asked for

// Where there are many articles they lie in files beside the page, some in each.
window.idlibkitArticles = (file, bodies) => bodies.forEach((body, i) => (articles[file * data.per_file + i].body = read(body)));
function bodyOf(article) {
  if (article.body) return Promise.resolve(article.body);
  return fileOf(Math.floor(article.place / data.per_file)).then(() => article.body || read(["This article is not beside the page.", [0, 36, 0, 0], [], [], []]));
}

function fileOf(name) {
  if (!coming.has(name)) {
    coming.set(name, new Promise((done) => {
      const script = element("script", { src: `articles/${name}.js` });
      script.onload = script.onerror = done;
      document.head.append(script);
    }));
  }
  return coming.get(name);
}

// Of each article, three numbers after three: voice and speaker (in one), passages, characters; thing, voice and speaker, how often.
window.idlibkitTallies = (all) => all.forEach((tally, i) => (articles[i].tally = tally));
const talliesRead = () => (data.per_file ? fileOf("tallies") : Promise.resolve());

function tallyOf(article) {
  if (!article.tally) article.tally = article.body ? tallied(article.body) : [[], []];
  return article.tally;
}

function tallied(body) {
  const [said, found] = [new Map(), new Map()];
  const code = (passage) => VOICES.indexOf(passage.voice) + 3 * (passage.speaker + 1);
  for (const one of body.passages) {
    const [n, characters] = said.get(code(one)) || [0, 0];
    said.set(code(one), [n + 1, characters + one.end - one.start]);
  }
  for (const mark of body.marks) {
    const passage = passageAt(body, mark.start);
    if (!passage || mark.start >= passage.end) continue;
    const key = `${mark.thing} ${code(passage)}`;
    found.set(key, (found.get(key) || 0) + 1);
  }
  return [[...said].flat(2), [...found].flatMap(([key, n]) => [...key.split(" ").map(Number), n])];
}

// Addresses name places by characters, as tables do; a script counts some characters as two.
function characters(text, place) {
  return place - (text.slice(0, place).match(/[\ud800-\udbff]/g) || []).length;
}

function named(text, start, end) {
  return `${characters(text, start)}-${characters(text, end)}`;
}

function placeOf(text, number) {
  let place = number;
  for (let i = 0; i < place; i++) if (/[\ud800-\udbff]/.test(text[i])) place += 1;
  return place;
}

function passageAt(body, place) {
  let low = 0;
  let high = body.passages.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (body.passages[middle].start <= place) low = middle;
    else high = middle - 1;
  }
  return body.passages[low];
}

function sentenceAround(body, passage) {
  const all = body.passages.filter((one) => one.sentence === passage.sentence);
  const start = all[0].start;
  return [/[“‘«„"]/.test(body.text[start - 1]) ? start - 1 : start, all[all.length - 1].end];
}

// ---------------------------------------------------------------------------------------------- what is asked for
// A question: kind, name, group, and the filters outlet, voice, speaker, from and until (days). All may be missing.
function fits(question, article) {
  return (!question.outlet || outletNames[article.outlet] === question.outlet) &&
    (!question.id || article.id === question.id) &&
    (!question.from || article.day >= question.from) &&
    (!question.until || (article.day && article.day <= question.until));
}

const spoken = (code) => ({ voice: VOICES[code % 3], speaker: Math.floor(code / 3) - 1 });

function fitsPassage(question, passage) {
  return passage && (!question.voice || passage.voice === question.voice) &&
    (!question.speaker || speakerNames[passage.speaker] === question.speaker);
}

function isAsked(question, thing) {
  return question.kind.split("|").includes(thing.kind) && (!question.name || thing.name === question.name) && (!question.group || thing.group === question.group);
}

function finder(question) {
  const { kind, name } = question;
  if (kind === "voice") return (body) => body.passages.filter((one) => !name || one.voice === name).map((one) => [one.start, one.end]);
  if (kind === "speaker") return (body) => body.passages.filter((one) => speakerNames[one.speaker] === name).map((one) => [one.start, one.end]);
  if (kind === "text") {
    const word = name.trim().replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/\s+/g, "\\s+");
    const pattern = new RegExp(`(?<![\\p{L}\\p{N}])${word}(?![\\p{L}\\p{N}])`, "giu");
    return (body) => [...body.text.matchAll(pattern)].map((match) => [match.index, match.index + match[0].length]);
  }
  const asked = thingsAsked(question);
  return (body) => body.marks.filter((mark) => asked.has(mark.thing)).map((mark) => [mark.start, mark.end]);
}

function thingsAsked(question) {
  return new Set(things.flatMap((thing, place) => (isAsked(question, thing) ? [place] : [])));
}

// The articles that may hold what is asked for; where they lie in files, those that do.
async function candidates(question) {
  const fitting = articles.filter((article) => fits(question, article));
  if (!data.per_file || question.kind === "text") return fitting;
  await talliesRead();
  const { kind, name } = question;
  const ofVoices = kind === "voice" || kind === "speaker";
  const asked = { ...question, ...(name && ofVoices ? { [kind]: name } : {}) };
  const which = thingsAsked(question);
  return fitting.filter((article) => {
    const [said, found] = tallyOf(article);
    if (ofVoices) return said.some((code, i) => i % 3 === 0 && fitsPassage(asked, spoken(code)));
    return found.some((thing, i) => i % 3 === 0 && which.has(thing) && fitsPassage(asked, spoken(found[i + 1])));
  });
}

// Sentences with the places in them that were asked for, article after article.
async function* sentences(question) {
  const find = finder(question);
  for (const article of await candidates(question)) {
    const body = await bodyOf(article);
    const found = new Map();
    for (const [start, end] of find(body)) {
      const passage = passageAt(body, start);
      if (!fitsPassage(question, passage) || start >= passage.end) continue;
      if (question.at && question.at !== named(body.text, start, end)) continue;
      if (!found.has(passage.sentence)) found.set(passage.sentence, { article, body, passage, places: [] });
      found.get(passage.sentence).places.push([start, end]);
    }
    yield* found.values();
  }
}

// ------------------------------------------------------------------------------------------------------- addresses
function address(path, values) {
  const query = new URLSearchParams(Object.entries(values).filter(([, value]) => value));
  return `#/${path}?${query}`;
}

function asked() {
  const hash = framed ? trail[trail.length - 1] || "" : location.hash;
  const [, path, query] = hash.match(/^#\/(\w+)\?(.*)$/) || [];
  return { path, hash, values: Object.fromEntries(new URLSearchParams(query)) };
}

function go(hash) {
  if (framed) {
    trail.push(hash);
    route();
  } else location.hash = hash;
}

function back() {
  if (!framed) return history.back();
  trail.pop();
  route();
}

function close() {
  if (framed) trail.length = 0;
  go("#-");
  if (opener && opener.isConnected) opener.focus();
}

function route() {
  const { path, hash, values } = asked();
  if (path === "places") return showPlaces(values);
  if (path === "article" && byId.has(values.id)) return showArticle(values);
  panel.replaceChildren(...(document.body.dataset.page === "explorer" ? [hint()] : []));
  const wasReading = document.body.classList.contains("reading");
  document.body.classList.remove("reading");
  if (wasReading && opener && opener.isConnected) opener.focus({ preventScroll: true }); // the browser's way back
  const target = hash.length > 1 && document.getElementById(decodeURIComponent(hash.slice(1)));
  for (let a = target; a; a = a.parentElement) if (a.tagName === "DETAILS") a.open = true;
  if (target) target.scrollIntoView();
}

function hint() {
  return element("p", { class: "soft" }, "Choose a mark to read its sentences here, and a sentence to read its article.");
}

function shown(title, ...content) {
  if (!document.body.classList.contains("reading")) opener = document.activeElement;
  const heading = element("h2", { tabindex: "-1", id: "panel-title", dir: "auto" }, title);
  const buttons = element("p", { class: "buttons" },
    element("button", { type: "button", "data-do": "back" }, "← Back"),
    element("button", { type: "button", "data-do": "close" }, "Close"));
  panel.replaceChildren(buttons, heading, ...content);
  document.body.classList.add("reading");
  panel.scrollTop = 0;
  heading.focus({ preventScroll: true });
}

// ------------------------------------------------------------------------------------------------------- sentences
// The roles of an actor in clauses, and a verb of them.
function of(actor = "someone", verb) {
  const roles = {
    "does|done to": `${actor} as the one who does and the one to whom it is done`,
    does: `${actor} as the one who does`,
    "done to": `${actor} as the one to whom it is done`,
    harmed: `Harm to ${actor}`,
    unnamed: `Harm to ${actor} with nobody named`,
  };
  return Object.fromEntries(Object.entries(roles).map(([role, said]) => [role, verb ? `${said}: “${verb}”` : said]));
}

function titleOf(question) {
  const named = {
    voice: { own: "Outlets’ own words", quoted: "Quoted words", reported: "Reported words" }[question.name] || "All words",
    speaker: question.name,
    label: question.name ? `“${question.name}”` : question.group,
    figure: `Figures: ${question.name}`,
    frame: `Frame: ${question.name}`,
    point: "A point of the story",
    finding: question.name || "Sentences behind the mark",
    ...of(question.group, question.name),
  };
  const what = named[question.kind] || `“${question.name}”`;
  const where = [question.outlet && `in ${question.outlet}`, question.voice && SAID[question.voice], question.speaker && `by ${question.speaker}`];
  return [what, ...where.filter(Boolean)].join(", ");
}

function day(article) {
  if (!article.day) return "";
  return new Date(`${article.day}T00:00Z`).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
}

function whoSays(passage) {
  if (passage.voice === "own") return [SAID.own];
  const speaker = data.speakers[passage.speaker];
  const name = speaker ? element("span", { class: "speaker", look: speaker }, speaker[0]) : "no one named";
  return [name, `, ${SAID[passage.voice]}`];
}

function sentenceItem({ article, body, passage, places }) {
  const [start, end] = sentenceAround(body, passage);
  const words = [];
  let at = start;
  for (const [low, high] of places) {
    if (low < at) continue;
    words.push(body.text.slice(at, low), element("mark", {}, body.text.slice(low, high)));
    at = high;
  }
  words.push(body.text.slice(at, Math.max(at, end)));
  const target = address("article", { id: article.id, at: named(body.text, ...places[0]) });
  const from = [outletNames[article.outlet], day(article)].filter(Boolean).join(", ");
  return element("li", {}, element("a", { href: target, dir: "auto" }, ...words), element("p", { class: "by", dir: "auto" }, `${from} · `, ...whoSays(passage)));
}

function choice(label, name, values, chosen) {
  const options = [["", "all"], ...values].map(([value, text]) => element("option", { value, selected: value === (chosen || "") }, text));
  return element("label", {}, `${label} `, element("select", { "data-filter": name }, ...options));
}

async function showPlaces(question) {
  const list = element("ol", { class: "sentences" });
  const status = element("p", { role: "status", class: "soft" }, "…");
  const more = element("button", { type: "button", hidden: true }, "Show more");
  const filters = element("p", { class: "filters" },
    choice("Outlet", "outlet", outletNames.map((name) => [name, name]), question.outlet),
    choice("Voice", "voice", VOICES.map((voice) => [voice, SAID[voice]]), question.voice));
  shown(titleOf(question), filters, status, list, more);
  const all = sentences(question);
  let n = 0;
  async function add() {
    let ended = false;
    for (let i = 0; i < AT_ONCE && !ended; i++) {
      const { value, done } = await all.next();
      ended = done;
      if (value) list.append(sentenceItem(value));
      n += !done;
    }
    more.hidden = ended;
    status.textContent = ended ? `${n} ${n === 1 ? "sentence" : "sentences"}` : `The first ${n} sentences`;
  }
  more.addEventListener("click", add);
  await add();
}

// --------------------------------------------------------------------------------------------- the marked-up article
const ROLES = { does: "does", "done to": "it is done to", harmed: "harm to it", unnamed: "harm, nobody named" };
let withClauses = false; // whether articles show who does what

const isMarked = (kind) => ["label", "figure", "fragment"].includes(kind) || (withClauses && kind in ROLES);

// The text from start to end, cut wherever a mark begins or ends.
function marked(article, body, start, end, hit) {
  const inside = (one) => one.start < end && one.end > start;
  const passages = body.passages.filter(inside);
  const marks = body.marks.filter((mark) => inside(mark) && isMarked(things[mark.thing].kind));
  const cuts = new Set([start, end]);
  for (const one of [...passages, ...marks, hit]) for (const place of [one.start, one.end]) if (place > start && place < end) cuts.add(place);
  const order = [...cuts].sort((a, b) => a - b);
  const out = [];
  for (let i = 0; i + 1 < order.length; i++) {
    const [low, high] = [order[i], order[i + 1]];
    const over = (one) => one.start <= low && one.end >= high;
    let made = document.createTextNode(body.text.slice(low, high));
    const noted = marks.filter(over);
    if (noted.length) {
      const kinds = noted.map((mark) => things[mark.thing].kind);
      const button = !kinds.every((kind) => kind === "fragment");
      made = element("span", { class: kinds.map((kind) => (kind in ROLES ? "deed" : kind)).join(" "), role: button && "button", tabindex: button && "0", "data-marks": noted.map((mark) => body.marks.indexOf(mark)).join(" ") }, made);
    }
    if (hit.end > hit.start && over(hit)) made = element("mark", { class: "hit" }, made);
    const passage = passages.find(over);
    if (passage && passage.voice !== "own") {
      const speaker = data.speakers[passage.speaker];
      made = element("span", { class: `said ${passage.voice}`, look: speaker }, made);
      const next = passages[passages.indexOf(passage) + 1];
      const goesOn = next && next.voice === passage.voice && next.speaker === passage.speaker;
      if (high === Math.min(passage.end, end) && !goesOn) {
        const name = speaker ? speaker[0] : "no one named";
        made.append(element("small", {}, ` [${passage.voice === "reported" ? "reported: " : ""}${name}]`));
      }
    }
    out.push(made);
  }
  return out;
}

async function showArticle({ id, at }) {
  const article = byId.get(id);
  const body = await bodyOf(article);
  const [low, high] = (at || "0-0").split("-").map((number) => placeOf(body.text, Number(number)));
  const hit = { start: low, end: high };
  const lines = body.lines.map((line) => {
    if (line.reason !== undefined) {
      return element("p", { class: "out", dir: "auto" }, element("del", {}, body.text.slice(line.start, line.end)), element("small", {}, ` [left out: ${line.reason}]`));
    }
    return element(TAGS[line.role] || "p", { dir: "auto" }, ...marked(article, body, line.start, line.end, hit));
  });
  const present = [...new Set(body.passages.map((one) => one.speaker).filter((speaker) => speaker >= 0))];
  const legend = present.map((speaker) => element("li", {}, element("a", { class: "speaker", look: data.speakers[speaker], href: address("places", { kind: "speaker", name: speakerNames[speaker] }) }, speakerNames[speaker])));
  const note = element("p", { role: "status", class: "note-line" }, "Choose an underlined or boxed word to see what was read from it.");
  const from = element("p", { class: "soft", dir: "auto" }, [outletNames[article.outlet], day(article)].filter(Boolean).join(", "));
  const text = element("article", { class: "marked" }, ...lines);
  const hasClauses = body.marks.some((mark) => things[mark.thing].kind in ROLES);
  const box = element("input", { type: "checkbox", "data-clauses": true, checked: withClauses });
  const option = hasClauses ? [element("p", { class: "filters" }, element("label", {}, box, " Mark who does what"))] : [];
  text.addEventListener("click", (event) => showNote(event, body, note));
  text.addEventListener("keydown", (event) => (event.key === "Enter" || event.key === " ") && showNote(event, body, note));
  shown(article.title || "Article", from, ...(legend.length ? [element("ul", { class: "legend", "aria-label": "Who speaks" }, ...legend)] : []), ...option, text, note);
  const place = panel.querySelector(".hit");
  if (place) place.scrollIntoView({ block: "center" });
}

function showNote(event, body, line) {
  const span = event.target.closest("[data-marks]");
  if (!span || !span.hasAttribute("role")) return;
  event.preventDefault();
  const parts = span.dataset.marks.split(" ").flatMap((place) => {
    const mark = body.marks[place];
    const { kind, group, name } = things[mark.thing];
    const link = element("a", { href: address("places", { kind, group, name }) }, "all places");
    const role = kind in ROLES && `${group}: ${ROLES[kind]}, “${name}”`;
    const said = role || (kind === "label" ? `${group} is called “${body.text.slice(mark.start, mark.end)}”` : `A figure: ${mark.note || name}`);
    return [element("span", {}, `${said} (`, link, ") ")];
  });
  line.replaceChildren(...parts);
}

// ------------------------------------------------------------------------------------------------------------ events
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']");
  if (link && framed) {
    event.preventDefault();
    go(link.getAttribute("href"));
  }
  const what = event.target.closest("[data-do]")?.dataset.do;
  if (what === "back") back();
  if (what === "close") close();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && document.body.classList.contains("reading")) close();
});
panel.addEventListener("change", (event) => {
  if ("clauses" in event.target.dataset) {
    withClauses = event.target.checked;
    showArticle(asked().values).then(() => panel.querySelector("[data-clauses]").focus());
    return;
  }
  const name = event.target.dataset.filter;
  if (name) go(address("places", { ...asked().values, [name]: event.target.value }));
});
window.addEventListener("hashchange", route);
window.addEventListener("beforeprint", () => document.querySelectorAll("main details").forEach((one) => (one.open = true)));
route();

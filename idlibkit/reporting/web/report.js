"use strict";
// Tables that sort by a click on (or Enter in) a column's name, and show the rows that hold what is typed.
for (const box of document.querySelectorAll(".table")) {
  const table = box.querySelector("table");
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const size = box.querySelector("[role=status]");
  const said = size.textContent;
  if (rows.length < 2) continue;
  const value = (row, at) => row.cells[at].textContent;
  const number = (text) => (text === "" ? NaN : Number(text.replaceAll(",", "")));
  [...table.tHead.rows[0].cells].forEach((head, at) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    if (button.textContent === "") button.ariaLabel = "names of the rows"; // said to those who cannot see that there is none
    head.append(button);
    const numeric = head.classList.contains("n");
    button.addEventListener("click", () => {
      const next = { none: "ascending", ascending: "descending", descending: "none" }[head.ariaSort || "none"];
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      let order = rows;
      if (next !== "none") {
        head.ariaSort = next;
        const sign = next === "ascending" ? 1 : -1;
        order = rows.map((row, place) => ({ row, place, key: numeric ? number(value(row, at)) : value(row, at) }));
        order.sort((a, b) => {
          // what is missing comes last either way
          const [noA, noB] = numeric ? [isNaN(a.key), isNaN(b.key)] : [a.key === "", b.key === ""];
          if (noA || noB) return noA - noB || a.place - b.place;
          return sign * (numeric ? a.key - b.key : a.key.localeCompare(b.key)) || a.place - b.place;
        });
        order = order.map((one) => one.row);
      }
      body.append(...order);
    });
  });
  if (rows.length < 8) continue;
  const label = document.createElement("label");
  const input = document.createElement("input");
  label.className = "find";
  input.type = "search";
  input.autocomplete = "off";
  label.append("Find rows", input);
  box.prepend(label);
  input.addEventListener("input", () => {
    const wanted = input.value.trim().toLowerCase();
    let found = 0;
    for (const row of rows) {
      row.hidden = wanted !== "" && !row.textContent.toLowerCase().includes(wanted);
      found += !row.hidden;
    }
    size.textContent = wanted === "" ? said : `${found} of ${rows.length} rows hold “${input.value.trim()}”`;
  });
}

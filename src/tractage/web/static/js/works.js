"use strict";
// Two comforts; every page works without them: keys on the reviewers' table, and a press that shows its progress.

const table = document.querySelector("[data-relecture]");
const keys = document.querySelector("#raccourcis");
if (table && keys) {
  keys.closest("[hidden]").hidden = false;
  keys.checked = localStorage.getItem("raccourcis") !== "non";
  keys.addEventListener("change", () => localStorage.setItem("raccourcis", keys.checked ? "oui" : "non"));
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("textarea, select, input:not([type=radio]):not([type=checkbox])");
    if (!keys.checked || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.toLowerCase();
    const link = { j: "next", k: "prev" }[key];
    if (link) document.querySelector(`[data-relecture] a[rel="${link}"]`)?.click();
    else if (key >= "1" && key <= "5") turn(document.querySelectorAll(".point")[Number(key) - 1]);
    else if (key === "b") document.querySelector("button[value=accept]").focus();
  });
}

function turn(point) {
  const [fine, again] = point.querySelectorAll("input");
  const chosen = fine.checked ? again : fine;
  chosen.checked = true;
  chosen.focus();
}

async function follow(section) {
  const answer = await fetch(section.dataset.suivre, { headers: { Accept: "text/html" } }).catch(() => null);
  if (answer?.ok) {
    const fresh = document.createElement("template");
    fresh.innerHTML = await answer.text();
    const next = fresh.content.querySelector("[data-avancement]");
    if (!next || !next.dataset.suivre) return location.reload();
    section.replaceWith(next);
    section = next;
  }
  setTimeout(follow, 2000, section);
}

const press = document.querySelector("[data-suivre]");
if (press) setTimeout(follow, 2000, press);
